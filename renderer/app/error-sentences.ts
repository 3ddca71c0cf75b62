/** What to do next, for each way in which a request of a feature may fail. */
import type { CommonCode, ErrorCode, Sentences } from '../client/errors.ts';
import { featureScreens } from '../features/index.ts';

type SaidBy<S> = S extends { readonly errors: infer E } ? keyof E : never;
type Unsaid = Exclude<ErrorCode, SaidBy<(typeof featureScreens)[number]> | CommonCode>;

/** A code without a sentence does not compile. */
export const errorSentences: [Unsaid] extends [never] ? Sentences : { readonly unsaid: Unsaid } = Object.assign(
  {},
  ...featureScreens.map(({ errors }) => errors),
) as Sentences;
