import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../main/process/arguments.ts';
import { commandIn } from '../../../main/process/command-name.ts';

describe('the command line', () => {
  it.each([
    ['report', 'report', '--week', '2026-W47'],
    ['report', '--demo', 'report'],
    ['report', '--config', 'dir', 'report'],
    ['report', '--config=dir', 'report'],
    [undefined, '--config', 'report'],
    [undefined, 'stray', 'report'],
    [undefined],
  ])('names the command %s', (name, ...argv) => {
    expect(commandIn(argv.filter((one) => one !== undefined))).toBe(name);
  });
  it('is read', () => {
    expect(readArguments(['--demo', '--shell=chromium', '--window=1280x800'])).toEqual({
      ok: true,
      value: { demo: true, shell: 'chromium', configDir: undefined, window: { width: 1280, height: 800 }, help: false },
    });
    expect(readArguments([])).toMatchObject({ ok: true, value: { demo: false, shell: undefined, window: undefined } });
    expect(readArguments(['--config', 'x'])).toMatchObject({ ok: true, value: { configDir: 'x' } });
  });
  it.each([
    ['option inconnue : --nope', '--nope'],
    ['option inconnue : -x', '-x'],
    ['mot inattendu : stray', 'stray'],
    ['--config : il manque sa valeur', '--config'],
    ['--config : il manque sa valeur', '--config', '--demo'],
    ['--demo ne prend pas de valeur', '--demo=1'],
  ])('says in French what is wrong: %s', (sentence, ...argv) => {
    expect(readArguments(argv)).toEqual({ ok: false, error: `${sentence}. Voir : npm start -- --help` });
  });
  it.each([
    ['--nope'],
    ['--shell=firefox'],
    ['--window=big'],
    ['--window=1x1'],
    ['stray'],
    ['--config'],
    ['--demo', '--config=x'],
    ['--demo=1'],
  ])('is refused in one sentence: %s %s', (...argv) => {
    const read = readArguments(argv.filter((one) => one !== undefined));
    expect(read.ok).toBe(false);
    if (!read.ok) expect(read.error.split('\n')).toHaveLength(1);
  });
});
