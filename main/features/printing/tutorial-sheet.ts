/**
 * Two sheets: a tutorial in large type (each screen with its picture, then what to remember), and « Par où commencer ?
 * » for a helper.
 */
import type { Language } from '../../contract/languages.ts';
import type { Gesture, LocalizedText, Tutorial } from '../../contract/tutorial-content.ts';
import type { SkillAnswer } from '../../contract/tutorials.ts';
import type { Sheet } from './pdf/sheet.ts';

interface Place {
  readonly place: string;
  readonly opening: string;
}

const words = {
  remember: { fr: 'À retenir', simple: 'À retenir', en: 'To remember' },
  practice: {
    fr: 'Pour vous entraîner : à la borne, bouton « Apprendre ».',
    simple: 'Pour vous entraîner : à la borne, « Apprendre ».',
    en: 'To practise: at the kiosk, button “Learn”.',
  },
} as const satisfies Record<string, LocalizedText>;

const footerOf = (place: Place): string => [place.place, place.opening].filter((part) => part !== '').join(' · ');

export const tutorialSheet = async (
  tutorial: Tutorial,
  svgOf: (path: string) => Promise<string | undefined>,
  language: Language,
  place: Place,
): Promise<Sheet> => {
  const shown = tutorial.screens.filter(({ practice }) => practice === null);
  const items = await Promise.all(
    shown.map(async ({ text, picture }) => ({
      text: text[language],
      svg: (picture && (await svgOf(picture.file))) ?? null,
    })),
  );
  return {
    title: tutorial.title[language],
    sentence: tutorial.sentence[language],
    onePage: true,
    sections: [
      { kind: 'pictures', items },
      {
        kind: 'checklist',
        heading: words.remember[language],
        items: tutorial.remember.map((one) => one[language]),
      },
      { kind: 'text', paragraphs: [words.practice[language]] },
    ],
    footer: footerOf(place),
  };
};

const KNOWN = [
  ['no', 'Pas encore'],
  ['a-little', 'Un peu'],
  ['yes', 'Oui'],
] as const satisfies readonly (readonly [SkillAnswer, string])[];

/** For the helper, always in French. It has no name and no score. */
export const gesturesSheet = (
  answers: {
    readonly gestures: readonly { readonly gesture: Gesture; readonly knowing: SkillAnswer }[];
    readonly proposed: readonly Tutorial[];
  },
  place: Place,
): Sheet => ({
  title: 'Par où commencer ?',
  sentence: 'À montrer à la personne qui vous aide. Ce n’est pas une note.',
  onePage: true,
  sections: [
    {
      kind: 'checklist',
      heading: 'Pour commencer, à la borne',
      items: answers.proposed.map(({ title, minutes }) => `${title.fr} (${minutes} minutes)`),
    },
    ...KNOWN.flatMap(([knowing, heading]) => {
      const paragraphs = answers.gestures
        .filter((one) => one.knowing === knowing)
        .map(({ gesture }) => gesture.question.fr);
      return paragraphs.length === 0 ? [] : [{ kind: 'text' as const, heading, paragraphs }];
    }),
  ],
  footer: footerOf(place),
});
