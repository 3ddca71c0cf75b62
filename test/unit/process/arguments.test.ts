import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../main/process/arguments.ts';

describe('the command line', () => {
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
