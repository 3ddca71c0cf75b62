/**
 * The origin of the empty page of a window. `about:blank` has the origin of the frame that opened it or led there, and
 * every page of that origin may write into it: a frame of another site too. It has no address of its own to judge.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';

/** A window that waits for a slow site answers no script: Chromium holds back our commands. */
const ANSWERS_WITHIN_MS = 300;
/** What `origin` is in a page without one of its own (opened by a sandboxed frame, for example). */
const OPAQUE = 'null';

/** In a world of its own, because scripts can replace `origin`. */
const saidByPage = async (session: CdpSession, frameId: string): Promise<string> => {
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId });
  const { result } = await session.send('Runtime.evaluate', { expression: 'origin', returnByValue: true, contextId });
  return String(result.value);
};

const knownToBrowser = async (session: CdpSession, frameId: string): Promise<string> => {
  try {
    // The origin, and what else separates the storage of a frame.
    const { storageKey } = await session.send('Storage.getStorageKey', { frameId });
    return new URL(storageKey).origin;
  } catch {
    return OPAQUE; // such an origin has no key, and a window that is gone has none either
  }
};

/**
 * The page is asked first: a page reports its own arrival, which the browser may learn a moment later. Until then the
 * browser would name the page before.
 */
export const originOf = (clock: Clock, session: CdpSession, frameId: string): Promise<string> =>
  withTimeout(clock, ANSWERS_WITHIN_MS, 'the origin of an empty window', saidByPage(session, frameId)).catch(() =>
    knownToBrowser(session, frameId),
  );
