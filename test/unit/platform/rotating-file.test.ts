import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRotatingFile } from '../../../main/platform/rotating-file.ts';
import { programLog } from '../../../main/process/program-log.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pn-log-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(folder, name), 'utf8');

describe('a log in files', () => {
  it('keeps so many files of such a size, the newest lines in the first', () => {
    const log = createRotatingFile({ folder, name: 'kiosk', maxBytes: 20, keep: 2 });
    for (let i = 1; i <= 9; i += 1) log.write(`line ${i}..\n`);
    expect(readdirSync(folder).sort()).toEqual(['kiosk.1.log', 'kiosk.2.log', 'kiosk.log']);
    expect([read('kiosk.log'), read('kiosk.1.log'), read('kiosk.2.log')]).toEqual([
      'line 9..\n',
      'line 7..\nline 8..\n',
      'line 5..\nline 6..\n',
    ]);
  });

  it('goes on where the run before ended', () => {
    createRotatingFile({ folder, name: 'kiosk', maxBytes: 20 }).write('line 1..\n');
    const log = createRotatingFile({ folder, name: 'kiosk', maxBytes: 20 });
    log.write('line 2..\n');
    log.write('line 3..\n');
    expect(read('kiosk.log')).toBe('line 3..\n');
    expect(read('kiosk.1.log')).toBe('line 1..\nline 2..\n');
  });

  it('never ends the kiosk: no folder, no line', () => {
    writeFileSync(join(folder, 'taken'), '');
    const log = createRotatingFile({ folder: join(folder, 'taken'), name: 'kiosk' });
    expect(() => log.write('line\n')).not.toThrow();
  });
});

describe('where a program says what it does', () => {
  const said: string[] = [];
  const console = { write: (line: string) => said.push(line) };

  const installed = '/app/resources/app.asar';
  beforeEach(() => void (said.length = 0));

  it('is in ProgramData, a file each, where an installed program has no console', () => {
    const places = { windows: folder, state: join(folder, 'state'), root: installed };
    programLog('watcher', console, places).write('a\n');
    programLog('kiosk', console, places).write('b\n');
    expect([read('logs/watcher.log'), read('logs/kiosk.log'), said]).toEqual(['a\n', 'b\n', []]);
  });

  // The session of an installed Linux kiosk writes to the first console, behind the kiosk, and nothing keeps it.
  it('is on Linux in the state folder of an installed program too, a file each', () => {
    const places = { windows: undefined, state: join(folder, 'state'), root: installed };
    programLog('watcher', console, places).write('a\n');
    programLog('kiosk', console, places).write('b\n');
    expect([read('state/logs/watcher.log'), read('state/logs/kiosk.log'), said]).toEqual([
      'a\n',
      'b\n',
      ['a\n', 'b\n'],
    ]);
  });

  it('leaves the state folder to its account alone, also when the log is what makes it', () => {
    programLog('watcher', console, { windows: undefined, state: join(folder, 'state'), root: installed }).write('a\n');
    expect(statSync(join(folder, 'state')).mode & 0o777).toBe(0o700);
  });

  it('is its console alone where it is not installed', () => {
    programLog('kiosk', console, { windows: undefined, state: folder, root: '/home/dev/app' }).write('c\n');
    programLog('kiosk', console, { windows: folder, state: folder, root: '/home/dev/app' }).write('d\n');
    expect([said, readdirSync(folder)]).toEqual([['c\n', 'd\n'], []]);
  });
});
