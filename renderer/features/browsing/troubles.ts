/**
 * Common problems at a step, the most frequent first. The step's drawing tells its subject, its title whether one signs
 * in.
 */
import type { GuidanceStep } from '../../../main/contract/catalogue.ts';
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

const troubles: Readonly<Record<keyof typeof drawings, readonly Trouble[]>> = {
  'mot-de-passe': signIn,
  franceconnect: signIn,
  vitale: [...signIn, { title: m.noNumber, text: m.noNumberText }],
  email: [
    { title: m.noMail, text: m.noMailText },
    { title: m.oldAddress, text: m.oldAddressText },
  ],
  telephone: [
    { title: m.noSms, text: m.noSmsText },
    { title: m.oldPhone, text: m.oldPhoneText },
  ],
  document: [
    { title: m.paperOnly, text: m.paperOnlyText },
    { title: m.tooLarge, text: m.tooLargeText },
  ],
  imprimer: [{ title: m.nothingPrinted, text: m.nothingPrintedText }],
  rib: [{ title: m.noRib, text: m.noRibText }],
  adresse: [{ title: m.notFound, text: m.notFoundText }],
  calendrier: [{ title: m.noDate, text: m.noDateText }],
  identite: [],
  courrier: [],
};

export const troublesOf = ({ title, drawing }: Pick<GuidanceStep, 'title' | 'drawing'>): readonly Trouble[] => {
  const own = Object.entries(troubles).find(([name]) => name === drawing)?.[1] ?? [];
  // A sign-in step may show a letter or a card, because the number is on it. The sign-in problems apply all the same.
  if (own[0] !== signIn[0] && /mot de passe|connectez-vous/i.test(title)) return signIn;
  return own.length >= LEAST ? own : [...own, ...anywhere];
};
