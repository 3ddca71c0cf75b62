/**
 * If a PDF fills the page, the bar's « Imprimer » prints that PDF, all of it. Printing the page would give an empty
 * frame, or only the visible part.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from './cdp-session.ts';

/** A frame that is too busy to answer is not a PDF being read. */
const ANSWERS_WITHIN_MS = 1_000;

/**
 * Runs in a frame. Presses the print button of Chromium's viewer; its dialog is handled like any other. `pageArea` is
 * in CSS pixels, which become larger when the person enlarges sites, as those of the frame do. Those of `outerWidth`
 * don't.
 */
function pressPrint(pageArea: number): boolean {
  if (location.protocol !== 'chrome-extension:') return false;
  // Less than half of the page is visible as a PDF: print the page.
  if (innerWidth * innerHeight < pageArea / 2) return false;
  const bar = document.querySelector('pdf-viewer')?.shadowRoot?.querySelector('viewer-toolbar');
  const button = bar?.shadowRoot?.querySelector<HTMLElement>('#print');
  button?.click();
  return button !== null && button !== undefined;
}

/** False: no PDF fills the page. */
export const printPdfInView = async (
  clock: Clock,
  page: CdpSession,
  frames: Iterable<CdpSession>,
): Promise<boolean> => {
  const inTime = <T>(answer: Promise<T>): Promise<T> => withTimeout(clock, ANSWERS_WITHIN_MS, 'a frame', answer);
  const pageArea = inTime(page.send('Page.getLayoutMetrics')).then(
    ({ cssLayoutViewport: { clientWidth, clientHeight } }) => clientWidth * clientHeight,
    () => Infinity, // too busy, or gone: then nothing fills it
  );
  const asked = [...frames].map(async (frame) => {
    const { result } = await inTime(
      frame.send('Runtime.evaluate', {
        expression: `(${pressPrint.toString()})(${await pageArea})`,
        returnByValue: true,
        userGesture: true,
      }),
    );
    return result.value === true;
  });
  const answers = await Promise.all(asked.map((one) => one.catch(() => false))); // the frame is gone
  return answers.includes(true);
};
