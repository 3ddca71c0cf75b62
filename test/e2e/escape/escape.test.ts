import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue/index.ts';
import { play, type Played } from './play.ts';

const fast = catalogue.filter((one) => one.fast);

describe('nobody gets out', () => {
  it('holds the issue’s number of attempts, each with a name of its own', () => {
    expect(catalogue.length).toBeGreaterThanOrEqual(150);
    expect(new Set(catalogue.map((one) => one.name)).size).toBe(catalogue.length);
  });

  it('stays usable after each attempt of the short run', { timeout: 300_000 }, async () => {
    const failed: string[] = [];
    const tell = ({ attempt, verdict }: Played): void => {
      if (verdict.kind !== 'held') failed.push(`${attempt.name}: ${verdict.kind}, ${verdict.why}`);
    };
    const played = await play(fast, tell);
    expect(failed).toEqual([]);
    expect(played.length).toBe(fast.length);
  });
});
