/** The dialogs of a site, drawn by us one at a time. A page that asks in a loop is answered for the person. */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../../shell/port.ts';

export type SiteDialog = Extract<GuestEvent, { readonly kind: 'dialog' }>;

export interface DialogQueueDeps {
  readonly clock: Clock;
  readonly answer: (id: string, accept: boolean, text?: string) => void;
  readonly show: (dialog: SiteDialog) => void;
  readonly done: () => void;
}

export interface DialogQueue {
  opened(dialog: SiteDialog): void;
  gone(id: string): void;
  answer(accept: boolean, text: string): void;
  clear(): void;
  /** The person is on another page: what it asks is not the loop of the page before. Not for a page that loads itself again. */
  otherPage(): void;
}

/** A page that asks again at once, this many times in a row, is not asking a person. */
const LOOP_COUNT = 4;
const AT_ONCE_MS = 3_000;

export const createDialogQueue = (deps: DialogQueueDeps): DialogQueue => {
  let shown: SiteDialog | undefined;
  /** Questions in a row, each at once after the answer to the one before: how slow the person is changes nothing. */
  let inARow = 0;
  let answeredAtMs = Number.NEGATIVE_INFINITY;
  const answered = (): void => {
    answeredAtMs = deps.clock.monotonicMs();
  };

  const end = (): void => {
    if (!shown) return;
    shown = undefined;
    deps.done();
  };

  return {
    opened(dialog) {
      const atOnce = shown !== undefined || deps.clock.monotonicMs() - answeredAtMs < AT_ONCE_MS;
      inARow = atOnce ? inARow + 1 : 1;
      if (inARow > LOOP_COUNT) {
        // Leaving is what a trap must not prevent; anything else is refused.
        answered();
        deps.answer(dialog.id, dialog.type === 'beforeunload');
        end();
        return;
      }
      shown = dialog;
      deps.show(dialog);
    },
    gone(id) {
      if (shown?.id === id) end();
    },
    answer(accept, text) {
      if (!shown) return;
      answered();
      deps.answer(shown.id, accept, shown.type === 'prompt' ? text : undefined);
      end();
    },
    clear() {
      shown = undefined;
    },
    otherPage() {
      inARow = 0;
      answeredAtMs = Number.NEGATIVE_INFINITY;
    },
  };
};
