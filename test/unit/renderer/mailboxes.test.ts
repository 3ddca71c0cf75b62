import { describe, expect, it } from 'vitest';
import type { DemarcheSummary } from '../../../main/contract/catalogue.ts';
import { isTranslated } from '../../../renderer/features/catalogue/in-language.ts';
import { apart, findMailbox, mailboxLine } from '../../../renderer/features/catalogue/mailboxes.ts';

const one = (id: string, organism: string, mailbox: readonly string[] | null): DemarcheSummary => ({
  id,
  title: organism,
  sentence: '',
  simple: null,
  en: null,
  organism,
  theme: 'papiers',
  priority: 2,
  words: [`boîte ${id}`],
  mailbox,
});
const list = [
  one('caf', 'Caf', null),
  one('orange', 'Orange', ['orange.fr', 'wanadoo.fr']),
  one('outlook', 'Outlook, Hotmail, Live', ['outlook.fr', 'hotmail.fr', 'hotmail.com', 'live.fr']),
  one('poste', 'La Poste', ['laposte.net']),
];
const { demarches, mailboxes } = apart(list);

describe('mailboxes', () => {
  it('are not among the démarches of a theme, and are one line in the search', () => {
    expect(demarches.map(({ id }) => id)).toEqual(['caf']);
    const line = mailboxLine(mailboxes);
    expect(line).toMatchObject({ id: 'mailbox', priority: 1 });
    expect(line?.words).toEqual(expect.arrayContaining(['Orange', 'wanadoo.fr', 'boîte poste']));
    expect(mailboxLine([])).toBeUndefined();
  });

  it('are one line that takes over no translation, which would name one of them', () => {
    const words = { title: 'E-mail: Orange', sentence: 'orange.fr only.' };
    const line = mailboxLine(mailboxes.map((mailbox) => ({ ...mailbox, simple: words, en: words })));
    expect(JSON.stringify([line?.title, line?.sentence, line?.simple, line?.en])).not.toMatch(/orange/i);
    // Otherwise the screen would say that some names are shown in French.
    expect(line && (['simple', 'en'] as const).every((one) => isTranslated(line, one))).toBe(true);
  });

  it.each([
    ['orange.fr', 'orange'],
    ['Jeanne.Dupre@Wanadoo.FR ', 'orange'],
    ['@hotmail.com', 'outlook'],
    ['hotmail', 'outlook'],
    ['Live', 'outlook'],
    ['la poste', 'poste'],
    ['laposte', 'poste'],
    ['laposte.net', 'poste'],
    ['proton.me', undefined],
    ['orange.com', undefined],
    ['o', undefined],
    ['', undefined],
  ])('%s: %s', (typed, id) => {
    expect(findMailbox(typed, mailboxes)?.id).toBe(id);
  });
});
