/** One step in the browser's history: back to the page before, or forward again from our own blank page. */
import { sleep, type Clock } from '../../platform/clock.ts';
import type { CdpReply, CdpSession } from './cdp-session.ts';

/** The blank page on which a guest waits for its site. No site can navigate to such a URL. */
export const isOurBlank = (url: string): boolean => url.startsWith('data:');

/** Two seconds in all, for an overloaded machine. */
export const HISTORY_TRIES = 50;
export const HISTORY_AGAIN_MS = 40;
const BETWEEN_PAGES = /not attached to an active page/i;

/** Retries: between two documents the browser reports for a moment that there is no page. */
export const readHistory = async (
  session: CdpSession,
  clock: Clock,
): Promise<CdpReply<'Page.getNavigationHistory'>> => {
  for (let tries = 1; ; tries++)
    try {
      return await session.send('Page.getNavigationHistory');
    } catch (error) {
      if (tries === HISTORY_TRIES || !BETWEEN_PAGES.test(String(error))) throw error;
      await sleep(clock, HISTORY_AGAIN_MS);
    }
};

export interface StepBackOptions {
  /** The entry to step back from; the current one by default. */
  readonly from?: number | undefined;
  /** Called with the target entry, before the navigation. */
  readonly onStep?: (entryId: number) => void;
}

/** False when there is no previous page: the first entry of a guest is our own blank page. */
export const stepBack = async (
  session: CdpSession,
  clock: Clock,
  { from, onStep }: StepBackOptions = {},
): Promise<boolean> => {
  const { entries, currentIndex } = await readHistory(session, clock);
  const at = from === undefined ? currentIndex : entries.findIndex(({ id }) => id === from);
  const previous = entries[at - 1];
  if (!previous || isOurBlank(previous.url)) return false;
  onStep?.(previous.id);
  await session.send('Page.navigateToHistoryEntry', { entryId: previous.id });
  return true;
};

export const stepForward = async (session: CdpSession, clock: Clock): Promise<void> => {
  const { entries, currentIndex } = await readHistory(session, clock);
  const next = entries[currentIndex + 1];
  if (next) await session.send('Page.navigateToHistoryEntry', { entryId: next.id });
};
