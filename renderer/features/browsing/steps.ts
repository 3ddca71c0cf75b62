/** The steps beside the visible site. */
import type { DemarcheSheet, GuidanceStep } from '../../../main/contract/catalogue.ts';
import type { Message } from '../../../main/contract/i18n/define-messages.ts';
import type { KioskState } from '../../../main/contract/index.ts';
import { inOtherLanguages } from '../../../main/contract/languages.ts';
import type { drawings } from './drawings.ts';
import { browsingMessages as m } from './messages.ts';

const stepOf = (title: Message, text: Message, drawing: keyof typeof drawings): GuidanceStep => ({
  title: title.textIn('fr'),
  text: text.textIn('fr'),
  press: null,
  drawing,
  points: false,
  ...inOtherLanguages((language) => ({ title: title.textIn(language), text: text.textIn(language) })),
});

/**
 * A mailbox file has three steps: sign in, open the message with the code, come back to the démarche. When no démarche
 * is open, only the first one is true; the others are then the same for every mailbox.
 */
export const stepsOf = (
  sheet: Pick<DemarcheSheet, 'steps'>,
  open: KioskState['browsing']['open'],
  { prints }: { readonly prints: boolean },
): readonly GuidanceStep[] => {
  const isMailboxAlone = open.length > 0 && open.every(({ mailbox }) => mailbox);
  if (!isMailboxAlone) return sheet.steps;
  const read = stepOf(m.readMail, prints ? m.readMailPrintText : m.readMailText, 'email');
  const write = stepOf(m.writeMail, m.writeMailText, 'courrier');
  return [...sheet.steps.slice(0, 1), read, write].slice(0, sheet.steps.length);
};
