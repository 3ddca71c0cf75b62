/**
 * Every screen that can be reached by a press, part by part. Each path begins and ends on "Que voulez-vous faire ?".
 */
import type { Page } from 'playwright-core';
import { gone, PANEL, type Press } from './screen-press.ts';

/** Limit for a machine's own time, which does not count for a press. */
const MACHINE_MS = 60_000;
/** Waits until the page is complete, so that remaining work does not count for the next press. */
const rest = (page: Page, selector: string): Promise<void> =>
  page.locator(selector).first().waitFor({ timeout: MACHINE_MS });

const home = (press: Press): Promise<void> => press('.tool', 'Accueil');
const closePanel = (press: Press, words = ''): Promise<void> =>
  press('dialog[open] footer button.primary', words, gone('dialog[open]'));

/** Clears the search, which otherwise stays until the end of the session. */
const asFound = (page: Page): Promise<void> => page.locator('[role=search] input').fill('');

const openSheet = async (press: Press, page: Page): Promise<void> => {
  await page.locator('[role=search] input').fill('apl');
  await press('.results button');
  await rest(page, '.go .primary');
};

const choosing = async (press: Press, page: Page): Promise<void> => {
  for (const name of await page.locator('.cards .title').allInnerTexts()) {
    await press('.cards button', name);
    if ((await page.locator('.theme .row').count()) > 0) {
      await press('.theme .row');
      await press('.go button', 'Je n’ai pas tout', PANEL);
      await closePanel(press);
    }
    await home(press);
  }
  for (const panel of ['Taille', 'Français', 'Aide']) {
    await press('.tool', panel, PANEL);
    await closePanel(press);
  }
};

const scanning = async (press: Press, page: Page): Promise<void> => {
  await press('.wide button', 'Scanner un papier');
  await press('.modes .card', 'Une seule feuille');
  await press('.foot button', 'Scanner');
  await rest(page, '.look');
  await press('.foot button', 'C’est bien');
  await rest(page, '.document .actions');
  await press('.actions button', 'Effacer', PANEL);
  await closePanel(press, 'Non');
  await press('.actions button', 'Imprimer');
  await rest(page, '.print');
  await press('.print button', 'Retour');
  await home(press);
  await press('.wide button', 'Mes documents');
  await press('button.document');
  await press('.actions button', 'Effacer', PANEL);
  await press('dialog[open] footer button', 'Oui');
  await home(press);
};

const printing = async (press: Press, page: Page): Promise<void> => {
  await openSheet(press, page);
  await press('.have button', 'Imprimer');
  await rest(page, '.print');
  await press('.foot .huge', 'Imprimer');
  await rest(page, 'div.foot .primary');
  await press('div.foot .primary');
  await home(press);
  await asFound(page);
};

const mailbox = async (press: Press, page: Page): Promise<void> => {
  await press('.wide button', 'Mes e-mails');
  await press('.keepers button', 'Une autre', PANEL);
  await page.locator('dialog[open] input').fill('courriel-exemple.test');
  await press('dialog[open] footer .primary', '', 'aside.strip h1');
  await press('.tool', 'Accueil', PANEL);
  await press('dialog[open] footer button', 'Quitter le site', 'main h1');
};

const onSite = async (press: Press, page: Page): Promise<void> => {
  await openSheet(press, page);
  await press('.go .primary');
  // The first page of the site sets the current step.
  await rest(page, '.where.real');
  const onward = await page.locator('.steps button').last().isEnabled();
  for (const way of onward ? ['last', 'first'] : ['first', 'last']) await press(`.steps button:${way}-child`);
  await press('.fold');
  await press('.rail');
  for (const panel of ['Taille', 'Français', 'Aide']) {
    await press('.tool', panel, PANEL);
    await closePanel(press);
  }
  await press('.tool', 'Documents');
  await press('main button', 'Retour');
  await press('.tool', 'E-mails');
  await press('.keepers button', 'Courriel');
  await rest(page, '.where.real');
  await press('.tabs button', 'La démarche');
  await press('.tabs button', 'Mes e-mails');
  await press('.tool', 'Accueil', PANEL);
  await press('dialog[open] footer button', 'Quitter le site', 'main h1');
  await asFound(page);
};

const nearHelp = async (press: Press): Promise<void> => {
  await press('.wide button', 'De l’aide');
  await press('.needs .card');
  await press('[data-place] button');
  await press('main button', 'Retour');
  await home(press);
};

const leaving = async (press: Press, page: Page): Promise<void> => {
  await press('.quit button', 'J’ai fini');
  await press('button', 'Non, continuer');
  await press('.quit button', 'J’ai fini');
  // The screens are reloaded for the next person.
  const anew = page.waitForEvent('domcontentloaded', { timeout: MACHINE_MS });
  await press('button', 'Oui, terminer');
  await anew;
  await rest(page, '.start button');
  await press('.start button', 'Commencer');
};

const learning = async (press: Press, page: Page): Promise<void> => {
  await press('.wide button', 'Apprendre');
  for (const level of await page.locator('.levels button').all()) {
    await level.click();
    const ids = await page
      .locator('[data-tutorial]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tutorial')));
    for (const id of ids) {
      await press(`[data-tutorial="${id}"]`);
      await press('.foot button', 'Je n’y arrive pas', PANEL);
      await closePanel(press);
      // Go through every screen to the end, skipping exercises.
      while ((await page.locator('.end').count()) === 0) await press('.screen > .foot > button:last-of-type');
      await press('.end button', 'Retour');
      await level.click();
    }
  }
  await press('main button, .foot button', 'Par où commencer');
  for (let n = 0; n < 8; n += 1) await press('.answers button', 'Un peu');
  await home(press);
};

/** `times`: how often to repeat a path with few screens. */
export const ways: readonly {
  readonly name: string;
  readonly times: number;
  readonly walk: (press: Press, page: Page) => Promise<void>;
}[] = [
  { name: 'choosing a démarche', times: 2, walk: choosing },
  { name: 'scan and documents', times: 3, walk: scanning },
  { name: 'print', times: 3, walk: printing },
  { name: 'mailbox', times: 3, walk: mailbox },
  { name: 'on a site, two of them', times: 3, walk: onSite },
  { name: 'help near here', times: 3, walk: nearHelp },
  { name: 'tutorials', times: 1, walk: learning },
  { name: 'beginning and end', times: 3, walk: leaving },
];
