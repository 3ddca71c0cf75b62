/** On a terminal that stands upright, over a site: "J’ai fini" is whole and above the site, however large the words are. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk({ size: '1080x1920' });
  person = createPerson(kiosk);
  await person.begin();
  await person.goTo(demo.housing);
});
afterAll(() => kiosk?.stop());

it.each(['Normale', 'Grande', 'Très grande', 'La plus grande'])(
  'the way out is whole at the size "%s"',
  async (size) => {
    await person.see.size.click();
    await person.see.choice(size).first().click();
    await person.see.closePanel.click();
    await person.see.dialog.waitFor({ state: 'hidden' });
    await person.siteIsShown();
    const free = await person.freeRect();
    await until('the site where it is free', async () => (await kiosk.siteRect())?.y === free.y);
    const { left, right, top, bottom, cut } = await person.see.finished.evaluate((button) => {
      const box = button.getBoundingClientRect();
      const { left, right, top, bottom } = box;
      const cut = [button, ...button.querySelectorAll('*')].some(
        (one) => one.getBoundingClientRect().right > box.right,
      );
      return { left, right, top, bottom, cut };
    });
    expect({ left: left >= 0, right: right <= 1080, top: top >= 0, aboveTheSite: bottom <= free.y, cut }).toEqual({
      left: true,
      right: true,
      top: true,
      aboveTheSite: true,
      cut: false,
    });
  },
);
