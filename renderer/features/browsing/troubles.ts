/**
 * Common problems at a step, the most frequent first. The drawing names a thing, not what one does with it: a step that
 * shows a document may only ask to read it. So its French words must also ask for what the problems are about.
 */
import type { GuidanceStep } from '../../../main/contract/catalogue.ts';
import type { KioskState } from '../../../main/contract/index.ts';
import type { Message } from '../../../main/contract/i18n/define-messages.ts';
import type { drawings } from './drawings.ts';
import { troubleMessages as m } from './messages.ts';

export interface Trouble {
  readonly title: Message;
  readonly text: Message;
}

const signIn: readonly Trouble[] = [
  { title: m.noAccount, text: m.noAccountText },
  { title: m.forgotten, text: m.forgottenText },
];
/** These apply to every step of every site. */
const anywhere: readonly Trouble[] = [
  { title: m.notSeen, text: m.notSeenText },
  { title: m.siteRefuses, text: m.siteRefusesText },
];
const LEAST = 2;
const MOST = 3;
const refused: Trouble = { title: m.tooLarge, text: m.tooLargeText };

interface Subject {
  readonly troubles: readonly Trouble[];
  /** Looked for in the title, then the text. None: the drawing is enough. */
  readonly asked?: RegExp;
}

const subjects: Readonly<Record<keyof typeof drawings, Subject>> = {
  'mot-de-passe': { troubles: signIn },
  franceconnect: { troubles: signIn },
  vitale: { troubles: [...signIn, { title: m.noNumber, text: m.noNumberText }], asked: /numéro/i },
  email: {
    troubles: [
      { title: m.noMail, text: m.noMailText },
      { title: m.oldAddress, text: m.oldAddressText },
    ],
    asked: /^.*\bcode\b/i,
  },
  telephone: {
    troubles: [
      { title: m.noSms, text: m.noSmsText },
      { title: m.oldPhone, text: m.oldPhoneText },
    ],
    asked: /^.*\bcode\b/i,
  },
  document: {
    troubles: [{ title: m.paperOnly, text: m.paperOnlyText }, refused],
    // What is scanned to be printed is not for the site.
    asked: /^(?!.*imprimez-l)(ajoutez|joignez|.*scann)/is,
  },
  imprimer: { troubles: [{ title: m.nothingPrinted, text: m.nothingPrintedText }], asked: /imprim/i },
  rib: { troubles: [{ title: m.noRib, text: m.noRibText }] },
  adresse: { troubles: [{ title: m.notFound, text: m.notFoundText }], asked: /commune|code postal|centre|service/i },
  calendrier: {
    troubles: [{ title: m.noDate, text: m.noDateText }],
    asked: /^(choisissez un jour|prenez rendez-vous)/i,
  },
  identite: { troubles: [] },
  courrier: { troubles: [] },
};

type Visit = NonNullable<KioskState['browsing']['visit']>;
type Step = Pick<GuidanceStep, 'title' | 'text' | 'drawing'>;

const ofStep = ({ title, text, drawing }: Step): readonly Trouble[] => {
  const subject = Object.entries(subjects).find(([name]) => name === drawing)?.[1];
  const own = subject?.asked?.test(`${title}\n${text}`) === false ? [] : (subject?.troubles ?? []);
  // A sign-in step may show a letter or a card, because the number is on it. The sign-in problems apply all the same.
  if (own[0] !== signIn[0] && /mot de passe|connectez-vous/i.test(title)) return signIn;
  return own.length >= LEAST ? own : [...own, ...anywhere];
};

/**
 * Whether the site may be refusing a document: the page was given one, or it answers a form that may have carried one.
 * `documents`: those of the tray.
 */
export const wasGiven = (
  { attached, sent }: Pick<Visit, 'attached' | 'sent'>,
  documents: readonly { readonly done: { readonly sent: boolean } }[],
): boolean => attached > 0 || (sent === 'answered' && documents.some(({ done }) => done.sent));

/** Most steps do not ask for the document that the site refuses, so `given` counts for all of them. */
export const troublesOf = (step: Step | undefined, { given = false } = {}): readonly Trouble[] => {
  const troubles = step ? ofStep(step) : [];
  return given ? [refused, ...troubles.filter((one) => one !== refused)].slice(0, MOST) : troubles;
};
