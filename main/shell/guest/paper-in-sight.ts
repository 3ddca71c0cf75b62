/**
 * What the bar's « Imprimer » prints where a paper fills the page: that paper, all of it. The page around it would come out with an
 * empty frame, or with the piece that is in sight.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from './cdp-session.ts';

/** A frame that is busy is no paper that somebody reads. */
const ANSWERS_WITHIN_MS = 1_000;

/** Runs in a frame. Chromium's viewer has this button, and the dialog that it opens is heard like any other. */
function pressPrint(): boolean {
  if (location.protocol !== 'chrome-extension:') return false;
  // Less than half of the window: it is a part of a page, and the page is what is printed.
  if (innerWidth * innerHeight < (outerWidth * outerHeight) / 2) return false;
  const bar = document.querySelector('pdf-viewer')?.shadowRoot?.querySelector('viewer-toolbar');
  const button = bar?.shadowRoot?.querySelector<HTMLElement>('#print');
  button?.click();
  return button !== null && button !== undefined;
}

/** False: no paper fills the page. */
export const printPaperInSight = async (clock: Clock, frames: Iterable<CdpSession>): Promise<boolean> => {
  const asked = [...frames].map(async (frame) => {
    const { result } = await withTimeout(
      clock,
      ANSWERS_WITHIN_MS,
      'a frame',
      frame.send('Runtime.evaluate', {
        expression: `(${pressPrint.toString()})()`,
        returnByValue: true,
        userGesture: true,
      }),
    );
    return result.value === true;
  });
  const answers = await Promise.all(asked.map((one) => one.catch(() => false))); // a frame that went
  return answers.includes(true);
};
