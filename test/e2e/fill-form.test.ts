/** A form filled in on the screen, on the fake kiosk: what is written is kept, however the person leaves. */
import type { Locator, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';
import { until } from '../harness/until.ts';

let page: Page;
const { open, button, asked } = onFakeKiosk((next) => (page = next));
beforeEach(async () => {
  await open('documents-form');
  await button('Remplir à l’écran').click();
  await name().waitFor();
});

const name = (): Locator => page.getByLabel('Nom de naissance');
const title = (words: string): Locator => page.getByRole('heading', { name: words });
const kept = async (): Promise<readonly unknown[]> =>
  (await asked('documents.fillForm')).map((input) => (input as { changes: unknown }).changes);
const OEUVRE = [{ field: 0, value: 'Œuvré' }];

it('« C’est rempli » keeps all answers, and leads back to the document', async () => {
  await name().pressSequentially('Œuvré');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Élodie');
  await page.getByLabel('Votre adresse').fill('12 rue de l’Église\n03000 Moulins');
  await page.getByRole('radio').nth(1).click();
  await page.getByRole('checkbox').first().click();
  await page.getByLabel('Votre trajet').selectOption('Formation');
  await button('Après').click();
  await page.getByLabel('J’accepte').click();
  await button('C’est rempli').click();
  await button('Imprimer').waitFor();
  expect(await kept()).toEqual([
    [
      ...OEUVRE,
      { field: 1, value: 'Élodie' },
      { field: 3, value: '12 rue de l’Église\n03000 Moulins' },
      { field: 4, value: 1 },
      { field: 5, value: 0 },
      { field: 6, value: 1 },
      { field: 7, value: 0 },
    ],
  ]);
});

it('of two boxes one is ticked, and a second press unticks it', async () => {
  const boxes = page.getByRole('checkbox');
  await boxes.nth(0).click();
  await boxes.nth(1).click();
  expect(await Promise.all([boxes.nth(0).isChecked(), boxes.nth(1).isChecked()])).toEqual([false, true]);
  await boxes.nth(1).click();
  await button('C’est rempli').click();
  await button('Imprimer').waitFor();
  expect(await kept()).toEqual([[{ field: 5, value: null }]]);
});

it.for(['Retour', 'Accueil'])('« %s » keeps what was written', async (way) => {
  await name().fill('Œuvré');
  await button(way).click();
  await until('kept', async () => (await kept()).length === 1);
  expect(await kept()).toEqual([OEUVRE]);
});

it('the question whether somebody is still there keeps it, and a form without changes asks nothing', async () => {
  const phase = (value: 'active' | 'warning') =>
    page.evaluate(
      (now) => window.fakeKiosk?.phase(now === 'active' ? { name: now } : { name: now, endsInS: 30 }),
      value,
    );
  await name().fill('Œuvré');
  await phase('warning');
  await until('kept', async () => (await kept()).length === 1);
  await phase('active');
  await name().waitFor();
  await button('Retour').click();
  await button('Imprimer').waitFor();
  expect(await kept()).toEqual([OEUVRE]);
});

it('an answer that cannot be kept stays on the screen, and can be kept again', async () => {
  await page.evaluate(() => window.fakeKiosk?.refuse('documents.fillForm', 'documents.full'));
  await name().fill('Œuvré');
  await button('C’est rempli').click();
  await page.getByRole('dialog').getByText('Il n’y a plus de place').waitFor();
  await page.getByRole('dialog').getByRole('button').last().click();
  expect(await name().inputValue()).toBe('Œuvré');
  await button('C’est rempli').click();
  await until('asked again', async () => (await kept()).length === 2);
  expect(await kept()).toEqual([OEUVRE, OEUVRE]);
});

it('letters that cannot be printed are left out, and the person reads why', async () => {
  await name().pressSequentially('ليلى Zoé');
  expect(await name().inputValue()).toBe(' Zoé');
  await page.keyboard.insertText('م');
  await page.getByText('la borne ne sait pas l’imprimer').waitFor();
  expect(await name().inputValue()).toBe(' Zoé');
});

it('letters of two keys, as on a French keyboard, are written while the person is at it', async () => {
  const keys = await page.context().newCDPSession(page);
  const compose = (text: string) =>
    keys.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  await name().pressSequentially('No');
  await compose('¨');
  expect(await name().inputValue()).toBe('No¨');
  await keys.send('Input.insertText', { text: 'ë' });
  await page.keyboard.type('l');
  expect(await name().inputValue()).toBe('Noël');
  expect(await page.getByText('la borne ne sait pas l’imprimer').count()).toBe(0);
  await compose('م');
  await keys.send('Input.insertText', { text: 'م' });
  await page.getByText('la borne ne sait pas l’imprimer').waitFor();
  await button('C’est rempli').click();
  await button('Imprimer').waitFor();
  expect(await kept()).toEqual([[{ field: 0, value: 'Noël' }]]);
});

it('a form that cannot be opened leads back to the document, and says what else can be done', async () => {
  await button('Retour').click();
  await page.evaluate(() => window.fakeKiosk?.refuse('documents.form', 'documents.not-filled'));
  await button('Remplir à l’écran').click();
  await page.getByRole('dialog').getByText('remplir à la main').waitFor();
  await page.getByRole('dialog').getByRole('button').last().click();
  await title('Demande d’aide au transport').waitFor();
  await button('Imprimer').waitFor();
});
