/** Counts the time out of service by cause, in quarters of an hour, from the session's phase and the network. */
import type { Phase } from '../../contract/session.ts';
import type { Clock } from '../../platform/clock.ts';
import type { KeyOf } from '../../measures/measures.ts';
import type { Shell } from '../../shell/port.ts';
import type { Usage } from './usage.ts';

/** The printing feature counts the printer's outages, since it knows the printer's state. */
type Cause = Exclude<KeyOf<'service.out'>, 'printer'>;

export interface OutagesDeps {
  readonly clock: Clock;
  readonly usage: Pick<Usage, 'hoursOutOfService'>;
  readonly isOnNetwork: () => boolean;
  readonly silence: Shell['silence'];
}

export interface Outages {
  phaseChanged(phase: Phase): void;
  /** Call it before the usage feature stops, so that a running outage that lasted long enough is still counted. */
  stop(): void;
}

/** The fault code shown when the agent takes the kiosk out of service. */
const BY_AGENT = 'PN-AGENT';
const LOOK_EVERY_MS = 60_000;

export const createOutages = ({ clock, usage, isOnNetwork, silence }: OutagesDeps): Outages => {
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
  const look = (): void => set('network', !isOnNetwork() || silence()?.several === true);
  const stopLooking = clock.every(LOOK_EVERY_MS, look);
  return {
    phaseChanged(phase) {
      // The reset is being retried, so the kiosk is not back in service yet.
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
