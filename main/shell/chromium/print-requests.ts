/**
 * Print requests of a guest's pages: the paper is taken at once from the print dialog, while it still holds the page,
 * and kept until the next request.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { endDialog, takePaper } from './print-dialog.ts';

export type Paper = Uint8Array | 'too-large';

export interface PrintRequestsDeps {
  readonly clock: Clock;
  readonly root: CdpSession;
  readonly onWanted: () => void;
  /** Called with true while a dialog covers the site. */
  readonly onDialog: (open: boolean) => void;
  /** The dialog could not be closed. */
  readonly onStuck: () => void;
  readonly onFailed: () => void;
}

export interface PrintRequests {
  begin(dialogId: string): void;
  /**
   * The paper of a print that we trigger ourselves, without a `print-wanted` event. Undefined: there was no button to
   * press, or no paper came.
   */
  taken(press: () => Promise<boolean>): Promise<Paper | undefined>;
  /** The last requested paper. Undefined: there was none, or taking it failed. */
  last(): Promise<Paper | undefined>;
  /**
   * True while a page waits for its print. Requests ignored because the page repeats them don't count: then the page
   * itself keeps busy.
   */
  isTaking(): boolean;
}

/** A page that prints in a loop gets one print screen, not a hundred. */
const AGAIN_AFTER_MS = 2_000;
/** From the press of a button to its paper; the dialog itself has 30 s. */
const PAPER_WITHIN_MS = 35_000;

export const handlePrintRequests = (deps: PrintRequestsDeps): PrintRequests => {
  const { clock } = deps;
  let endedAtMs = Number.NEGATIVE_INFINITY;
  let last: Promise<Paper | undefined> = Promise.resolve(undefined);
  let taking = 0;
  let awaited: ((paper: Promise<Paper | undefined>) => void) | undefined;

  /** Dialogs that may be on the screen; one that can't be closed stays counted. */
  let open = 0;
  const veiled = async <T>(dialogId: string, work: () => Promise<T>): Promise<T> => {
    open += 1;
    deps.onDialog(true);
    try {
      return await work();
    } finally {
      if (await endDialog(deps, dialogId)) {
        open -= 1;
        if (open === 0) deps.onDialog(false);
      } else deps.onStuck();
    }
  };

  const takeFrom = async (dialogId: string): Promise<Paper | undefined> => {
    taking += 1;
    try {
      return await veiled(dialogId, () =>
        takePaper(deps, dialogId).catch(() => {
          deps.onFailed();
          return undefined;
        }),
      );
    } finally {
      taking -= 1;
      endedAtMs = clock.monotonicMs();
    }
  };

  return {
    begin(dialogId) {
      if (awaited && taking === 0) {
        awaited(takeFrom(dialogId));
        awaited = undefined;
        return;
      }
      if (taking > 0 || clock.monotonicMs() - endedAtMs < AGAIN_AFTER_MS) {
        void veiled(dialogId, async () => undefined);
        return;
      }
      last = takeFrom(dialogId);
      deps.onWanted();
    },
    async taken(press) {
      const paper = new Promise<Paper | undefined>((resolve) => (awaited = resolve));
      try {
        if (!(await press())) return undefined;
        return await withTimeout(clock, PAPER_WITHIN_MS, 'a paper', paper);
      } catch {
        return undefined;
      } finally {
        awaited = undefined;
      }
    },
    last: () => last,
    isTaking: () => taking > 0,
  };
};
