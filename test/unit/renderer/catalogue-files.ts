/** The shipped démarches and synonyms, in the form in which the screens receive them. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { DemarcheSummary } from '../../../main/contract/catalogue.ts';
import { searchable } from '../../../renderer/features/catalogue/kiosk-uses.ts';
import { apart } from '../../../renderer/features/catalogue/mailboxes.ts';
import type { Synonyms } from '../../../renderer/features/catalogue/search.ts';

const CONFIG = join(import.meta.dirname, '../../../kiosk-config');
const read = (path: string): unknown => parse(readFileSync(join(CONFIG, path), 'utf8'));

export function shippedCatalogue(): { readonly demarches: readonly DemarcheSummary[]; readonly synonyms: Synonyms } {
  const demarches = readdirSync(join(CONFIG, 'demarches'))
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const { id, title, sentence, organism, theme, priority, words, mailbox } = read(join('demarches', name)) as Omit<
        DemarcheSummary,
        'mailbox'
      > & { readonly mailbox?: { readonly endings: readonly string[] } };
      return {
        id,
        title,
        sentence,
        simple: null,
        en: null,
        organism,
        theme,
        priority,
        words,
        mailbox: mailbox?.endings ?? null,
      };
    });
  return { demarches: searchable(apart(demarches)), synonyms: read('synonyms.yaml') as Synonyms };
}
