/**
 * Using the site, the guidance and the bar by keyboard alone, with real key presses in the kiosk as it ships. Focus is
 * checked by the effect of the keys.
 */
import { execFileSync } from 'node:child_process';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, it } from 'vitest';
import { keyboardIsWith, pressKeys } from '../harness/x-keyboard.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse } from './pages/selectors.ts';

let kiosk: RunningKiosk;
let person: Person;
let site: Page;

beforeAll(async () => {
  kiosk = await runKiosk({ size: '1280x800' });
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());

const press = (...keys: readonly string[]): void => pressKeys(kiosk.display, ...keys);
const type = (text: string): void =>
  void execFileSync('xdotool', ['type', '--delay', '12', text], { env: { ...process.env, DISPLAY: kiosk.display } });
/** The text of the focused element on our screens; empty while the site has the focus. */
const held = async (): Promise<string> =>
  keyboardIsWith(kiosk.display) === 'screens'
    ? kiosk.screens.evaluate(() => {
        const { activeElement } = document;
        if (activeElement === null || activeElement === document.body) return '';
        return (activeElement.textContent ?? '').trim().replace(/\s+/g, ' ');
      })
    : '';
const untilFocused = (words: RegExp): Promise<true> =>
  until(`the keyboard on ${words.source}`, async () => words.test(await held()));
const inStrip = (): Promise<true> =>
  until(
    'the keyboard in the guidance',
    async () =>
      keyboardIsWith(kiosk.display) === 'screens' &&
      (await kiosk.screens.evaluate(() => document.activeElement?.closest('aside.strip') !== null)),
  );
const siteHasIt = (): Promise<true> =>
  until('the keyboard in the site', async () => keyboardIsWith(kiosk.display) === 'site');
/** Presses Tab until the element with these words has the focus. */
const tabTo = async (words: RegExp, key = 'Tab'): Promise<void> => {
  for (let i = 0; i < 40; i++) {
    if (words.test(await held())) return;
    press(key);
    await new Promise((done) => setTimeout(done, 60));
  }
  throw new Error(`no ${words.source} within forty presses; at "${await held()}"`);
};

beforeEach(async () => {
  await person.beginAfresh();
  site = await person.goTo(demo.housing);
  await onCaisse(site).refuseCookies.click();
});

it('F6 moves from the field to the guidance, to the bar, and back into the same field', async () => {
  await onCaisse(site).signIn.click();
  const field = onCaisse(site).number;
  await field.focus();
  await siteHasIt();
  type('28');
  await until('the figures in the field', async () => (await field.inputValue()) === '28');
  press('F6');
  await inStrip();
  await tabTo(/^Je n’y arrive pas$/);
  press('F6');
  await untilFocused(/^Accueil$/);
  await tabTo(/^Aide$/);
  press('Return');
  await person.see.dialog.waitFor();
  await person.siteIsHidden(); // before that, Escape would leave the focus on « Aide »
  press('Escape');
  await person.see.dialog.waitFor({ state: 'hidden' });
  await siteHasIt();
  type('5');
  await until('the figure in the field', async () => (await field.inputValue()) === '285');
  press('shift+F6');
  await untilFocused(/^Accueil$/);
  press('shift+F6');
  await inStrip();
  press('shift+F6');
  await siteHasIt();
  type('0');
  await until('the next figure', async () => (await field.inputValue()) === '2850');
});

it('Tab moves from the end of the site to the bar, the guidance, and back to the site', async () => {
  await onCaisse(site).signIn.click();
  await site.locator('a:visible').last().focus();
  await siteHasIt();
  press('Tab');
  await untilFocused(/^Accueil$/);
  await tabTo(/^J’ai fini$/);
  await tabTo(/^Je n’y arrive pas$/);
  press('Tab');
  await siteHasIt();
  await site.locator('a:visible, button:visible').first().focus();
  press('shift+Tab');
  await inStrip();
  press('Return'); // the last element of the guidance
  await person.see.dialog.waitFor();
  press('Escape');
});

it('« J’ai fini » can be reached from the site, and leads back to it', async () => {
  await siteHasIt();
  press('shift+F6');
  await untilFocused(/^Accueil$/);
  press('shift+Tab'); // before the first element of our screens comes the site
  await siteHasIt();
  press('F6');
  await inStrip();
  press('F6');
  await untilFocused(/^Accueil$/);
  await tabTo(/^J’ai fini$/);
  press('Return');
  await person.see.noStay.waitFor();
  await tabTo(/^(Non, continuer|Continuer ma démarche)$/);
  press('Return');
  await person.siteIsShown();
  await siteHasIt();
});

it('a site that was just opened has the focus in its page: the first Tab focuses an element', async () => {
  await person.leaveSite();
  site = await person.goTo(demo.housing);
  await site.waitForLoadState(); // Tab in a page that is still empty moves on to the bar
  await siteHasIt();
  press('Tab');
  await until('the keyboard in the page', () => site.evaluate(() => document.activeElement !== document.body), 3_000);
});

it('after a new window the site has the focus again, and F6 still leads out', async () => {
  await site.locator('a[target=_blank][href="/mentions"]').first().focus();
  const opened = site.context().waitForEvent('page');
  press('Return');
  const beside = await opened;
  await beside.waitForURL('**/mentions');
  await person.siteIsShown();
  await siteHasIt();
  press('F6');
  await inStrip();
});
