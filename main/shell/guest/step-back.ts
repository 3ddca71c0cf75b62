/** To the page behind this one, by the browser's own history. */
import { sleep, type Clock } from '../../platform/clock.ts';
import type { CdpReply, CdpSession } from './cdp-session.ts';

/** Two seconds, on a machine out of breath. */
export const HISTORY_TRIES = 50;
export const HISTORY_AGAIN_MS = 40;
const BETWEEN_PAGES = /not attached to an active page/i;

/** Between two documents the browser says for a moment that there is no page, and is asked again. */
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
  /** The entry to step back from; else the one at which the history stands. */
  readonly from?: number | undefined;
  /** The entry that is gone to, before the browser goes. */
  readonly onStep?: (entryId: number) => void;
}

/** False where there is none: the first entry of a guest is our own blank page. */
export const stepBack = async (
  session: CdpSession,
  clock: Clock,
  { from, onStep }: StepBackOptions = {},
): Promise<boolean> => {
  const { entries, currentIndex } = await readHistory(session, clock);
  const at = from === undefined ? currentIndex : entries.findIndex(({ id }) => id === from);
  const previous = entries[at - 1];
  if (!previous || previous.url.startsWith('data:')) return false;
  onStep?.(previous.id);
  await session.send('Page.navigateToHistoryEntry', { entryId: previous.id });
  return true;
};
