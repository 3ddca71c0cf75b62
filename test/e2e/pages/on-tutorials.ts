/** Selectors for the tutorials, and the actions that solve each exercise of `test/fixtures/tutorials`. */
import type { Locator, Page } from 'playwright-core';
import type { Hand } from './hands.ts';

const button = (page: Page, name: string | RegExp): Locator => page.locator('main').getByRole('button', { name });

export const onTutorials = (page: Page) => ({
  learn: page.getByRole('button', { name: 'Apprendre', exact: true }),
  card: (id: string) => page.locator(`[data-tutorial="${id}"]`),
  level: (name: string) => page.getByRole('group', { name: 'Votre niveau' }).getByRole('button', { name }),
  whereToStart: page.getByRole('button', { name: 'Par où commencer ?' }),
  progress: page.locator('.progress'),
  sentence: page.locator('main h1'),
  next: page.locator('#tutorial-next'),
  skip: page.getByRole('button', { name: 'Passer l’exercice' }),
  before: page.getByRole('button', { name: 'Avant', exact: true }),
  cheer: page.locator('.cheer'),
  stuck: page.getByRole('button', { name: 'Je n’y arrive pas' }),
  verdict: page.locator('.verdict'),
  kind: page.locator('.note .kind'),
  /** The help offered in the footer after two failed attempts. */
  review: page.locator('.note button'),
  offer: page.locator('aside.offer'),
  learnIt: page.locator('.offer').getByRole('button', { name: 'Apprendre', exact: true }),
  noThanks: page.locator('.offer').getByRole('button', { name: 'Non merci' }),
  goBackToIt: page.getByRole('button', { name: 'Reprendre où j’en étais' }),
  end: page.locator('.end'),
  resume: page.getByRole('button', { name: /^Reprendre/ }),
});

type Solve = (page: Page, hand: Hand) => Promise<void>;

const pressAll =
  (...names: readonly (string | RegExp)[]): Solve =>
  async (page, hand) => {
    for (const name of names) await hand.press(button(page, name));
  };
const round = async (page: Page, n: number, of: number): Promise<Locator> => {
  const target = button(page, `Rond ${n} sur ${of}`);
  await target.waitFor();
  return target;
};
const field = (page: Page, label: string | RegExp): Locator => page.locator('main').getByLabel(label);

/** By kind: the fixture with the exercise, its screen (from 1), and the actions that solve it. */
export const exercises: Readonly<
  Record<string, { readonly id: string; readonly screen: number; readonly solve: Solve }>
> = {
  reach: {
    id: 'ronds',
    screen: 2,
    solve: async (page, hand) => {
      for (const n of [1, 2, 3]) await hand.reach(await round(page, n, 3));
    },
  },
  targets: {
    id: 'ronds',
    screen: 3,
    solve: async (page, hand) => {
      for (const n of [1, 2, 3, 4]) await hand.press(await round(page, n, 4));
    },
  },
  'double-press': {
    id: 'glisser',
    screen: 3,
    solve: async (page, hand) => {
      for (const n of [1, 2, 3]) await hand.pressTwice(await round(page, n, 3));
    },
  },
  drag: {
    id: 'glisser',
    screen: 2,
    solve: pressAll('Fiche de paie', /^À garder/, 'Publicité', /^À jeter/, 'Avis d’impôt', /^À garder/),
  },
  type: {
    id: 'recopier',
    screen: 2,
    solve: async (page, hand) => {
      for (const [at, text] of ['bonjour', 'Été à Vichy', 'camille@exemple.fr'].entries()) {
        await hand.write(field(page, `Écrivez ici (${at + 1} sur 3)`), text);
      }
    },
  },
  choose: { id: 'choisir', screen: 2, solve: pressAll('www.impots.gouv.fr') },
  'true-false': { id: 'vrai-faux', screen: 2, solve: pressAll('Vrai', 'Continuer', 'Faux') },
  order: {
    id: 'ordonner',
    screen: 2,
    solve: pressAll(
      'Ouvrir le document',
      'Appuyer sur « Imprimer »',
      'Vérifier le nombre de pages',
      'Prendre la feuille',
    ),
  },
  form: {
    id: 'formulaire',
    screen: 2,
    solve: async (page, hand) => {
      await hand.write(field(page, /^Nom/), 'martin');
      await hand.write(field(page, /^Date de naissance/), '14/03/1958');
      await hand.write(field(page, /^Adresse e-mail/), 'camille.martin@exemple.fr');
      await hand.write(field(page, /^Code postal/), '03000');
      await hand.write(field(page, /^Situation/), 'Retraité');
      await hand.press(button(page, /^Envoyer$/));
    },
  },
  mailbox: {
    id: 'courriel',
    screen: 2,
    solve: async (page, hand) => {
      const press = (name: string | RegExp) => hand.press(button(page, name));
      await press(/^Mairie/);
      await press('Continuer');
      await press('Répondre');
      await hand.write(field(page, 'Votre réponse'), 'Bonjour, voici le document.');
      await press(/^Envoyer$/);
      await press('Continuer');
      await press('Joindre un document');
      await press('Facture d’électricité');
      await press('Continuer');
      await press(/^Espace famille/);
      await hand.write(field(page, 'Le code'), '482913');
      await press('Vérifier');
      await press('Continuer');
      await press(/^Livraison/);
      await press('Ce message est un piège');
    },
  },
  'search-page': {
    id: 'recherche',
    screen: 2,
    solve: async (page, hand) => {
      await hand.write(field(page, 'La recherche'), 'carte grise');
      await hand.press(button(page, 'Chercher'));
      await hand.press(button(page, /immatriculation\.ants\.gouv\.fr/));
    },
  },
  password: {
    id: 'secret',
    screen: 2,
    solve: async (page, hand) => {
      await pressAll('azerty', '14031958', 'En fabriquer un bon', 'girafe', '-', 'marmite', 'nuage', '7')(page, hand);
    },
  },
  franceconnect: {
    id: 'connexion',
    screen: 2,
    solve: async (page, hand) => {
      await pressAll(/FranceConnect$/, 'Impots.gouv.fr')(page, hand);
      await hand.write(field(page, 'Identifiant'), '1234567890123');
      await hand.write(field(page, 'Mot de passe'), 'nuage-sardine-7');
      await pressAll('Se connecter', /^Continuer vers/)(page, hand);
    },
  },
  calendar: { id: 'rendez-vous', screen: 2, solve: pressAll('14:30', /^Prendre mardi 12/) },
  scan: {
    id: 'numeriser',
    screen: 2,
    solve: async (page, hand) => {
      const answers = ['À refaire', 'Bon', ...Array<string>(5).fill('À refaire')];
      for (const [at, answer] of answers.entries()) {
        await hand.press(button(page, answer));
        if (at < answers.length - 1) await hand.press(button(page, 'Page suivante'));
      }
    },
  },
  letter: {
    id: 'lettre',
    screen: 2,
    solve: async (page, hand) => {
      await hand.press(button(page, /^Réf\. : BRS/));
      await hand.write(field(page, 'Recopiez-le ici'), 'BRS-2026-00417');
      await hand.press(button(page, 'Vérifier'));
    },
  },
};
