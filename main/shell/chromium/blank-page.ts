/** The page on which a guest waits for its site. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';
import { isOurBlank, readHistory } from '../guest/step-back.ts';

/** An overloaded machine opens its guest without it rather than not at all. */
const BLANK_WITHIN_MS = 5_000;

/**
 * Resolves when the blank page is in the history. Before that, the site would take its place: a page that is alone in
 * its history may close its window, and the guest with it.
 */
export const waitForBlankPage = async (session: CdpSession, clock: Clock): Promise<void> => {
  const there = Promise.withResolvers<void>();
  const stop = session.on('Page.frameNavigated', ({ frame }) => isOurBlank(frame.url) && there.resolve());
  try {
    const { entries, currentIndex } = await readHistory(session, clock);
    if (!isOurBlank(entries[currentIndex]?.url ?? ''))
      await withTimeout(clock, BLANK_WITHIN_MS, 'the blank page', there.promise);
  } catch {
    // see above
  } finally {
    stop();
  }
};
