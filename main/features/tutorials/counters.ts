/** The counters of this feature, and the name of its wipe step in words. */
import { WHOLE_WEEK, type Measure } from '../../measures/measure.ts';

const OUR_LIST = 'Les noms viennent de la liste de la borne, jamais de ce que la personne tape.';

export const tutorialsMeasures = {
  'tutorial.opened': {
    unit: 'sessions',
    keys: { from: 'tutorials' },
    table: 'tutorials-opened',
    sentence: 'Tutoriels commencés',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'tutorial.finished': {
    unit: 'sessions',
    keys: { from: 'tutorials' },
    table: 'tutorials-finished',
    helps: true,
    sentence: 'Tutoriels terminés',
    harmless: OUR_LIST + ' ' + WHOLE_WEEK,
  },
  'tutorial.left-at-screen': {
    unit: 'sessions',
    keys: { from: 'tutorial-screens' },
    table: 'tutorials-left',
    sentence: 'Écran où les personnes ont quitté un tutoriel',
    harmless: 'Le numéro d’un écran de nos leçons, jamais ce qui a été fait dans un exercice. ' + WHOLE_WEEK,
  },
  'tutorial.help': {
    unit: 'sessions',
    keys: { from: 'tutorials' },
    table: 'tutorials-help',
    sentence: '« Je n’y arrive pas » dans un tutoriel',
    harmless: 'Une fois par personne et par tutoriel, jamais sur quel exercice. ' + WHOLE_WEEK,
  },
} as const satisfies Record<string, Measure>;

export type TutorialsCounter = keyof typeof tutorialsMeasures;
export const tutorialsCounters = Object.keys(tutorialsMeasures) as readonly TutorialsCounter[];

export const tutorialsWipeWords = { tutorials: 'Les tutoriels commencés' } as const;
