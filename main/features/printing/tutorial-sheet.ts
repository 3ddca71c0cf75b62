/**
 * Two sheets: a tutorial in large type (each screen with its picture, then what to remember), and « Par où commencer ?
 * » for a helper.
 */
import type { Message } from '../../contract/i18n/define-messages.ts';
import { inFrench, translateTo } from '../../contract/i18n/translate.ts';
import type { Language } from '../../contract/languages.ts';
import type { Gesture, Tutorial } from '../../contract/tutorial-content.ts';
import type { SkillAnswer } from '../../contract/tutorials.ts';
import { startSheetMessages, tutorialSheetMessages, words } from './messages.ts';
import type { Sheet } from './pdf/sheet.ts';

interface Place {
  readonly place: string;
  readonly opening: string;
}

const footerOf = (place: Place): string => [place.place, place.opening].filter((part) => part !== '').join(' · ');

export const tutorialSheet = async (
  tutorial: Tutorial,
  svgOf: (path: string) => Promise<string | undefined>,
  language: Language,
  place: Place,
): Promise<Sheet> => {
  const t = await translateTo(language, [words]);
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
        heading: t(tutorialSheetMessages.remember),
        items: tutorial.remember.map((one) => one[language]),
      },
      { kind: 'text', paragraphs: [t(tutorialSheetMessages.practice)] },
    ],
    footer: footerOf(place),
  };
};

const KNOWN = [
  ['no', startSheetMessages.no],
  ['a-little', startSheetMessages.little],
  ['yes', startSheetMessages.yes],
] as const satisfies readonly (readonly [SkillAnswer, Message])[];

/** For the helper, always in French. It has no name and no score. */
export const gesturesSheet = (
  answers: {
    readonly gestures: readonly { readonly gesture: Gesture; readonly knowing: SkillAnswer }[];
    readonly proposed: readonly Tutorial[];
  },
  place: Place,
): Sheet => ({
  title: inFrench(startSheetMessages.title),
  sentence: inFrench(startSheetMessages.sentence),
  onePage: true,
  sections: [
    {
      kind: 'checklist',
      heading: inFrench(startSheetMessages.first),
      items: answers.proposed.map(({ title, minutes }) =>
        inFrench(startSheetMessages.tutorial, { title: title.fr, n: minutes }),
      ),
    },
    ...KNOWN.flatMap(([knowing, message]) => {
      const paragraphs = answers.gestures
        .filter((one) => one.knowing === knowing)
        .map(({ gesture }) => gesture.question.fr);
      return paragraphs.length === 0 ? [] : [{ kind: 'text' as const, heading: inFrench(message), paragraphs }];
    }),
  ],
  footer: footerOf(place),
});
