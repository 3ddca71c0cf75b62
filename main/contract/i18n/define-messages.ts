/**
 * The sentences of a feature. They are written in its catalogues, `words/*.json` (ICU MessageFormat, one file a
 * language), from which `write-messages.ts` writes the feature's `messages.ts`. French is part of the bundle; another
 * language is loaded when a person chooses it.
 */
import type { Language } from '../languages.ts';

/** By group, then by key. */
type Texts = Readonly<Record<string, Readonly<Record<string, string>>>>;
type Other = Exclude<Language, 'fr'>;
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

/**
 * `P`: by group and key, the parameters of the sentences that have some. `agents`: the groups that only agents read, in
 * French whatever the language. A key that is missing or extra in one of the other languages does not compile.
 */
export const defineMessages =
  <P>() =>
  <F extends Texts, O extends Readonly<Record<Other, Loader<Texts>>>, A extends Texts = Record<never, never>>(
    { fr, agents }: { readonly fr: F; readonly agents?: A },
    others: O & { readonly [L in keyof O]: O[L] extends Loader<infer T> ? WithKeysOf<F, T> : never },
  ): { readonly words: Words; readonly messages: Messages<P, F & A> } => {
    const loaded = new Map<Language, Texts>();
    const groups = Object.entries<Texts[string]>({ ...fr, ...agents }).map(([group, texts]) => {
      const messages = Object.entries(texts).map(([key, french]): [string, Message] => [
        key,
        { textIn: (language) => loaded.get(language)?.[group]?.[key] ?? french },
      ]);
      return [group, Object.fromEntries(messages)];
    });
    return {
      words: {
        async load(language) {
          if (language !== 'fr' && !loaded.has(language)) loaded.set(language, (await others[language]()).default);
        },
      },
      messages: Object.fromEntries(groups) as Messages<P, F & A>,
    };
  };

export const loadWords = async (all: readonly Words[], language: Language): Promise<void> => {
  await Promise.all(all.map((one) => one.load(language)));
};
