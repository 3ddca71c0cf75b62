/** Buttons that lead back to where the person was, on the fake kiosk: to the site that they name, and by one screen. */
import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

let page: Page;
const { open, button } = onFakeKiosk((next) => (page = next));

const tab = (name: 'La démarche' | 'Mes e-mails', shown: boolean): Locator =>
  page.locator(`.tabs button[aria-pressed=${shown}]`, { hasText: name });
/** Through a screen that leaves both sites open. */
const toAccueil = async (): Promise<void> => {
  await page.locator('.tools .tool', { hasText: 'Documents' }).click();
  await button('Accueil').click();
};

it('« Reprendre ma démarche » shows the démarche, though the mailbox was in front', async () => {
  await open('visit-mailbox');
  await toAccueil();
  await button(/^Reprendre ma démarche/).click();
  await tab('La démarche', true).waitFor();
});

it('« Mes e-mails » shows the mailbox that is open, though the démarche was in front', async () => {
  await open('visit-mailbox');
  await tab('La démarche', false).click();
  await toAccueil();
  await page.locator('[role=search] input').fill('');
  await button('Mes e-mails').click();
  await page.locator('.keepers button').first().click();
  await tab('Mes e-mails', true).waitFor();
});

it('« Retour » from « Mes documents » shows the site that was in front, not the one that its screen opened', async () => {
  await open('visit-mailbox');
  await tab('La démarche', false).click();
  await page.locator('.tools .tool', { hasText: 'Documents' }).click();
  await button('Retour').click();
  await tab('La démarche', true).waitFor();
});

it('« Accueil » names both open sites before it closes them, also the one behind', async () => {
  await open('visit-mailbox');
  await button('Accueil').click();
  const question = page.getByRole('dialog');
  await question.getByText('La démarche').waitFor();
  await question.getByText('Mes e-mails').waitFor();
  await button('Rester sur le site').click();
  await tab('Mes e-mails', true).waitFor();
  await button('Accueil').click();
  await button('Quitter les deux sites').click();
  await page.locator('#answers').waitFor();
  expect(await button(/^Reprendre ma démarche/).count()).toBe(0);
});

it('« Voir mes documents », asked for on « Mes documents », does not add a step back', async () => {
  await open('documents-list');
  await button('J’ai fini').click();
  await button('Voir mes documents').click();
  await button('Retour').click();
  await page.locator('#answers').waitFor();
  expect(await page.getByRole('heading', { name: 'Mes documents' }).count()).toBe(0);
});

const wantsToLeave = (kind: 'not-sent' | 'answered'): Promise<void> =>
  page.evaluate(
    (item) => window.fakeKiosk?.phase({ name: 'leaving', items: [{ kind: 'signed-in', site: 'gmail.com' }, item] }),
    kind === 'answered' ? { kind, site: 'connect.caf.fr' } : ({ kind, site: 'connect.caf.fr', again: false } as const),
  );

it('« Continuer ma démarche » leads to the site of the request, though the mailbox was in front', async () => {
  await open('visit-mailbox');
  await page.locator('.note input').fill('482 913');
  await wantsToLeave('not-sent');
  await button('Continuer ma démarche').click();
  await tab('La démarche', true).waitFor();
  await tab('Mes e-mails', false).click();
  expect(await page.locator('.note input').inputValue()).toBe('482 913'); // the same screen, as it was left
});

it('« Continuer ma démarche » leads to the site of the request from « Mes documents »', async () => {
  await open('visit-mailbox');
  await page.locator('.tools .tool', { hasText: 'Documents' }).click();
  await wantsToLeave('answered');
  await button('Continuer ma démarche').click();
  await tab('La démarche', true).waitFor();
});
