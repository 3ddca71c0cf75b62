import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { setUpFor, taskNames } from '../../../main/npm-scripts/tasks.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

describe('what an npm script makes ready', () => {
  it('is said of every script, and carried out by a file that is there', () => {
    expect([...taskNames].sort()).toEqual(Object.keys(scripts).sort());
    for (const name of taskNames) expect(existsSync(join(root, setUpFor(name, [])?.entry ?? 'nothing'))).toBe(true);
  });

  it.each(['start', 'test', 'tour', 'dev', 'bench', 'escape', 'residue', 'soak'])(
    'is a browser, its user and the built files for %s, whatever follows',
    (name) => {
      for (const args of [[], ['unit'], ['--lanes=4']]) {
        const setUp = setUpFor(name, args);
        expect(setUp?.debian).toContain('chromium');
        expect(setUp).toMatchObject({ user: true, build: true });
      }
    },
  );

  it('is all but the browsers’ user on a PC whose account runs the browsers', () => {
    const { debian, ...setUp } = setUpFor('set-up', []) ?? {};
    expect(debian).toEqual(setUpFor('start', [])?.debian);
    expect(setUp).toMatchObject({ user: false, build: true });
  });

  it.each(['report', 'kiosk-key', 'figures-register', 'collect', 'directory', 'map'])(
    'is neither a browser nor a user for "start -- %s"',
    (word) => {
      expect(setUpFor('start', [word])).toMatchObject({ debian: [], user: false, build: true });
    },
  );

  it('is the same for a command that follows its configuration', () => {
    expect(setUpFor('start', ['--config', 'map', 'report'])).toEqual(setUpFor('start', ['report']));
    expect(setUpFor('start', ['--config', 'report'])).toEqual(setUpFor('start', []));
  });

  it('is the user alone for the passphrase, which may have to be theirs', () => {
    expect(setUpFor('start', ['agent-passphrase'])).toMatchObject({ debian: [], user: true });
  });

  it('is nothing when only the help is asked for', () => {
    expect(setUpFor('start', ['report', '--help'])).toMatchObject({ debian: [], user: false, build: false });
  });

  it('is undefined for a script that does not exist', () => {
    expect([setUpFor('constructor', []), setUpFor(undefined, [])]).toEqual([undefined, undefined]);
  });
});
