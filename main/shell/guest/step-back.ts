/** To the page behind this one, by the browser's own history. */
import type { CdpSession } from './cdp-session.ts';

/** False where there is none: the first entry of a guest is our own blank page. */
export const stepBack = async (session: CdpSession): Promise<boolean> => {
  const history = await session.send('Page.getNavigationHistory');
  const previous = history.entries[history.currentIndex - 1];
  if (!previous || previous.url.startsWith('data:')) return false;
  await session.send('Page.navigateToHistoryEntry', { entryId: previous.id });
  return true;
};
