/** What every exercise gets, and what it tells: that it is done, that something went wrong. Nothing else leaves it. */
import type { PracticeKind, PracticeOf } from '../../../../main/contract/tutorial-content.ts';

export interface PracticeProps<K extends PracticeKind> {
  readonly practice: PracticeOf<K>;
  /** All of it is done; told once. */
  readonly ondone: () => void;
  /** A try that went wrong: after two, help is offered. */
  readonly onmiss: () => void;
}
