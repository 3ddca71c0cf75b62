/** The smallest supported window, with a message of the site: the promise on the accueil must stay visible. */
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, type Person } from './pages/person.ts';

let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk({ size: '1280x800' });
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());

/** True when the element is fully inside the window and not covered. */
const isInSight = (what: Locator): Promise<boolean> =>
  what.evaluate((element) => {
    const { left, right, top, bottom } = element.getBoundingClientRect();
    const inside = left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const corners = [top + 2, bottom - 2].map((y) => document.elementFromPoint(left + 4, y));
    return inside && corners.every((found) => found !== null && (element.contains(found) || found.contains(element)));
  });

it.each(['Normale', 'Grande', 'Très grande', 'La plus grande'])(
  'shows "Rien de ce que vous faites n’est gardé" and the button at the size "%s"',
  async (size) => {
    await person.see.size.click();
    await person.see.choice(size).first().click();
    await person.see.closePanel.click();
    await person.see.dialog.waitFor({ state: 'hidden' });
    await kiosk.screens.getByText('Ceci est une démonstration').waitFor();
    expect(await isInSight(kiosk.screens.getByText('Rien de ce que vous faites n’est gardé'))).toBe(true);
    expect(await isInSight(person.see.begin)).toBe(true);
    if (size === 'Normale') {
      expect(
        await kiosk.screens.evaluate(
          () =>
            [...document.querySelectorAll('main *')].filter(
              (one) => one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY === 'auto',
            ).length,
        ),
      ).toBe(0);
    }
  },
);
