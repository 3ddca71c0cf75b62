/** The texts of a démarche or of a step, in the language of the session; in French where only the French was written. */
import type { Language } from '../../../main/contract/session.ts';

type Retold<T> = T & { readonly simple: Partial<T> | null; readonly en: Partial<T> | null };

export const inLanguage = <T extends object>(one: Retold<T>, language: Language): T =>
  language === 'fr' ? one : { ...one, ...one[language] };
