/**
 * Random sites, everything ever published about them, and a solver that tries to guess what is hidden.
 * `ATTACK_CASES=2000 npx vitest run test/unit/usage/attack.test.ts` for the long version.
 */
import { describe, expect, it } from 'vitest';
import { publish } from '../../../main/features/usage/publish.ts';
import { exact, UNDER, type Shown } from '../../../main/features/usage/suppress.ts';
import { attack, gate, families, randomSite, seeded, type Publisher } from './attack.ts';

const CASES = Number(process.env['ATTACK_CASES'] ?? 8);
const FROM = Number(process.env['ATTACK_FROM'] ?? 1);

describe('small counts under attack', () => {
  it.each([5, 11, 3])('leaves every hidden value at least %i candidates', { timeout: 3_600_000 }, (threshold) => {
    for (let seed = FROM; seed < FROM + CASES; seed += 1) {
      const found = attack(randomSite(seeded(seed), threshold), threshold);
      expect(found, `seed ${seed}`).toEqual([]);
    }
  });

  it('would find a publisher that only hides the small counts themselves', { timeout: 120_000 }, () => {
    const primaryOnly: Publisher = (site, period, settings) => {
      const whole = publish(site, period, { ...settings, threshold: 0 });
      return new Map(
        [...whole].map(([cell, shown]): [string, Shown] => [
          cell,
          'n' in shown && shown.n < settings.threshold ? UNDER : shown,
        ]),
      );
    };
    expect(attack(randomSite(seeded(2), 5), 5, primaryOnly).length).toBeGreaterThan(0);
  });

  it('would find a month that is the true sum of weeks already shown', { timeout: 120_000 }, () => {
    const trueMonths: Publisher = (site, period, settings) => {
      const shown = new Map(publish(site, period, settings));
      if (period.kind !== 'month') return shown;
      const whole = publish(site, period, { ...settings, threshold: 0 });
      for (const family of [gate, ...families]) {
        const n = whole.get(family.total);
        if (n && 'n' in n && n.n >= settings.threshold) shown.set(family.total, exact(n.n));
      }
      return shown;
    };
    const found = [2, 3, 4, 5].flatMap((seed) => attack(randomSite(seeded(seed), 5), 5, trueMonths));
    expect(found.length).toBeGreaterThan(0);
  });
});
