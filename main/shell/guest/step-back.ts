/** To the page behind this one, by the browser's own history. */
import type { CdpSession } from './cdp-session.ts';

export interface StepBackOptions {
  /** The entry to step back from; else the one at which the history stands. */
  readonly from?: number | undefined;
  /** The entry that is gone to, before the browser goes. */
  readonly onStep?: (entryId: number) => void;
}

/** False where there is none: the first entry of a guest is our own blank page. */
export const stepBack = async (session: CdpSession, { from, onStep }: StepBackOptions = {}): Promise<boolean> => {
  const { entries, currentIndex } = await session.send('Page.getNavigationHistory');
  const at = from === undefined ? currentIndex : entries.findIndex(({ id }) => id === from);
  const previous = entries[at - 1];
  if (!previous || previous.url.startsWith('data:')) return false;
  onStep?.(previous.id);
  await session.send('Page.navigateToHistoryEntry', { entryId: previous.id });
  return true;
};
