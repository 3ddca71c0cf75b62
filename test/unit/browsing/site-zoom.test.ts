import { expect, it } from 'vitest';
import { openOneSite } from './one-site.ts';

it('the keys of a site step through its sizes, from the size that the person has chosen, and stop at both ends', async () => {
  const { browsing, site } = await openOneSite();
  const press = (...kinds: ('zoom-in' | 'zoom-out' | 'zoom-reset')[]): number => {
    for (const kind of kinds) site.tell({ kind });
    return site.zoom;
  };
  browsing.preferencesChanged({ textSize: 'larger' });
  expect(press('zoom-in')).toBe(1.5);
  expect(press('zoom-in', 'zoom-in', 'zoom-in')).toBe(2);
  expect(press('zoom-out')).toBe(1.75);
  expect(press('zoom-reset')).toBe(1);
  expect(press('zoom-out')).toBe(1);
});

it('a site that starts over keeps the size that the keys gave it', async () => {
  const { browsing, memory, site } = await openOneSite();
  site.tell({ kind: 'zoom-in' });
  site.tell({ kind: 'crashed' });
  await browsing.handlers.resume({ how: 'start-over' });
  expect(memory.guests.map(({ zoom }) => zoom)).toEqual([1.15, 1.15]);
});

it('a size chosen while the browser of a site starts applies to that site', async () => {
  const { browsing, memory, site } = await openOneSite();
  site.tell({ kind: 'crashed' });
  const again = browsing.handlers.resume({ how: 'start-over' });
  browsing.preferencesChanged({ textSize: 'largest' });
  await again;
  expect(memory.guests.at(-1)?.zoom).toBe(1.5);
});
