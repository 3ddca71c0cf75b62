/**
 * What every exercise receives, and the two things it reports: that it is done, or that a try failed. Nothing else
 * leaves it.
 */
import type { PracticeKind, PracticeOf } from '../../../../main/contract/tutorial-content.ts';

export interface PracticeProps<K extends PracticeKind> {
  readonly practice: PracticeOf<K>;
  /** All of it is done; called once. */
  readonly ondone: () => void;
  /** A try failed. After two, help is offered. */
  readonly onmiss: () => void;
}
