/**
 * Declares every sentence that a person may read, in each language of the kiosk. A sentence is plain text, or a
 * function of its parameters. A missing language, an extra one, or parameters that differ do not compile.
 */
import type { Language } from '../../../main/contract/session.ts';

type Sentence<P> = (params: P) => string;
export type Message<P = void> = Readonly<Record<Language, [P] extends [void] ? string : Sentence<P>>>;

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- any parameters; `Checked` compares them
type AnyMessage = Readonly<Record<Language, string | Sentence<any>>>;

type Checked<M> =
  Exclude<keyof M, Language> extends never
    ? M extends { readonly fr: string }
      ? Message
      : M extends { readonly fr: Sentence<infer P> }
        ? Message<P>
        : never
    : never;

export function defineMessages<const M extends Readonly<Record<string, AnyMessage>>>(
  messages: M & { readonly [K in keyof M]: Checked<M[K]> },
): { readonly [K in keyof M]: Checked<M[K]> } {
  return messages;
}
