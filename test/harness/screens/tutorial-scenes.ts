/** Tutorials: the list, a tutorial, its help and its end, each kind of exercise, « Par où commencer ? ». */
import type { Page } from 'playwright-core';
import { sampleTutorials, type SampleTutorials } from './sample-tutorials.ts';
import type { Scene } from './scenes.ts';

const bring = async (page: Page, samples: SampleTutorials): Promise<void> => {
  const { tutorials, gestures } = samples;
  const summaries = tutorials.map(({ screens: _, remember: __, next: ___, forReal: ____, ...summary }) => summary);
  await page.evaluate(
    ([list, count]) => {
      window.fakeKiosk?.answer('tutorials.list', list);
      window.fakeKiosk?.set('tutorials', { count, revision: 1, mine: [] });
      window.fakeKiosk?.phase({ name: 'active' });
    },
    [{ tutorials: summaries, gestures }, tutorials.length] as const,
  );
};

const list = async (page: Page, which: 'shipped' | 'kinds' = 'shipped'): Promise<SampleTutorials> => {
  const samples = await sampleTutorials(which);
  await bring(page, samples);
  await page.getByRole('button', { name: /^(Apprendre|Learn)/ }).click();
  await page.locator('[data-tutorial]').first().waitFor();
  return samples;
};

/** Opens a tutorial at the given screen by pressing "Suivant" or "Passer". */
export const openTutorial = async (page: Page, id: string, screen: number, which: 'shipped' | 'kinds' = 'shipped') => {
  const samples = await sampleTutorials(which);
  const tutorial = samples.tutorials.find((one) => one.id === id);
  await bring(page, samples);
  await page.evaluate(
    ([whole, state]) => {
      window.fakeKiosk?.answer('tutorials.tutorial', whole);
      window.fakeKiosk?.set('tutorials', state);
    },
    [tutorial, { count: 1, revision: 1, mine: [{ id, screen, finished: false }] }] as const,
  );
  await page.getByRole('button', { name: /^(Apprendre|Learn)/ }).click();
  await page.locator('.foot .primary').click();
  await page.waitForSelector('.tutorial .progress');
};

/** For each kind of exercise: the fixture that contains one, and its screen. */
export const kinds = {
  reach: ['ronds', 1],
  targets: ['ronds', 2],
  'double-press': ['glisser', 2],
  drag: ['glisser', 1],
  type: ['recopier', 1],
  choose: ['choisir', 1],
  'true-false': ['vrai-faux', 1],
  order: ['ordonner', 1],
  form: ['formulaire', 1],
  mailbox: ['courriel', 1],
  'search-page': ['recherche', 1],
  password: ['secret', 1],
  franceconnect: ['connexion', 1],
  calendar: ['rendez-vous', 1],
  scan: ['numeriser', 1],
  letter: ['lettre', 1],
} as const satisfies Readonly<Record<string, readonly [string, number]>>;

type Presses = readonly (string | RegExp)[];
type Further = readonly [id: string, first: Presses, written?: string, then?: Presses];

export const tutorialScenes: readonly Scene[] = [
  { name: 'tutorials-list', show: async (page) => void (await list(page)) },
  { name: 'tutorial', show: (page) => openTutorial(page, 'la-souris', 0) },
  {
    name: 'tutorial-stuck',
    async show(page) {
      await openTutorial(page, 'la-souris', 0);
      await page.locator('.foot button').first().click();
      await page.waitForSelector('dialog[open]');
    },
  },
  {
    name: 'tutorial-end',
    async show(page) {
      const { tutorials } = await sampleTutorials('shipped');
      const last = (tutorials.find(({ id }) => id === 'e-mails')?.screens.length ?? 1) - 1;
      await openTutorial(page, 'e-mails', last);
      await page.locator('.foot button').last().click();
      await page.waitForSelector('.end h1');
    },
  },
  {
    name: 'gestures',
    async show(page) {
      await list(page);
      await page.getByRole('button', { name: /Par où commencer|Where do I start/ }).click();
      await page.waitForSelector('.gestures .answers');
    },
  },
  {
    name: 'gestures-result',
    async show(page) {
      await list(page);
      await page.evaluate(() =>
        window.fakeKiosk?.answer('tutorials.whereToStart', ['la-souris', 'le-clavier', 'e-mails']),
      );
      await page.getByRole('button', { name: /Par où commencer|Where do I start/ }).click();
      for (let n = 0; n < 8; n += 1) {
        await page.locator('.answers button').last().click();
      }
      await page.waitForSelector('.gestures .cards');
    },
  },
  ...Object.entries(kinds).map(([kind, [id, screen]]): Scene => ({
    name: `practice-${kind}`,
    show: (page) => openTutorial(page, id, screen, 'kinds'),
  })),
  // Exercises at the step with the most on the screen.
  ...Object.entries({
    'mailbox-answer': ['courriel', [/^Mairie/, 'Continuer', 'Répondre']],
    'mailbox-attach': [
      'courriel',
      [/^Mairie/, 'Continuer', 'Répondre'],
      'Bonjour, voici le document.',
      [/^Envoyer$/, 'Continuer', 'Joindre un document'],
    ],
    'password-made': ['secret', ['azerty', '14031958', 'En fabriquer un bon', 'girafe', 'nuage']],
    'franceconnect-sign-in': ['connexion', [/FranceConnect$/, 'Impots.gouv.fr']],
    'calendar-confirm': ['rendez-vous', ['14:30']],
    'form-faults': ['formulaire', [/^Envoyer$/]],
    'search-page-results': ['recherche', [], 'carte grise', ['Chercher', /^Annonce/]],
    'choose-wrong': ['choisir', ['mes-impots-en-ligne.example']],
  } as const satisfies Record<string, Further>).map(
    ([name, [id, first, written, then = []]]: [string, Further]): Scene => ({
      name: `practice-${name}`,
      async show(page) {
        const press = (what: string | RegExp) =>
          page.locator('.practice').getByRole('button', { name: what }).first().click();
        await openTutorial(page, id, 1, 'kinds');
        for (const one of first) await press(one);
        if (written !== undefined) await page.locator('.practice input').first().fill(written);
        for (const one of then) await press(one);
      },
    }),
  ),
  {
    name: 'offer-scan',
    async show(page) {
      await bring(page, await sampleTutorials('shipped'));
      await page.evaluate(() =>
        window.fakeKiosk?.set('documents', { list: [], key: { kind: 'none' }, arrived: null, refused: null } as never),
      );
      await page.locator('.wide button').first().click();
      await page.waitForSelector('.offer');
    },
  },
  {
    name: 'offer-join',
    async show(page) {
      await bring(page, await sampleTutorials('shipped'));
      await page.locator('[role=search] input').fill('apl');
      await page.locator('.results button').first().click();
      await page.locator('.go .primary').click();
      await page.waitForSelector('.strip h1');
      await page.evaluate(() =>
        window.fakeKiosk?.cover({
          kind: 'files',
          id: 'files-1',
          accept: '',
          multiple: false,
          field: { label: 'Bail', at: 1, of: 2 },
        }),
      );
      // Attached only: in a low window with large text it has no room.
      await page.waitForSelector('.cover .offer', { state: 'attached' });
    },
  },
  {
    name: 'offer-mailbox',
    async show(page) {
      await bring(page, await sampleTutorials('shipped'));
      await page
        .getByRole('button', { name: /e-mails/ })
        .first()
        .click();
      await page.waitForSelector('.mailbox .offer');
    },
  },
];
