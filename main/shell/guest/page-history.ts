/** Where the page is, and its steps back. The browser's history may lag behind what the renderer reports. */
import { sleep, type Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';
import { HISTORY_AGAIN_MS, HISTORY_TRIES, isOurBlank, readHistory, stepBack } from './step-back.ts';

export interface PageHistoryDeps {
  readonly session: CdpSession;
  readonly clock: Clock;
  readonly emit: (event: GuestEvent) => void;
}

export interface PageHistory {
  /** URL of the page reached last; empty before the first one. */
  readonly here: string;
  /** `answers`: it is the result of a form. */
  reached(url: string, sameDocument: boolean, answers?: boolean): void;
  /** Reads again whether there is a page to go back to. */
  update(): void;
  /** Another document is being loaded. `backwards`: it was visited before. */
  leaving(backwards: boolean): void;
  /** A document has come that is not the browser's error page. */
  arrived(): void;
  /** False: there is no page to go back to. */
  goBack(): Promise<boolean>;
  /**
   * Goes back from a form's result to the form. The renderer may report the error page before the browser's history has
   * reached it: too early a step would lead to the same result again, and the browser might send the form a second
   * time.
   */
  stepPast(isStillThere: () => boolean): Promise<void>;
}

export const followHistory = ({ session, clock, emit }: PageHistoryDeps): PageHistory => {
  let here = '';
  let back = false;
  /** The history is being read for `back`; and the page has changed since, so it must be read again. */
  let reading = false;
  let readAgain = false;
  /** The current history entry when the history was last read. */
  let stoodAt: number | undefined;
  /** Target of our own step back; `left`: the entry left when the page goes back by itself. */
  let steppedTo: number | undefined;
  let left: number | undefined;

  const canGoBack = async (): Promise<boolean> => {
    const { entries, currentIndex } = await readHistory(session, clock);
    stoodAt = entries[currentIndex]?.id;
    return entries.slice(0, currentIndex).some(({ url }) => !isOurBlank(url));
  };
  /**
   * The history may lag behind the page just reached: it is read after that, and again when the page has loaded. One
   * read at a time: a page may give each entry megabytes, and change its address all the time.
   */
  const update = (): void => {
    const at = here;
    if (at === '') return;
    readAgain = reading;
    if (reading) return;
    reading = true;
    void canGoBack()
      .then((now) => {
        if (now === back || here !== at) return;
        back = now;
        emit({ kind: 'navigated', url: at, sameDocument: true, canGoBack: back });
      })
      .catch(() => undefined) // the page left meanwhile
      .finally(() => {
        reading = false;
        if (readAgain) update();
      });
  };
  const currentEntry = async (): Promise<number | undefined> => {
    const { entries, currentIndex } = await session.send('Page.getNavigationHistory');
    return entries[currentIndex]?.id;
  };
  const goBack = (from?: number): Promise<boolean> =>
    stepBack(session, clock, { from, onStep: (entryId) => (steppedTo = entryId) });

  return {
    get here() {
      return here;
    },
    // Emitted at once: a later event of the page (an alert) must not come before its arrival.
    reached(url, sameDocument, answers = false) {
      here = url;
      emit({ kind: 'navigated', url, sameDocument, canGoBack: back, ...(answers ? { answers: true } : {}) });
      update();
    },
    update,
    leaving(backwards) {
      if (backwards) left = stoodAt;
      else steppedTo = undefined;
    },
    arrived() {
      steppedTo = undefined;
    },
    goBack: () => goBack(),
    async stepPast(isStillThere) {
      const isOnResult = (now: number): boolean => (steppedTo === undefined ? now !== left : now === steppedTo);
      for (let tries = 0; tries < HISTORY_TRIES && isStillThere(); tries++) {
        // Between two documents the browser reports for a moment that there is no page.
        const now = await currentEntry().catch(() => undefined);
        if (now !== undefined && isOnResult(now)) {
          await goBack(now);
          return;
        }
        await sleep(clock, HISTORY_AGAIN_MS);
      }
    },
  };
};
