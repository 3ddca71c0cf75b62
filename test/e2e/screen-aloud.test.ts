/** « Écouter »: our screens read aloud to somebody who reads little, on the fake kiosk. */
import type { Page } from 'playwright-core';
import { beforeEach, describe, expect, it } from 'vitest';
import type { SpokenText } from '../../main/contract/speech.ts';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';
import { silentWav } from '../harness/speech/silent-wav.ts';
import { until } from '../harness/until.ts';

let page: Page;
const { open, button, asked } = onFakeKiosk((next) => (page = next));

/** The seconds of each part; those that follow are endless. */
let lengths: readonly number[];
beforeEach(async () => {
  lengths = [];
  await page.route('**/bytes/speech/sample/*.wav', (route) => {
    const part = Number(/(\d+)\.wav$/.exec(route.request().url())?.[1]);
    return route.fulfill({ contentType: 'audio/wav', body: silentWav(lengths[part] ?? 60) });
  });
});

const said = () => page.locator('[data-said]');
const listen = (name = 'Écouter') => page.getByRole('button', { name, exact: true });
const texts = async (): Promise<readonly SpokenText[]> => {
  await until('the request', async () => (await asked('speech.listen')).length > 0);
  return ((await asked('speech.listen')).at(-1) as { texts: readonly SpokenText[] }).texts;
};
const words = async () => (await texts()).map((one) => one.words);

it('reads a screen from its title to its main button, and shows where it is', async () => {
  await open('sheet');
  lengths = [0.2, 0.2];
  await listen().click();
  const all = await words();
  expect(all.slice(0, 2)).toEqual(['Caf', 'Demander une aide au logement (APL)']);
  expect(all.at(-1)).toBe('J’y vais');
  expect(all).not.toContain('Accueil');
  expect(all).not.toContain('Retour');
  await said().filter({ hasText: 'Une aide pour payer votre loyer' }).waitFor();
  expect(await said().count()).toBe(1);
  await button('Arrêter').click();
  await listen().waitFor();
  expect(await said().count()).toBe(0);
  expect(await asked('speech.quiet')).toEqual([{ reading: 'sample' }]);
});

it('stops by itself after the last words', async () => {
  await open('scan-modes');
  lengths = Array.from({ length: 10 }, () => 0.05);
  await listen().click();
  await until('the end', async () => (await asked('speech.quiet')).length > 0);
  await listen().waitFor();
  expect(await said().count()).toBe(0);
});

it('says the lines of a card one after the other, and what stands side by side apart', async () => {
  await open('directory-places');
  await listen().click();
  const card = (await words()).find((one) => one.startsWith('Maison des solidarités'))?.split('\n\n');
  // The third line depends on the hour.
  expect(card?.slice(0, 2)).toEqual(['Maison des solidarités', 'Maison des solidarités, Moulins, tout près']);
  expect(card?.length).toBe(3);
});

it('says French words in French on a screen in English', async () => {
  await page.evaluate(() => window.fakeKiosk?.preferences({ language: 'en' }));
  await open('sheet');
  await listen('Listen').click();
  const tagOf = (start: string, all: readonly SpokenText[]) => all.find((one) => one.words.startsWith(start))?.tag;
  const all = await texts();
  expect(tagOf('Le bail', all)).toBe('fr');
  expect(all.some(({ tag }) => tag === 'en')).toBe(true);
});

it('reads a panel alone, and stops when the panel closes', async () => {
  await open('panel-help');
  await listen().last().click();
  expect((await words())[0]).toBe('Comment vous aider ?');
  await said().filter({ hasText: 'Comment vous aider' }).waitFor();
  await button('Fermer').click();
  await until('the end', async () => (await asked('speech.quiet')).length > 0);
  expect(await said().count()).toBe(0);
});

it('stops when a panel opens over what it reads, and when another screen comes', async () => {
  await open('sheet');
  await listen().click();
  await said().waitFor();
  await page.locator('.tool', { hasText: 'Aide' }).click();
  await said().waitFor({ state: 'detached' });
  await button('Fermer').click();
  await listen().click();
  await said().waitFor();
  await button('J’y vais').click();
  await said().waitFor({ state: 'detached' });
  expect((await asked('speech.quiet')).length).toBe(2);
});

it.each([
  ['the help beside a site', 'visit', ['Aide 2 sur 5', 'Entrez votre numéro de sécurité sociale']],
  [
    'what covers the site before the help',
    'files-choose',
    ['Papier 1 sur 2. Le site demande : « Bail ou attestation de loyer »', 'Quels documents voulez-vous joindre ?'],
  ],
])('reads %s', async (_what, scene, first) => {
  await open(scene);
  await listen().click();
  expect((await words()).slice(0, first.length)).toEqual(first);
});

it.each(['offer-scan', 'offer-mailbox'])('reads the offer of a tutorial once, on %s', async (scene) => {
  await open(scene);
  await listen().click();
  const offers = (await words()).filter((one) => one === 'Non merci');
  expect(offers).toHaveLength(1);
});

it('reads what not to forget before leaving', async () => {
  await open('leaving');
  await listen().click();
  expect(await words()).toContain('Regardez sous le couvercle du scanner : votre papier y est peut-être.');
});

describe('never', () => {
  it('reads what is typed', async () => {
    await open('pick');
    await page.locator('[role=search] input').fill('xqzwv kjjqq');
    await page.locator('.nothing h2').waitFor();
    await listen().click();
    expect((await words()).join(' ')).toMatch(/^(?!.*xqzwv)/s);
    expect(await words()).toContain('Chercher une démarche');
  });

  it.each(['accueil', 'warning', 'wiping', 'farewell', 'agent-figures'])('is offered on %s', async (scene) => {
    await open(scene);
    await page.locator('h1').first().waitFor();
    expect(await listen().count()).toBe(0);
  });

  it('is offered without a voice', async () => {
    await page.evaluate(() => window.fakeKiosk?.set('speech', { voice: false }));
    await open('sheet');
    expect(await listen().count()).toBe(0);
  });
});

it.each(['sheet', 'leaving'])('says what to do when the voice fails, on %s', async (scene) => {
  await page.evaluate(() => window.fakeKiosk?.refuse('speech.listen', 'speech.no-voice'));
  await open(scene);
  await listen().click();
  await page.getByRole('dialog').getByText('La borne n’arrive pas à lire à voix haute').waitFor();
});
