/** A person who never used a mouse: the list of tutorials, and an exercise of each kind. */
import { mouse } from '../../pages/hands.ts';
import { exercises, onTutorials } from '../../pages/on-tutorials.ts';
import type { TourGuide, TourStep } from '../tour-guide.ts';

const captions: Readonly<Record<keyof typeof exercises, string>> = {
  reach: 'Amener la flèche sur un rond : il devient vert.',
  targets: 'Cliquer sur des ronds de plus en plus petits.',
  'double-press': 'Cliquer deux fois de suite, sans se presser.',
  drag: 'Ranger des papiers : on tire, ou on clique deux fois.',
  type: 'Écrire : l’écran montre la touche suivante, les accents et @ aussi.',
  choose: 'Choisir le vrai site parmi quatre, et savoir pourquoi.',
  'true-false': 'Vrai ou faux, avec l’explication.',
  order: 'Remettre les étapes dans l’ordre.',
  form: 'Remplir un faux formulaire avec la fiche d’une personne inventée.',
  mailbox: 'Une fausse boîte e-mail : lire, répondre, joindre, trouver le piège.',
  'search-page': 'Une fausse page de résultats : la publicité et le site officiel.',
  password: 'Fabriquer un mot de passe avec des mots du jeu, jamais le sien.',
  franceconnect: 'FranceConnect pas à pas, sans ouvrir de site.',
  calendar: 'Prendre un faux rendez-vous.',
  scan: 'Bon scan ou mauvais scan ?',
  letter: 'Trouver le numéro de dossier sur une lettre.',
};

const BEGINNERS = new Set(['ronds', 'glisser', 'recopier', 'vrai-faux', 'ordonner', 'numeriser', 'lettre']);

const openExercise = async ({ kiosk, person }: TourGuide, id: string, screen: number): Promise<void> => {
  const see = onTutorials(kiosk.screens);
  await person.see.home.click();
  await see.learn.click();
  await see.level(BEGINNERS.has(id) ? 'Je débute' : 'Je me débrouille').click();
  await see.card(id).click();
  await see.progress.waitFor();
  // A tutorial opened earlier resumes where it was, so go back to its first screen.
  for (;;) {
    const at = Number((await see.progress.innerText()).match(/(\d+) sur/)?.[1] ?? 0);
    if (at === screen) return;
    const isBehind = at < screen;
    await (isBehind ? see.next.or(see.skip).first() : see.before).click();
    await see.progress.filter({ hasText: `${isBehind ? at + 1 : at - 1} sur` }).waitFor();
  }
};

export const learning: readonly TourStep[] = [
  {
    caption: 'Une autre personne arrive. Elle n’a jamais tenu de souris : elle choisit « Apprendre ».',
    act: async ({ kiosk, person }) => {
      await person.begin();
      await onTutorials(kiosk.screens).learn.click();
    },
    see: ({ kiosk }) => onTutorials(kiosk.screens).card('ronds').waitFor(),
  },
  {
    caption: 'Une phrase, un dessin, un bouton jaune.',
    act: ({ kiosk }) => onTutorials(kiosk.screens).card('ronds').click(),
    see: ({ kiosk }) => onTutorials(kiosk.screens).next.waitFor(),
  },
  {
    caption: '« Je n’y arrive pas » : la même chose plus simplement, puis une personne.',
    act: ({ kiosk }) => onTutorials(kiosk.screens).stuck.click(),
    see: ({ person }) => person.see.dialog.waitFor(),
  },
  ...Object.entries(exercises).flatMap(([kind, { id, screen, solve }], at): readonly TourStep[] => [
    {
      caption: captions[kind] ?? kind,
      act: async (guide) => {
        if (at === 0) await guide.person.see.closePanel.click();
        await openExercise(guide, id, screen);
      },
      see: ({ kiosk }) => kiosk.screens.locator('.practice').waitFor(),
    },
    // The first exercise is also done to its end.
    ...(at === 1
      ? [
          {
            caption: 'Tous les ronds sont atteints. Pas de note : « Bravo ».',
            act: ({ kiosk }: TourGuide) => solve(kiosk.screens, mouse(kiosk.screens)),
            see: ({ kiosk }: TourGuide) => onTutorials(kiosk.screens).cheer.waitFor(),
          },
        ]
      : []),
  ]),
  {
    caption: '« Par où commencer ? » : huit gestes, sans note, puis trois tutoriels.',
    act: async ({ kiosk, person }) => {
      const see = onTutorials(kiosk.screens);
      await person.see.home.click();
      await see.learn.click();
      await see.whereToStart.click();
      for (let n = 0; n < 8; n += 1) await kiosk.screens.locator('.answers button').last().click();
    },
    see: ({ kiosk }) => kiosk.screens.getByRole('heading', { name: 'Voici par où commencer' }).waitFor(),
  },
  {
    caption: 'Elle a fini : ce qu’elle a essayé est oublié avec le reste.',
    act: ({ person }) => person.finish(),
    see: ({ person }) => person.see.begin.waitFor(),
  },
];
