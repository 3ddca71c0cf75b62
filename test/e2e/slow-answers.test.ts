/** Presses on a kiosk whose answers are late, on the fake kiosk: twice, or after the person has gone elsewhere. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open, button, asked, answersAreHeard } = onFakeKiosk((next) => (page = next));

const hold = (message: string): Promise<void> => page.evaluate((name) => window.fakeKiosk?.hold(name), message);
const release = (): Promise<void> => page.evaluate(() => window.fakeKiosk?.release());

it('a second press on a button whose first is not answered yet asks nothing', async () => {
  await open('scan-place');
  await hold('scanning.scan');
  await button('Scanner').click();
  await button('Scanner').click();
  expect(await asked('scanning.scan')).toHaveLength(1);
  await release();
  await button('Scanner').click();
  expect(await asked('scanning.scan')).toHaveLength(2);
});

it('« Le voir » pressed twice opens the document that arrived once: « Retour » leads back', async () => {
  await open('documents-arrived');
  await hold('documents.dismiss');
  const presses = page.getByRole('dialog').getByRole('button', { name: 'Le voir', exact: true });
  await presses.dispatchEvent('click');
  // The second press of a person who saw nothing happen, whatever is there by then.
  if (await presses.isVisible()) await presses.dispatchEvent('click');
  await release();
  await button('Retour').click();
  await page.getByRole('heading', { level: 1, name: 'Mes documents' }).waitFor();
  expect(await asked('documents.dismiss')).toHaveLength(1);
});

it('a refused sheet takes nobody back who has gone back already', async () => {
  await open('theme');
  await hold('catalogue.sheet');
  await page.evaluate(() => window.fakeKiosk?.refuse('catalogue.sheet', 'catalogue.unknown'));
  const theme = await page.getByRole('heading', { level: 1 }).innerText();
  await page.locator('main ul button').first().click();
  await button('Retour').click();
  await release();
  await answersAreHeard();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(theme);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('a tutorial that comes after the person has gone back is not begun, and the focus stays where they are', async () => {
  await open('tutorials-list');
  await hold('tutorials.tutorial');
  await page.evaluate(() => window.fakeKiosk?.answer('tutorials.tutorial', { screens: [] }));
  await page.locator('main .cards button').first().click();
  await button('Accueil').click();
  const search = page.locator('[role=search] input');
  await search.focus();
  await release();
  await answersAreHeard();
  expect(await asked('tutorials.at')).toHaveLength(0);
  expect(await asked('tutorials.finished')).toHaveLength(0);
  expect(await search.evaluate((one) => one === document.activeElement)).toBe(true);
});

it('« Continuer » after a print does not take back a person who pressed « Accueil » meanwhile', async () => {
  await open('print-done');
  await page.waitForFunction(() => document.querySelector('.foot [aria-disabled]') === null);
  await hold('printing.acknowledge');
  await page.locator('div.foot button.primary').click();
  await button('Accueil').click();
  await page.locator('#answers .results button').first().click();
  const sheet = await page.getByRole('heading', { level: 1 }).innerText();
  await release();
  await answersAreHeard();
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(sheet);
});

it('a site’s question is answered once by a key held down', async () => {
  await open('cover-prompt');
  await hold('browsing.answerDialog');
  await page.locator('.cover input').press('Enter');
  await page.locator('.cover input').press('Enter');
  expect(await asked('browsing.answerDialog')).toHaveLength(1);
});

it('a protected copy that is ready after « Annuler » closes no other panel', async () => {
  await open('documents-protect');
  await hold('documents.watermark');
  await page.getByRole('dialog').locator('input').fill('Mairie de Moulins');
  await page.getByRole('dialog').locator('button.primary').click();
  await page.getByRole('dialog').getByRole('button', { name: 'Annuler' }).click();
  await button('Changer le nom').click();
  await page.evaluate(() => window.fakeKiosk?.answer('documents.watermark', { id: 'rib' }));
  await release();
  await answersAreHeard();
  expect(await page.getByRole('dialog').locator('input').isVisible()).toBe(true);
});

it('a panel closes for a press beside it, but not for a selection that ends there', async () => {
  await open('documents-protect');
  const words = page.getByRole('dialog').locator('input');
  await words.fill('Mairie de Moulins');
  const box = await words.boundingBox();
  if (!box) throw new Error('the field is not there');
  await page.mouse.move(box.x + box.width / 4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(4, 4, { steps: 4 });
  await page.mouse.up();
  await answersAreHeard();
  expect(await words.inputValue()).toBe('Mairie de Moulins');
  await page.mouse.click(4, 4);
  await answersAreHeard();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('the second press of a double press does not remove the page that slid there', async () => {
  await open('scan-pages');
  const removed = page.locator('ol li button.wide', { hasText: 'Retirer' });
  await removed.nth(0).evaluate((one) => one.scrollIntoView());
  await removed.nth(0).dblclick();
  expect(await asked('scanning.remove')).toHaveLength(1);
});

it('a site’s question keeps what was typed when something else of the site changes', async () => {
  await open('cover-prompt');
  await page.locator('.cover input').fill('03200');
  await page.evaluate(() => window.fakeKiosk?.sent('answered'));
  await answersAreHeard();
  expect(await page.locator('.cover input').inputValue()).toBe('03200');
});

it('« pas sur cette page » is not said of a step that nobody asked about', async () => {
  await open('visit');
  await hold('browsing.point');
  await page.evaluate(() => window.fakeKiosk?.answer('browsing.point', false));
  await page.locator('aside.strip').getByRole('button', { name: 'Montrez-moi' }).click();
  await page.locator('aside.strip').getByRole('button', { name: 'Voir l’étape suivante' }).click();
  await release();
  await answersAreHeard();
  expect(await page.locator('.not-here').innerText()).toBe('');
});

it('the last question comes again when its answer could not be used', async () => {
  await open('gestures');
  await page.evaluate(() => window.fakeKiosk?.refuse('tutorials.whereToStart', 'kiosk.bug'));
  for (let n = 0; n < 8; n += 1) await page.locator('.answers button').last().click();
  await page.getByRole('dialog').locator('button.primary').click();
  await page.locator('.answers button').last().waitFor({ timeout: 5_000 });
});

it('a site that the person left before it was open is not said to have failed over the next one', async () => {
  await open('sheet');
  await hold('browsing.open');
  await page.locator('.go .primary').click();
  await page.locator('.visit').waitFor();
  await button('Accueil').click();
  await button('Quitter le site').click();
  await page.locator('#answers').waitFor();
  await page.evaluate(() => {
    const next = { demarche: 'apl', siteName: 'caf.fr', host: 'www.caf.fr', mailbox: false };
    window.fakeKiosk?.set('browsing', { open: [next], note: '', picture: null, visit: null });
    window.fakeKiosk?.refuse('browsing.open', 'browsing.no-guest');
  });
  await release();
  await answersAreHeard();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it('the second press of a double press does not close the question that the first one opened', async () => {
  await open('visit');
  await button('Accueil').dblclick();
  await answersAreHeard();
  expect(await button('Quitter le site').isVisible()).toBe(true);
});

it('« Suivant » pressed twice in a tutorial shows the next screen, not the one after', async () => {
  await open('tutorial');
  const progress = page.locator('.tutorial .progress');
  const before = Number(/\d+/.exec(await progress.innerText())?.[0]);
  await button('Suivant').dblclick();
  await answersAreHeard();
  expect(Number(/\d+/.exec(await progress.innerText())?.[0])).toBe(before + 1);
});

it('« Page précédente » and « Voir l’étape suivante » pressed twice move by one', async () => {
  await open('visit');
  await button('Page précédente').dblclick();
  await answersAreHeard();
  expect(await asked('browsing.back')).toHaveLength(1);
  const step = page.locator('.strip .over');
  const before = Number(/\d+/.exec(await step.innerText())?.[0]);
  await button('Voir l’étape suivante').dblclick();
  await answersAreHeard();
  expect(Number(/\d+/.exec(await step.innerText())?.[0])).toBe(before + 1);
});

it('« Après » stays under the pointer when the picture of the page arrives late', async () => {
  const picture = Promise.withResolvers<void>();
  await page.route('**/bytes/documents/*/1.jpg*', async (route) => {
    await picture.promise;
    await route.continue();
  });
  await open('documents-one');
  const place = async (): Promise<readonly number[]> => {
    const { x = 0, y = 0 } = (await button('Après').boundingBox()) ?? {};
    return [Math.round(x), Math.round(y)];
  };
  const before = await place();
  picture.resolve();
  const drawn = page.locator('figure img');
  await expect.poll(() => drawn.evaluate((one: HTMLImageElement) => one.naturalWidth)).toBeGreaterThan(0);
  expect(await place()).toEqual(before);
});
