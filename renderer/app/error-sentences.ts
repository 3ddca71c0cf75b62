/** The sentence for each error code of the features' requests: it says what to do next. */
import type { CommonCode, ErrorCode, Sentences } from '../client/errors.ts';
import { featureScreens } from '../features/index.ts';

type SaidBy<S> = S extends { readonly errors: infer E } ? keyof E : never;
type Unsaid = Exclude<ErrorCode, SaidBy<(typeof featureScreens)[number]> | CommonCode>;

/** The type is not `Sentences` when a code has no sentence, so a missing one does not compile. */
export const errorSentences: [Unsaid] extends [never] ? Sentences : { readonly unsaid: Unsaid } = Object.assign(
  {},
  ...featureScreens.map(({ errors }) => errors),
) as Sentences;
