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
}

/** More than this in so short a time is not a question to a person. */
const LOOP_COUNT = 4;
const LOOP_WITHIN_MS = 20_000;

export const createDialogQueue = (deps: DialogQueueDeps): DialogQueue => {
  let shown: SiteDialog | undefined;
  let recentMs: number[] = [];

  const end = (): void => {
    if (!shown) return;
    shown = undefined;
    deps.done();
  };

  return {
    opened(dialog) {
      const now = deps.clock.monotonicMs();
      recentMs = [...recentMs.filter((at) => now - at < LOOP_WITHIN_MS), now];
      if (recentMs.length > LOOP_COUNT) {
        // Leaving is what a trap must not prevent; anything else is refused.
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
      deps.answer(shown.id, accept, shown.type === 'prompt' ? text : undefined);
      end();
    },
    clear() {
      shown = undefined;
    },
  };
};
