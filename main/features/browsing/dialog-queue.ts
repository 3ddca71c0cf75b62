/**
 * Shows the dialogs of a site one at a time, in our screens, in the order in which they opened: each of its windows may
 * have one, and a page waits in it until it is answered. Dialogs in a loop are answered automatically. Our own question
 * before a page is left takes its turn with them.
 */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../../shell/port.ts';

export type SiteDialog = Extract<GuestEvent, { readonly kind: 'dialog' }>;
interface Waiting extends SiteDialog {
  /** It is our own question, in the words of a page that asks before it is left. No page waits for its answer. */
  readonly onLeave?: () => void;
}

export interface DialogQueueDeps {
  readonly clock: Clock;
  readonly answer: (id: string, accept: boolean, text?: string) => void;
  readonly show: (dialog: SiteDialog) => void;
  readonly done: () => void;
}

export interface DialogQueue {
  opened(dialog: SiteDialog): void;
  gone(id: string): void;
  /**
   * Asks whether to leave the page, and calls `onLeave` if the person agrees; the page's own question is then not shown
   * as well. A later call replaces an earlier one.
   */
  askToLeave(onLeave: () => void): void;
  /** Answers the one that is shown. False: another one is shown by now, or none. */
  answer(id: string, accept: boolean, text: string): boolean;
  /** The guest has ended, and every page that waited for an answer with it. */
  clear(): void;
  /**
   * The person reached another page, so its dialogs do not continue the previous page's loop. Do not call it when a
   * page reloads itself.
   */
  otherPage(): void;
}

/** More dialogs in a row than this, each right after the last answer, are a loop. */
const LOOP_COUNT = 4;
const AT_ONCE_MS = 3_000;

export const createDialogQueue = (deps: DialogQueueDeps): DialogQueue => {
  /** Not answered yet. The first one is shown. */
  let open: readonly Waiting[] = [];
  let questions = 0;
  /** When the person last agreed to our question. */
  let agreedAtMs = Number.NEGATIVE_INFINITY;
  /**
   * Dialogs in a row, each right after the answer to the last one. The time that the person takes to answer is not
   * counted.
   */
  let inARow = 0;
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  const answered = (): void => {
    answeredAtMs = deps.clock.monotonicMs();
  };

  const leave = (stay: readonly SiteDialog[]): void => {
    const before = open[0];
    open = stay;
    const [first] = open;
    if (first === before) return;
    if (first) deps.show(first);
    else deps.done();
  };

  const ofThePage = (): readonly Waiting[] => open.filter(({ onLeave }) => onLeave === undefined);

  return {
    opened(dialog) {
      const agreed = deps.clock.monotonicMs() - agreedAtMs < AT_ONCE_MS;
      if (agreed && dialog.type === 'beforeunload') return deps.answer(dialog.id, true);
      const atOnce = open.length > 0 || deps.clock.monotonicMs() - answeredAtMs < AT_ONCE_MS;
      inARow = atOnce ? inARow + 1 : 1;
      if (inARow > LOOP_COUNT) {
        // Accept `beforeunload`, so that the page can't prevent leaving. Refuse everything else.
        answered();
        deps.answer(dialog.id, dialog.type === 'beforeunload');
        return;
      }
      open = [...open, dialog];
      if (open.length === 1) deps.show(dialog);
    },
    gone(id) {
      leave(open.filter((one) => one.id !== id));
    },
    askToLeave(onLeave) {
      const id = `leave-${++questions}`;
      leave([...ofThePage(), { kind: 'dialog', id, type: 'beforeunload', message: '', defaultText: '', onLeave }]);
    },
    answer(id, accept, text) {
      const [shown, ...others] = open;
      if (shown?.id !== id) return false;
      answered();
      if (!shown.onLeave) deps.answer(id, accept, shown.type === 'prompt' ? text : undefined);
      leave(others);
      if (shown.onLeave && accept) {
        agreedAtMs = answeredAtMs;
        shown.onLeave();
      }
      return true;
    },
    clear() {
      leave([]);
    },
    otherPage() {
      leave(ofThePage());
      inARow = 0;
      answeredAtMs = Number.NEGATIVE_INFINITY;
    },
  };
};
