/** What goes wrong at a step, most often first. The drawing of a step says what it is about. */
import type { Message } from '../../client/i18n/define-messages.ts';
import type { drawings } from './drawings.ts';
import { troubleMessages as m } from './trouble-messages.ts';

export interface Trouble {
  readonly title: Message;
  readonly text: Message;
}

const noAccount: Trouble = { title: m.noAccount, text: m.noAccountText };
const forgotten: Trouble = { title: m.forgotten, text: m.forgottenText };
const signIn = [noAccount, forgotten] as const;

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

/** Empty for a step that has no drawing. */
export const troublesOf = (drawing: string | null | undefined): readonly Trouble[] =>
  Object.entries(troubles).find(([name]) => name === drawing)?.[1] ?? [];
