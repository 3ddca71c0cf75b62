/** The agent's form of one place, on the fake kiosk: what one press sends. */
import type { Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';
import { sampleReview } from '../harness/screens/sample-directory.ts';

let page: Page;
const { open, button, asked } = onFakeKiosk((next) => (page = next));
beforeEach(() => open('directory-review-form'));

const id = sampleReview[0]?.id;
const field = (name: string) => page.getByLabel(name, { exact: true });
const sent = async () => ({ confirmed: await asked('directory.confirm'), corrected: await asked('directory.correct') });
const backOnList = () => page.locator('#review-list').waitFor();

it('says that all is right while nothing was changed', async () => {
  expect(await button('Enregistrer').count()).toBe(0);
  await button('Tout est juste').click();
  await backOnList();
  expect(await sent()).toEqual({ confirmed: [{ id }], corrected: [] });
});

it('cannot say that all is right over what was typed: it is saved', async () => {
  await field('Téléphone').fill('04 65 71 00 09');
  expect(await button('Tout est juste').count()).toBe(0);
  await button('Enregistrer').click();
  await backOnList();
  expect(await sent()).toEqual({ confirmed: [], corrected: [{ id, correction: { phone: '04 65 71 00 09' } }] });
});

it('says that all is right again when what was typed is taken back', async () => {
  const before = await field('Téléphone').inputValue();
  await field('Téléphone').fill('04');
  await field('Téléphone').fill(`${before} `);
  await button('Tout est juste').click();
  await backOnList();
  expect(await sent()).toEqual({ confirmed: [{ id }], corrected: [] });
});

it('sends nothing while the hours of a day cannot be read', async () => {
  await field('mercredi').fill('le matin');
  await button('Enregistrer').click();
  await page.getByRole('alert').waitFor();
  expect(await field('mercredi').evaluate((one) => one === document.activeElement)).toBe(true);
  expect(await sent()).toEqual({ confirmed: [], corrected: [] });
});

it('does not close a place all week whose hours were asked for and left empty', async () => {
  await button('Retour à la liste').click();
  await page.locator('#review-list button').nth(1).click();
  await button('Je connais les horaires').click();
  await button('Tout est juste').click();
  await backOnList();
  expect((await sent()).corrected).toEqual([]);
});
