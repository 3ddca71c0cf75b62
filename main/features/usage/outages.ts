/** When the machine serves nobody, and why: from the session's phase and the network, counted in quarters of an hour. */
import type { Phase } from '../../contract/session.ts';
import type { Clock } from '../../platform/clock.ts';
import type { KeyOf } from '../../measures/measures.ts';
import type { Usage } from './usage.ts';

/** The printer's own hours are counted where its state is known. */
type Cause = Exclude<KeyOf<'service.out'>, 'printer'>;

export interface OutagesDeps {
  readonly clock: Clock;
  readonly usage: Pick<Usage, 'hoursOutOfService'>;
  readonly isOnNetwork: () => boolean;
}

export interface Outages {
  heard(phase: Phase): void;
  /** Before the figures stop: what lasted long enough still counts. */
  stop(): void;
}

/** The fault that the agent's own switch shows. */
const BY_AGENT = 'PN-AGENT';
const LOOK_EVERY_MS = 60_000;

export const createOutages = ({ clock, usage, isOnNetwork }: OutagesDeps): Outages => {
  const running = new Map<Cause, () => void>();
  const set = (cause: Cause, out: boolean): void => {
    const stop = running.get(cause);
    if (out === (stop !== undefined)) return;
    if (out) running.set(cause, usage.hoursOutOfService(cause));
    else {
      running.delete(cause);
      stop?.();
    }
  };
  const stopLooking = clock.every(LOOK_EVERY_MS, () => set('network', !isOnNetwork()));
  return {
    heard(phase) {
      // Another try at the reset is under way: nobody is welcome yet.
      if (phase.name === 'wiping' || phase.name === 'starting') return;
      const fault = phase.name === 'out-of-service' ? phase.fault : undefined;
      set('agent', fault === BY_AGENT);
      set('reset', fault !== undefined && fault !== BY_AGENT);
    },
    stop() {
      stopLooking();
      for (const cause of [...running.keys()]) set(cause, false);
    },
  };
};
