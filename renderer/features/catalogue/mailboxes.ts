/**
 * Mailboxes in the catalogue: kept apart from the démarches, shown as one search result, and found by the domain of an
 * address. Pure.
 */
import type { DemarcheSummary } from '../../../main/contract/catalogue.ts';
import { words } from './fold.ts';
import fr from './words/fr.json' with { type: 'json' };

/** All mailboxes are one search result; the next screen asks which one. */
export const MAILBOX_ID = 'mailbox';

export interface Catalogued {
  readonly demarches: readonly DemarcheSummary[];
  readonly mailboxes: readonly DemarcheSummary[];
}

/** Mailboxes belong to no theme: they have a screen of their own. */
export const apart = (list: readonly DemarcheSummary[]): Catalogued => ({
  demarches: list.filter(({ mailbox }) => mailbox === null),
  mailboxes: list.filter(({ mailbox }) => mailbox !== null),
});

/** Of the one search result: each mailbox's own texts name its provider. `DemarcheRow` shows their translations. */
const TEXTS = { title: fr.catalogueMessages.mailboxLine, sentence: fr.catalogueMessages.mailboxLineAbout };

/** The one search result, undefined where the place has no mailbox. It has the names and words of every mailbox. */
export const mailboxLine = (mailboxes: readonly DemarcheSummary[]): DemarcheSummary | undefined => {
  const [first] = mailboxes;
  return (
    first && {
      ...first,
      ...TEXTS,
      simple: TEXTS,
      en: TEXTS,
      id: MAILBOX_ID,
      priority: 1,
      organism: mailboxes
        .slice(0, 3)
        .map(({ organism }) => organism)
        .join(', '),
      words: [...new Set(mailboxes.flatMap((one) => [...one.words, one.organism, ...(one.mailbox ?? [])]))],
    }
  );
};

/** The part after « @ », or the whole text: `Jeanne@Orange.FR ` and `orange` are both accepted. */
const ending = (typed: string): string => typed.toLowerCase().replaceAll(/\s/g, '').split('@').at(-1) ?? '';

/** Undefined when it is not known here. The provider's name alone will do (`orange`, `hotmail`). */
export const findMailbox = (typed: string, mailboxes: readonly DemarcheSummary[]): DemarcheSummary | undefined => {
  const wanted = ending(typed).replace(/^www\./, '');
  if (wanted.length < 2) return undefined;
  const named = words(wanted.split('.')[0] ?? '').join(' ');
  return (
    mailboxes.find((one) => one.mailbox?.includes(wanted)) ??
    mailboxes.find(
      (one) =>
        !wanted.includes('.') &&
        (words(one.organism).includes(named) || one.mailbox?.some((known) => known.split('.')[0] === named)),
    )
  );
};
