/** A page that hangs. The guest reports each hang once: after « Attendre encore », the person is told of it again. */
import type { PageLoadDeps } from './page-load.ts';

export interface Hang {
  began(): void;
  /** The page answers, or it has gone. */
  over(): void;
  /** The person waits. */
  keepWaiting(): void;
}

const AGAIN_AFTER_MS = 15_000;

export const createHang = (deps: Pick<PageLoadDeps, 'clock' | 'cover' | 'setCover'>): Hang => {
  let hangs = false;
  let stopTimer = (): void => undefined;
  const tell = (): void => {
    if (hangs && deps.cover().kind === 'site') deps.setCover({ kind: 'unresponsive' });
  };
  return {
    began() {
      hangs = true;
      tell();
    },
    over() {
      hangs = false;
      stopTimer();
    },
    keepWaiting() {
      stopTimer();
      if (hangs) stopTimer = deps.clock.after(AGAIN_AFTER_MS, tell);
    },
  };
};
