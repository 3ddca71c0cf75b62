/**
 * A person who double-presses on every screen of the main job, and one who reads the farewell, with the shipped pauses.
 */
import { execFileSync } from 'node:child_process';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse } from './pages/selectors.ts';

let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk({ size: '1280x800', atPersonsPace: true });
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());

/** Presses twice, within the interval that a desktop takes for a double click. */
const pressTwice = async (what: Locator): Promise<void> => {
  await what.scrollIntoViewIfNeeded();
  const box = await what.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  const at = [box.x + box.width / 2, box.y + box.height / 2].map((pixels) => `${Math.round(pixels)}`);
  execFileSync('xdotool', ['mousemove', ...at, 'click', '--repeat', '2', '--delay', '180', '1'], {
    env: { ...process.env, DISPLAY: kiosk.display },
  });
};
/** Waits until a new screen accepts presses. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500));

/** Ends what the previous test left open, and waits for the accueil. */
beforeEach(async () => {
  const { see } = person;
  const farewell = kiosk.screens.getByRole('button', { name: 'Au revoir' });
  await see.begin.or(see.finished).first().waitFor();
  if (await see.begin.isVisible()) return;
  if (await see.dialog.isVisible()) await kiosk.screens.keyboard.press('Escape');
  await settled();
  await see.finished.click();
  await see.yesLeave.waitFor();
  await settled();
  await see.yesLeave.click();
  await farewell.waitFor();
  await settled();
  await farewell.click();
  await see.begin.waitFor();
});

/** Begins a session, and goes to the second page of the form, signed in. */
const openForm = async (): Promise<Page> => {
  await settled();
  await person.begin();
  await settled();
  const { see } = person;
  await person.search(demo.housing.words);
  await see.demarche(demo.housing.title).waitFor();
  await settled();
  await see.demarche(demo.housing.title).click();
  await see.go.waitFor();
  await settled();
  await see.go.click();
  await person.siteIsShown();
  const site = await kiosk.guestPage();
  await onCaisse(site).refuseCookies.click();
  await person.signInAtCaisse(site);
  await site.goto(new URL('/aide-au-logement/situation', site.url()).href);
  return site;
};

it('the second press of a double press does nothing on the next screen', async () => {
  const { see } = person;
  await settled();
  await pressTwice(see.begin);
  await see.search.waitFor();
  await settled();
  expect(await see.search.isVisible()).toBe(true);

  await person.search(demo.housing.words);
  await see.demarche(demo.housing.title).waitFor();
  await settled();
  await pressTwice(see.demarche(demo.housing.title));
  await see.go.waitFor();
  await settled();
  expect(await kiosk.siteRect()).toBeUndefined();

  const paper = kiosk.screens.getByRole('checkbox').first();
  await pressTwice(paper);
  await settled();
  expect(await paper.isChecked()).toBe(true);

  await pressTwice(see.size);
  await see.dialog.waitFor();
  await settled();
  await pressTwice(see.closePanel);
  await see.dialog.waitFor({ state: 'hidden' });
  await settled();
  expect(await see.go.isVisible()).toBe(true);
  expect(await kiosk.siteRect()).toBeUndefined();

  await pressTwice(see.finished);
  await see.yesLeave.waitFor();
  await settled();
  expect(await see.yesLeave.isVisible()).toBe(true);
  await pressTwice(see.noStay);
  await see.go.waitFor();
  await settled();
  expect(await see.go.isVisible()).toBe(true);
  expect(await kiosk.siteRect()).toBeUndefined();
});

it('unsent input is mentioned before the end, and the large button continues', async () => {
  const { see } = person;
  const site = await openForm();
  const caisse = onCaisse(site);
  const said = kiosk.screens.getByText('Votre demande n’est pas envoyée');
  const goOn = kiosk.screens.getByRole('button', { name: 'Continuer ma démarche' });

  await caisse.field('telephone').fill('0600000000');
  await see.finished.click();
  await said.waitFor();
  await settled();
  await goOn.click();
  await person.siteIsShown();
  await settled();

  await person.answerAboutHousehold(site);
  await see.finished.click();
  await see.yesLeave.waitFor();
  expect(await said.isVisible()).toBe(false);
  await kiosk.screens.getByText('Ce que vous avez envoyé reste envoyé').waitFor();
  // A form was sent and answered, but only the site knows whether the request is complete.
  await kiosk.screens.getByText('Regardez s’il dit que votre demande est terminée').waitFor();
  await settled();
  await goOn.click();
  await person.siteIsShown();
  await settled();
});

it('« Page précédente » leads from the response back to the form, each time', async () => {
  const { see } = person;
  const site = await openForm();
  const caisse = onCaisse(site);
  for (let turn = 0; turn < 4; turn++) {
    await site.goto(new URL('/aide-au-logement/situation', site.url()).href);
    await caisse.field('enfants').fill('');
    await caisse.continue.click();
    await site.waitForFunction(() => document.title.startsWith('Erreur'));
    await person.answerAboutHousehold(site);
    const posts = kiosk.sites.log.filter(({ method }) => method === 'POST').length;
    await see.previousPage.click();
    await site.waitForFunction(() => document.title.startsWith('Votre situation'));
    // Our own page covers the site for a moment.
    await until('our page gone', async () => !(await see.coverTitle.isVisible()));
    await person.siteIsShown();
    expect(kiosk.sites.log.filter(({ method }) => method === 'POST').length).toBe(posts);
  }
}, 60_000);

it('another démarche opens over unsent input only if the person agrees, and the site is kept if they stay', async () => {
  const { see } = person;
  const site = await openForm();
  const field = onCaisse(site).field('telephone');
  const goElsewhere = async (): Promise<void> => {
    await person.tray.tool.click();
    await person.siteIsHidden();
    await settled();
    await see.home.click();
    await see.search.waitFor();
    await settled();
    await person.search(demo.identityCard.words);
    await see.demarche(demo.identityCard.title).waitFor();
    await settled();
    await see.demarche(demo.identityCard.title).click();
    await see.go.waitFor();
    await settled();
    await pressTwice(see.go);
  };
  await field.fill('0612345678');

  await goElsewhere();
  await see.stayOnSite.waitFor();
  await settled();
  await see.stayOnSite.click();
  await person.siteIsShown();
  expect(await field.inputValue()).toBe('0612345678');
  // Coming back to it from one of our screens asks nothing.
  await settled();
  await person.tray.tool.click();
  await person.siteIsHidden();
  await settled();
  await person.print.back.click();
  await person.siteIsShown();
  expect(await see.dialog.isVisible()).toBe(false);

  await settled();
  await goElsewhere();
  await see.leaveSite.waitFor();
  await settled();
  await see.leaveSite.click();
  await until('the other site', async () => site.isClosed());
  await person.siteIsShown();
  expect(await see.where.innerText()).toContain('portail');
  await settled();
});

it('the farewell stays in the chosen text size until the person has read it', async () => {
  const { see } = person;
  await settled();
  await person.begin();
  await settled();
  await see.size.click();
  await settled();
  await see.choice('Très grande').first().click();
  await settled();
  await see.closePanel.click();
  await settled();
  await see.finished.click();
  await see.yesLeave.waitFor();
  await settled();
  await see.yesLeave.click();
  const farewell = kiosk.screens.getByRole('heading', { name: 'C’est effacé' });
  await farewell.waitFor();
  const sizeNow = () => kiosk.screens.evaluate(() => document.documentElement.dataset['size']);
  expect(await sizeNow()).toBe('larger');
  await settled();
  await pressTwice(kiosk.screens.getByRole('button', { name: 'Au revoir' }));
  await see.begin.waitFor();
  await settled();
  expect(await see.begin.isVisible()).toBe(true);
  expect(await sizeNow()).toBe('normal');
});
