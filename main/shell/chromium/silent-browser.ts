/**
 * A hidden browser could hang for ever unnoticed. So it is sent a command when it is hidden, and killed if it does not
 * answer.
 */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';

/** The browser process itself, which no page keeps busy for long. */
const ANSWERS_WITHIN_MS = 10_000;

export const checkAnswers = (deps: {
  readonly clock: Clock;
  readonly root: CdpSession;
  readonly onSilent: () => void;
}): void => {
  const answer = deps.root.send('Browser.getVersion');
  withTimeout(deps.clock, ANSWERS_WITHIN_MS, 'the browser of the site', answer).catch(deps.onSilent);
};
