/**
 * What the person chose or typed on a screen is there again after « Je suis encore là » and « Non, continuer », on the
 * fake kiosk.
 */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { samplePrinting } from '../harness/screens/sample-printing.ts';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open, button } = onFakeKiosk((next) => (page = next));

const ways: readonly (readonly [string, () => Promise<void>])[] = [
  [
    '« Je suis encore là »',
    async () => {
      await page.evaluate(() => window.fakeKiosk?.phase({ name: 'warning', endsInS: 60 }));
      await button('Je suis encore là').click();
    },
  ],
  [
    '« Non, continuer »',
    async () => {
      await page.evaluate(() => window.fakeKiosk?.phase({ name: 'leaving', items: [] }));
      await button('Non, continuer').click();
    },
  ],
];

describe.each(ways)('%s leaves', (_, thereAndBack) => {
  it('the pages and the copies to print', async () => {
    await open('print-choose');
    await button('Une seule').click();
    await button('Page 2').click();
    await button('Un exemplaire de plus').click();
    await button('Imprimer 2 pages').waitFor();
    await thereAndBack();
    await button('Imprimer 2 pages').waitFor();
    expect(await page.locator('.page.chosen').allTextContents()).toEqual([expect.stringContaining('Page 2')]);
  });

  it('the answers of « Par où commencer ? »', async () => {
    await open('gestures');
    await page.locator('.answers button').last().click();
    await page.locator('.count', { hasText: '2 sur' }).waitFor();
    await thereAndBack();
    await page.locator('.count', { hasText: '2 sur' }).waitFor();
  });

  it('the tutorials that the answers lead to', async () => {
    await open('gestures-result');
    await thereAndBack();
    await page.locator('.gestures .cards').waitFor();
  });

  it('the new name of a document', async () => {
    await open('documents-one');
    await button('Changer le nom').click();
    await page.locator('dialog input').fill('Bail de la maison');
    await thereAndBack();
    expect(await page.locator('dialog input').inputValue()).toBe('Bail de la maison');
  });

  it('the address of a mailbox', async () => {
    await open('mailbox-other');
    await thereAndBack();
    expect(await page.locator('dialog input').inputValue()).toBe('proton.me');
  });

  it('the answer to a question of the site', async () => {
    await open('cover-prompt');
    await page.locator('.cover input').fill('03200');
    await thereAndBack();
    expect(await page.locator('.cover input').inputValue()).toBe('03200');
  });

  it('the code that is not noted yet', async () => {
    await open('visit-mailbox');
    await page.locator('.note input').fill('482 913');
    await thereAndBack();
    expect(await page.locator('.note input').inputValue()).toBe('482 913');
  });
});

it('« Retour » from another screen leads to the answers of « Par où commencer ? »', async () => {
  await open('gestures-result');
  await button('Imprimer pour mon aidant').click();
  await page.locator('.gestures').waitFor({ state: 'detached' });
  await button('Retour').click();
  await page.locator('.gestures .cards').waitFor();
});

it('the next print begins with every page, once', async () => {
  await open('print-choose');
  await button('Une seule').click();
  await button('Page 2').click();
  await button('Retour').click();
  await page.locator('.have button').last().click();
  await page.evaluate((state) => window.fakeKiosk?.set('printing', state), samplePrinting);
  await button('Imprimer 3 pages').waitFor();
});

it('the name that is typed for a document is not there for the next one', async () => {
  await open('documents-one');
  await button('Changer le nom').click();
  await page.locator('dialog input').fill('Bail de la maison');
  await button('Annuler').click();
  await button('Changer le nom').click();
  expect(await page.locator('dialog input').inputValue()).not.toBe('Bail de la maison');
});
