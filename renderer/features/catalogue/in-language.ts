/** The texts of a démarche or a step in the session's language, or in French where there is no translation. */
import type { Language, OtherLanguage } from '../../../main/contract/languages.ts';

type Translations<T> = Readonly<Record<OtherLanguage, Partial<T> | null>>;

export const inLanguage = <T extends object>(one: T & Translations<T>, language: Language): T =>
  language === 'fr' ? one : { ...one, ...one[language] };

export const isTranslated = (one: Translations<object>, language: Language): boolean =>
  language === 'fr' || one[language] !== null;
