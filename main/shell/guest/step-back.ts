/** To the page behind this one, by the browser's own history. */
import type { CdpSession } from './cdp-session.ts';

/** Does nothing where there is none: the first entry is our own blank page. */
export const stepBack = async (session: CdpSession): Promise<void> => {
  const history = await session.send('Page.getNavigationHistory');
  const previous = history.entries[history.currentIndex - 1];
  if (previous && !previous.url.startsWith('data:'))
    await session.send('Page.navigateToHistoryEntry', { entryId: previous.id });
};
