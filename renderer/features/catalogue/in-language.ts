/** The texts of a démarche or a step in the session's language, or in French where there is no translation. */
import type { Language } from '../../../main/contract/languages.ts';

type Translated<T> = T & { readonly simple: Partial<T> | null; readonly en: Partial<T> | null };

export const inLanguage = <T extends object>(one: Translated<T>, language: Language): T =>
  language === 'fr' ? one : { ...one, ...one[language] };
