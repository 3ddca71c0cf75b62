/**
 * Adds to the error of a failed test what every running kiosk shows at that moment. A failure that comes once in
 * hundreds of runs, on a machine that is gone, leaves nothing else to look at.
 */
import { TestRunner, type RunnerTestCase } from 'vitest';
import { runningKiosks, type RunningKiosk } from './running-kiosk.ts';

const LINES_OF_LOG = 8;
const MOST_TEXT = 500;

const shownBy = async (kiosk: RunningKiosk): Promise<string> => {
  const [text, rect] = await Promise.all([
    kiosk.screens.evaluate(() => `${location.hash} ${document.body.innerText}`),
    kiosk.siteRect(),
  ]);
  return [
    `screens: ${text.replace(/\s+/g, ' ').slice(0, MOST_TEXT)}`,
    `site: ${rect ? JSON.stringify(rect) : 'not visible'}`,
    ...kiosk
      .log()
      .slice(-LINES_OF_LOG)
      .map((line) => `log: ${JSON.stringify(line)}`),
  ].join('\n');
};

/** A runner, because an `afterEach` of ours would come after those of the test, which put everything away. */
// eslint-disable-next-line no-restricted-syntax -- Vitest asks for a default export
export default class ShownAtFailure extends TestRunner {
  async onTaskFinished(test: RunnerTestCase): Promise<void> {
    const error = test.result?.state === 'fail' ? test.result.errors?.[0] : undefined;
    if (!error) return;
    const shown = await Promise.all([...runningKiosks].map((one) => shownBy(one).catch(String)));
    error.message = [error.message, ...shown].join('\n');
    // The report takes the stack where there is one.
    if (error.stack !== undefined) error.stack = [error.stack, ...shown].join('\n');
  }
}
