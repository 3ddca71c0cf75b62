/** Runs the suite of `shell.test.ts` inside Electron. Without Electron's program, a skipped test says so. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { electronIsAbsent, electronProgram, projectRoot } from '../../harness/electron/in-electron.ts';
import { bundlePlayer, playInElectron } from './electron/play-in-electron.ts';

describe('the suite for Electron', () => {
  it('can be bundled, with no import of vitest left in it', async () => {
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
  // Run the suite first: the tests declared below report its results, one by one.
  const played = await playInElectron({ program: electronProgram });
  describe('inside Electron', () => {
    it('runs the whole suite', () => expect(played.length).toBeGreaterThan(5));
    it.each(played.map(({ name, error }) => [name, error] as const))('%s', (_name, error) => {
      if (error !== undefined) throw new Error(error);
    });
  });
}
