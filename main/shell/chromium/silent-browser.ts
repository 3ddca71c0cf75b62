/** A browser that is out of sight could hang for ever, unseen: it is asked something when it is put away, and ended when it says nothing. */
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { CdpSession } from '../guest/cdp-session.ts';

/** The browser itself, which no page keeps busy for long. */
const ANSWERS_WITHIN_MS = 10_000;

export const stillAnswers = (deps: {
  readonly clock: Clock;
  readonly root: CdpSession;
  readonly onSilent: () => void;
}): void => {
  const answer = deps.root.send('Browser.getVersion');
  withTimeout(deps.clock, ANSWERS_WITHIN_MS, 'the browser of the site', answer).catch(deps.onSilent);
};
