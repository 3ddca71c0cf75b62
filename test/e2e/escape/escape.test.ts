import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue/index.ts';
import { layers } from './layers.ts';
import { playableOn } from './playable-on.ts';
import { play, type Played } from './play.ts';
import { electronIsAbsent, electronProgram } from '../../harness/electron/in-electron.ts';

const fast = catalogue.filter((one) => one.fast);

describe('the escape suite', () => {
  it('has at least 650 attempts, each with a unique name', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(650);
    expect(new Set(catalogue.map((one) => one.name)).size).toBe(catalogue.length);
  });

  it('has every attempt that the layers name in `provedBy`', () => {
    const named = (part: string): boolean => catalogue.some(({ name }) => name.startsWith(part));
    expect(
      layers.flatMap(({ name, provedBy }) => provedBy.filter((one) => !named(one)).map((one) => [name, one])),
    ).toEqual([]);
  });

  it.each(electronProgram === undefined ? (['chromium'] as const) : (['chromium', 'electron'] as const))(
    'stays usable after each attempt of the short run, on %s',
    // Each attempt has its own bound; this one only ends a suite that hangs.
    { timeout: 900_000 },
    async (shell) => {
      const failed: string[] = [];
      const report = ({ attempt, verdict }: Played): void => {
        if (verdict.kind !== 'held') failed.push(`${attempt.name}: ${verdict.kind}, ${verdict.why}`);
      };
      const [attempts] = playableOn(shell, fast);
      const played = await play(attempts, report, { shell });
      expect(failed).toEqual([]);
      expect(played.length).toBe(attempts.length);
    },
  );
});

if (electronProgram === undefined) {
  it.skip(`the escape suite is not played on electron: ${electronIsAbsent}`, () => undefined);
}
