/** Whether a page holds nothing at all: invalid bytes, or a window into which nobody wrote. */
import type { CdpSession } from './cdp-session.ts';

/**
 * True for a document without a root, or with an empty one. An SVG or XML document has its own root, without head or
 * body.
 */
export const IS_EMPTY = `!document.documentElement ||
  (document.documentElement instanceof HTMLHtmlElement && !document.head?.hasChildNodes() && !document.body?.hasChildNodes())`;

export const isEmptyPage = async (session: CdpSession): Promise<boolean> => {
  const { result } = await session.send('Runtime.evaluate', { expression: IS_EMPTY, returnByValue: true });
  return result.value === true;
};
