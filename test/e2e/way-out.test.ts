/** On a portrait display over a site: "J’ai fini" is fully visible and the site fills its place, at every text size. */
import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse } from './pages/selectors.ts';

let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk({ size: '1080x1920' });
  person = createPerson(kiosk);
  await person.begin();
  await person.goTo(demo.housing);
});
afterAll(() => kiosk?.stop());

const chooseSize = async (size: string): Promise<void> => {
  await person.see.size.click();
  await person.see.choice(size).first().click();
  await person.see.closePanel.click();
  await person.see.dialog.waitFor({ state: 'hidden' });
  await person.siteIsShown();
};

it.each(['Normale', 'Grande', 'Très grande', 'La plus grande'])(
  'the way out is fully visible at the size "%s"',
  async (size) => {
    await chooseSize(size);
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

it('the site fills its place at the largest size, and presses hit the right element', async () => {
  await chooseSize('La plus grande');
  const page = await kiosk.guestPage();
  await until('the site as large', async () => (await page.evaluate(() => devicePixelRatio)) === 1.5);
  const refuse = onCaisse(page).refuseCookies;
  const { x, y, width, times } = await refuse.evaluate((button) => {
    const box = button.getBoundingClientRect();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, width: innerWidth, times: devicePixelRatio };
  });
  const site = await person.siteIsShown();
  expect(times).toBe(1.5);
  expect(Math.abs(width * times - site.width)).toBeLessThan(2);
  const at = [site.x + x * times, site.y + y * times].map((pixels) => `${Math.round(pixels)}`);
  execFileSync('xdotool', ['mousemove', ...at, 'click', '1'], { env: { ...process.env, DISPLAY: kiosk.display } });
  await refuse.waitFor({ state: 'hidden', timeout: 5_000 });
});
