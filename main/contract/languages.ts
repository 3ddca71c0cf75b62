/** The languages of the kiosk, French first. To add one: a line here, and its catalogues (the `words/` folders). */
interface LanguageFacts {
  /** In that language. */
  readonly name: string;
  /** In French, for agents. */
  readonly french: string;
  /** The `lang` attribute (BCP 47), which also chooses the plural rules. */
  readonly tag: string;
  /** How dates and numbers are written (BCP 47). */
  readonly locale: string;
}

const table = {
  fr: { name: 'Français', french: 'Français', tag: 'fr', locale: 'fr-FR' },
  /** Texte simple is French. */
  simple: { name: 'Texte simple', french: 'Texte simple', tag: 'fr', locale: 'fr-FR' },
  en: { name: 'English', french: 'Anglais', tag: 'en', locale: 'en-GB' },
} as const satisfies Readonly<Record<string, LanguageFacts>>;

export type Language = keyof typeof table;
export type OtherLanguage = Exclude<Language, 'fr'>;
export const languageFacts: Readonly<Record<Language, LanguageFacts>> = table;
export const languages = Object.keys(table) as readonly Language[] as readonly ['fr', ...Language[]];
/** Their `lang` attributes, each once: Texte simple is French too. */
export const languageTags: readonly string[] = [...new Set(Object.values(languageFacts).map(({ tag }) => tag))];
export const languagesInFrench = Object.fromEntries(
  Object.entries(table).map(([language, { french }]) => [language, french]),
) as Readonly<Record<Language, string>>;

export const inEachLanguage = <T>(valueOf: (language: Language) => T): Readonly<Record<Language, T>> =>
  Object.fromEntries(languages.map((one) => [one, valueOf(one)])) as Record<Language, T>;

/** Without French, which the others are translations of. */
export const inOtherLanguages = <T>(valueOf: (language: OtherLanguage) => T): Readonly<Record<OtherLanguage, T>> => {
  const [, ...others] = languages as readonly ['fr', ...OtherLanguage[]];
  return Object.fromEntries(others.map((one) => [one, valueOf(one)])) as Record<OtherLanguage, T>;
};
