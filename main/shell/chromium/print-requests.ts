/**
 * Print requests of a guest's pages: the paper is taken at once from the print dialog, while it still holds the page,
 * and kept until the next request. A page may print several frames in a row: each paper is announced once the person is
 * back from the print screen of the one before, as a browser shows one dialog after the other.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { endDialog, NotPrintable, takePaper } from './print-dialog.ts';

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
   * press, or nothing printable behind it (an invalid PDF). Rejects if no paper came. A second call with the same
   * `press` before that gets the same paper.
   */
  taken(press: () => Promise<boolean>): Promise<Paper | undefined>;
  /** The last announced paper. Rejects if there was none, or taking it failed: no other page may replace it. */
  last(): Promise<Paper>;
  /** The site is visible again. */
  returned(): void;
  /**
   * True while a page waits for its print. Requests ignored because the page repeats them don't count: then the page
   * itself keeps busy.
   */
  isTaking(): boolean;
}

/** Requests that follow each other faster than this belong together. */
const AGAIN_AFTER_MS = 2_000;
/** Of those, as many papers are taken. A page that prints in a loop gets a few print screens at most, not a hundred. */
const MOST_TOGETHER = 3;
/** From the press of a button to its paper; the dialog itself has 30 s. */
const PAPER_WITHIN_MS = 35_000;

/** Some pages print the same twice. Chromium writes the time into each paper; nothing else differs then. */
const isSame = (one: Paper | undefined, other: Paper | undefined): boolean => {
  if (!(one instanceof Uint8Array && other instanceof Uint8Array)) return one !== undefined && one === other;
  const timeless = (paper: Uint8Array): string =>
    Buffer.from(paper)
      .toString('latin1')
      .replace(/D:\d{14}/g, 'D:');
  return one.length === other.length && timeless(one) === timeless(other);
};

/** Papers that the page requested together. */
interface Burst {
  readonly taken: Promise<Paper>[];
  /** Taken, and not announced yet. */
  readonly waiting: Promise<Paper>[];
  /** No further paper is taken. */
  full: boolean;
}

export const handlePrintRequests = (deps: PrintRequestsDeps): PrintRequests => {
  const { clock } = deps;
  let endedAtMs = Number.NEGATIVE_INFINITY;
  let last: Promise<Paper> | undefined;
  let burst: Burst = { taken: [], waiting: [], full: false };
  /** How far the person is with `last`. */
  let step: 'announced' | 'given' | 'returned' = 'returned';
  let taking = 0;
  let awaited: ((paper: Promise<Paper>) => void) | undefined;

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

  const takeInTurn = async (dialogId: string, ours: boolean): Promise<Paper> => {
    taking += 1;
    try {
      return await veiled(dialogId, () =>
        takePaper(deps, dialogId).catch((error: unknown) => {
          burst.full = true; // each attempt hides the site for up to half a minute
          if (!(ours && error instanceof NotPrintable)) deps.onFailed(); // then the page is printed
          throw error;
        }),
      );
    } finally {
      taking -= 1;
      endedAtMs = clock.monotonicMs();
    }
  };
  const takeFrom = (dialogId: string, ours = false): Promise<Paper> => {
    const paper = takeInTurn(dialogId, ours);
    paper.catch(() => undefined); // reported above, and to whoever wants the paper
    return paper;
  };

  const announce = (paper: Promise<Paper>): void => {
    last = paper;
    step = 'announced';
    deps.onWanted();
  };
  const announceNext = (): void => {
    const next = step === 'returned' ? burst.waiting.shift() : undefined;
    if (next) announce(next);
  };

  const takeFirst = (dialogId: string): void => {
    const paper = takeFrom(dialogId);
    burst = { taken: [paper], waiting: [], full: false };
    announce(paper);
  };
  const takeAnother = async (dialogId: string): Promise<void> => {
    const { taken, waiting } = burst;
    const paper = takeFrom(dialogId);
    const bytes = (one: Promise<Paper>): Promise<Paper | undefined> => one.catch(() => undefined); // like no other
    const earlier = taken.map(bytes);
    taken.push(paper);
    const mine = await bytes(paper);
    if ((await Promise.all(earlier)).some((one) => isSame(one, mine))) return;
    waiting.push(paper);
    announceNext();
  };

  const takeOurs = async (press: () => Promise<boolean>): Promise<Paper | undefined> => {
    const { promise: paper, resolve } = Promise.withResolvers<Paper>();
    paper.catch(() => undefined); // as above
    const mine = (one: Promise<Paper>): void => resolve(one);
    awaited = mine;
    try {
      if (!(await press())) return undefined;
      return await withTimeout(clock, PAPER_WITHIN_MS, 'a paper', paper);
    } catch (error) {
      if (error instanceof NotPrintable) return undefined;
      throw error;
    } finally {
      if (awaited === mine) awaited = undefined;
    }
  };
  /** The print that we triggered and that is not taken yet. */
  let ours: { readonly press: () => Promise<boolean>; readonly paper: Promise<Paper | undefined> } | undefined;

  return {
    begin(dialogId) {
      if (awaited && taking === 0) {
        awaited(takeFrom(dialogId, true));
        awaited = undefined;
      } else if (taking === 0 && step !== 'given' && clock.monotonicMs() - endedAtMs >= AGAIN_AFTER_MS)
        takeFirst(dialogId);
      else if (!burst.full && burst.taken.length < MOST_TOGETHER) void takeAnother(dialogId);
      else void veiled(dialogId, async () => undefined);
    },
    taken(press) {
      // The person left the print screen before the paper came, and came back: the page is still in the same dialog.
      if (ours?.press === press) return ours.paper;
      const mine = { press, paper: takeOurs(press) };
      ours = mine;
      const forget = (): void => {
        if (ours === mine) ours = undefined;
      };
      mine.paper.then(forget, forget);
      return mine.paper;
    },
    async last() {
      if (!last) throw new Error('the page requested no print');
      step = 'given';
      return last;
    },
    returned() {
      if (step === 'given') step = 'returned';
      announceNext();
    },
    isTaking: () => taking > 0,
  };
};
