/** What the scanning screens offer, on the fake kiosk. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open, button, asked, answersAreHeard } = onFakeKiosk((next) => (page = next));

const atTheFoot = (): Promise<string[]> => page.locator('.foot button').allInnerTexts();

// « Recommencer » would keep the page and ask for the next sheet: the document would have the page twice.
it.each([
  ['not-made', 'scanning.failed'],
  ['not-kept', 'scanning.not-kept'],
])('after « %s », the person can only try to keep the pages again', async (fault, code) => {
  await open(`scan-fault-${fault}`);
  expect(await atTheFoot()).toEqual(['Revoir les pages', 'Garder cette page']);
  await page.evaluate((refusal) => window.fakeKiosk?.refuse('scanning.finish', refusal), code);
  await button('Garder cette page').click();
  await answersAreHeard();
  expect(await page.getByRole('dialog').count()).toBe(0);
});

it.each([
  ['place-feeder', ['Poser sur la vitre', 'Scanner']],
  ['place-feeder-rest', ['Poser sur la vitre', 'Scanner']],
  ['fault-feeder-empty', ['Poser sur la vitre', 'Recommencer']],
])('%s: what cannot be fed may go on the glass', async (scene, offered) => {
  await open(`scan-${scene}`);
  expect(await atTheFoot()).toEqual(offered);
  await button('Poser sur la vitre').click();
  expect(await asked('scanning.useGlass')).toHaveLength(1);
});

// After « Recommencer » and « Mettez vos feuilles », the whole pile would be fed again, and its first pages doubled.
it.each(['jam', 'cover-open', 'unplugged', 'no-answer'])(
  'after « %s », a pile goes on where it stopped',
  async (fault) => {
    await open(`scan-fault-${fault}`);
    expect(await atTheFoot()).toEqual(['Garder les pages déjà là', 'Continuer']);
    const said = await page.getByRole('alert').innerText();
    expect(said).toContain('Une page est déjà là, la voici. Remettez seulement les feuilles qui manquent.');
    expect(said).not.toMatch(/recommence/i);
    expect(await page.getByRole('alert').locator('img').count()).toBe(1);
    await button('Continuer').click();
    expect(await asked('scanning.again')).toHaveLength(1);
  },
);

it('the sheets that are missing are asked for, not the whole pile, and the last page is shown', async () => {
  await open('scan-place-feeder-rest');
  await page.getByRole('heading', { name: 'Mettez seulement les feuilles à ajouter' }).waitFor();
  expect(await page.getByRole('status').innerText()).toContain('3 pages sont déjà là, voici la dernière.');
  expect(await page.getByRole('status').locator('img').getAttribute('src')).toContain('rib');
});

it.each([
  ['modes', ['Une seule feuille', 'Plusieurs feuilles', 'Recto et verso', 'Une carte']],
  ['modes-feeder-only', ['Une seule feuille', 'Plusieurs feuilles', 'Recto et verso']],
  ['modes-one-side-only', ['Une seule feuille', 'Plusieurs feuilles']],
])('%s: only what this scanner can do is offered', async (scene, offered) => {
  await open(`scan-${scene}`);
  expect(await page.locator('.cards .title').allInnerTexts()).toEqual(offered);
});

// The sheet that was scanned last still lies on the glass: scanned at once, it would be in the document twice.
it('« Ajouter une page » asks for the sheet before it scans', async () => {
  await open('scan-pages');
  await button('Ajouter une page').click();
  expect(await asked('scanning.again')).toHaveLength(1);
  expect(await asked('scanning.scan')).toHaveLength(0);
});

it('while the pages of a pile are read, the person sees how far it is', async () => {
  await open('scan-finishing-pile');
  expect(await page.getByText('1 page lue sur 4').count()).toBe(1);
  expect(await page.getByRole('progressbar').evaluate((bar: HTMLProgressElement) => bar.position)).toBe(0.25);
});

// « Le texte vers le bas » would say nothing about a sheet that is written on both sides.
it('the side of a sheet that goes against the glass is named', async () => {
  await open('scan-place-sheet-back');
  expect(await page.getByRole('listitem').allInnerTexts()).toContainEqual(
    expect.stringContaining('Posez le verso contre la vitre'),
  );
});
