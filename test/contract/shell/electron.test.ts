/** The suite of `shell.test.ts`, played inside Electron where its program is; said aloud where it is not. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronIsAbsent, electronProgram, projectRoot } from '../../harness/electron/in-electron.ts';
import { bundlePlayer, playInElectron } from './electron/play-in-electron.ts';

describe('the suite for Electron', () => {
  it('is made of parts that go together', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-player-'));
    await bundlePlayer(join(folder, 'player.mjs'));
    expect(readFileSync(join(folder, 'player.mjs'), 'utf8')).not.toMatch(/from ["']vitest["']/);
    rmSync(folder, { recursive: true });
  });
});

if (electronProgram === undefined) {
  describe('the Shell port on Electron', () => {
    it.skip(`is not played: ${electronIsAbsent}`, () => undefined);
  });
} else {
  mkdirSync(join(projectRoot, 'out'), { recursive: true });
  // Played before the tests are named: each of them then tells what became of it in there.
  const played = await playInElectron({ program: electronProgram });
  describe('inside Electron', () => {
    it('plays the whole suite', () => expect(played.length).toBeGreaterThan(5));
    it.each(played.map(({ name, error }) => [name, error] as const))('%s', (_name, error) => {
      if (error !== undefined) throw new Error(error);
    });
  });
}
