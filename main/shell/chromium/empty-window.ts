/**
 * The origin of the empty page of a window. `about:blank` has the origin of the frame that opened it or led there, and
 * every page of that origin may write into it: a frame of another site too. It has no address of its own to judge.
 */
import type { CdpSession } from '../guest/cdp-session.ts';

const ORIGIN = { expression: 'origin', returnByValue: true } as const;

/**
 * For a window that is still paused: no script has run in it, so its own world can be trusted. Later the answer might
 * wait for the page that it loads.
 */
export const originAtStart = async (session: CdpSession): Promise<string> => {
  const { result } = await session.send('Runtime.evaluate', ORIGIN);
  return String(result.value);
};

/** In a world of its own, because scripts can replace `origin`. */
export const originOf = async (session: CdpSession, frameId: string): Promise<string> => {
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', { frameId });
  const { result } = await session.send('Runtime.evaluate', { ...ORIGIN, contextId });
  return String(result.value);
};
