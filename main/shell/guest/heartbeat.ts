/** Detects a hung page: sends a command each second, and allows five seconds for the answer. */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../port.ts';
import type { CdpSession } from './cdp-session.ts';

const ASK_EVERY_MS = 1_000;
const ANSWER_WITHIN_MS = 5_000;

export const startHeartbeat = (deps: {
  readonly session: CdpSession;
  readonly clock: Clock;
  readonly emit: (event: GuestEvent) => void;
  /**
   * True while no answer is normal: a dialog pauses the page's scripts, and a pending navigation holds back our
   * commands.
   */
  readonly excused: () => boolean;
}): (() => void) => {
  let askedAtMs: number | undefined;
  let reported = false;
  const answered = (): void => {
    askedAtMs = undefined;
    if (reported) deps.emit({ kind: 'responsive' });
    reported = false;
  };
  const ask = (): void => {
    askedAtMs = deps.clock.monotonicMs();
    deps.session.send('Runtime.evaluate', { expression: '1', returnByValue: true }).then(answered, () => {
      askedAtMs = undefined; // timed out: the next beat tries again, and a reported hang stays reported
    });
  };
  return deps.clock.every(ASK_EVERY_MS, () => {
    if (askedAtMs === undefined) return ask();
    if (deps.excused()) {
      askedAtMs = deps.clock.monotonicMs();
      return;
    }
    if (!reported && deps.clock.monotonicMs() - askedAtMs >= ANSWER_WITHIN_MS) {
      reported = true;
      deps.emit({ kind: 'unresponsive' });
    }
  });
};
