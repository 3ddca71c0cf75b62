/**
 * The sentences of a feature. They are written in its catalogues, `words/*.json` (ICU MessageFormat, one file a
 * language), from which `write-messages.ts` writes the feature's `messages.ts`. French is part of the bundle; another
 * language is loaded when a person chooses it.
 */
import type { Language, OtherLanguage } from '../languages.ts';

/** By group, then by key. */
type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Loader<T> = () => Promise<{ readonly default: T }>;

/** A sentence in every language. `P`: the parameters that it needs. */
export interface Message<P = void> {
  /** The text in MessageFormat; the French one until the catalogue of that language is loaded. */
  readonly textIn: (language: Language) => string;
  /** Exists in types only. */
  readonly params?: P;
}

/** The catalogues of a feature, or of a part of the screens. */
export interface Words {
  load(language: Language): Promise<void>;
}

type Keys<T> = { readonly [G in keyof T]: keyof T[G] };
/** `never` when the two catalogues do not have the same groups and keys. */
type WithKeysOf<F, T> = [Keys<F>, Keys<T>] extends [Keys<T>, Keys<F>] ? Loader<T> : never;
type ParamsOf<P, G, K> = G extends keyof P ? (K extends keyof P[G] ? P[G][K] : void) : void;
type Messages<P, T> = {
  readonly [G in keyof T]: { readonly [K in keyof T[G]]: Message<ParamsOf<P, G, K>> };
};

const messagesOf = <P, T extends Texts>(french: T, loaded?: ReadonlyMap<Language, Texts>): Messages<P, T> => {
  const groups = Object.entries<Texts[string]>(french).map(([group, texts]) => {
    const messages = Object.entries(texts).map(([key, text]): [string, Message] => [
      key,
      { textIn: (language) => loaded?.get(language)?.[group]?.[key] ?? text },
    ]);
    return [group, Object.fromEntries(messages)];
  });
  return Object.fromEntries(groups) as Messages<P, T>;
};

/**
 * `P`: by group and key, the parameters of the sentences that have some. `frenchOnly`: the groups that stay in French
 * whatever the language. A key that is missing or extra in one of the other languages does not compile.
 */
export const defineMessages =
  <P>() =>
  <F extends Texts, O extends Readonly<Record<OtherLanguage, Loader<Texts>>>, A extends Texts = Record<never, never>>(
    { fr, frenchOnly }: { readonly fr: F; readonly frenchOnly?: A },
    others: O & { readonly [L in keyof O]: O[L] extends Loader<infer T> ? WithKeysOf<F, T> : never },
  ): { readonly words: Words; readonly messages: Messages<P, F & A> } => {
    const loaded = new Map<Language, Texts>();
    return {
      words: {
        async load(language) {
          if (language !== 'fr' && !loaded.has(language)) loaded.set(language, (await others[language]()).default);
        },
      },
      messages: messagesOf<P, F & A>({ ...fr, ...frenchOnly } as F & A, loaded),
    };
  };

/** The sentences of a folder that are all in French, whatever the language. */
export const defineFrench =
  <P>() =>
  <F extends Texts>(french: F): { readonly messages: Messages<P, F> } => ({ messages: messagesOf<P, F>(french) });

export const loadWords = async (all: readonly Words[], language: Language): Promise<void> => {
  await Promise.all(all.map((one) => one.load(language)));
};
