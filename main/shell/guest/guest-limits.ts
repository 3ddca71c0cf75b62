/**
 * How much of the machine a site may take. A page that asks for more loses its browser, nobody else anything: the person
 * reads that the site stopped, and may begin again.
 *
 * Looked at rather than imposed: Chromium reserves address space by the terabyte, so a limit on it (`RLIMIT_AS`) would end
 * every page; a control group needs a system that hands one to us. What is looked at works on every Linux.
 */
import type { Clock } from '../../platform/clock.ts';

export interface GuestUse {
  readonly memoryBytes: number;
  readonly processes: number;
  readonly threads: number;
  /** What lies in its profile, which is memory too. */
  readonly profileBytes: number;
}

export type GuestLimits = GuestUse;
/** As the log says it; `places` are those that its window asks for. */
export type Excess = 'memory' | 'processes' | 'threads' | 'profile' | 'places';

const MEGABYTE = 1024 * 1024;
/** A heavy site with its maps and its captcha stays below a third of these. */
const MOST: GuestUse = {
  memoryBytes: 3_072 * MEGABYTE,
  processes: 80,
  threads: 1_500,
  profileBytes: 768 * MEGABYTE,
};
const LEAST_MEMORY_BYTES = 768 * MEGABYTE;
/** A page fills about a gigabyte a second on a quick PC: what it gains between two looks still fits. */
const LOOK_EVERY_MS = 400;

/** Half of a small machine; a large one gives no more than a site can be in need of. */
export const limitsFor = (machineBytes: number): GuestLimits => ({
  ...MOST,
  memoryBytes: Math.max(LEAST_MEMORY_BYTES, Math.min(MOST.memoryBytes, machineBytes / 2)),
  profileBytes: Math.min(MOST.profileBytes, machineBytes / 8),
});

export const excessOf = (use: GuestUse, limits: GuestLimits): Excess | undefined => {
  if (use.memoryBytes > limits.memoryBytes) return 'memory';
  if (use.processes > limits.processes) return 'processes';
  if (use.threads > limits.threads) return 'threads';
  return use.profileBytes > limits.profileBytes ? 'profile' : undefined;
};

/** Tells once, then looks no more. */
export const watchGuest = (deps: {
  readonly clock: Clock;
  readonly limits: GuestLimits;
  readonly use: () => Promise<GuestUse>;
  readonly onExcess: (what: Excess) => void;
}): (() => void) => {
  let stopped = false;
  let looking = false;
  const stopBeat = deps.clock.every(LOOK_EVERY_MS, () => {
    if (looking) return;
    looking = true;
    void deps
      .use()
      .then((use) => {
        const excess = stopped ? undefined : excessOf(use, deps.limits);
        if (excess === undefined) return;
        stop();
        deps.onExcess(excess);
      })
      .finally(() => (looking = false));
  });
  const stop = (): void => {
    stopped = true;
    stopBeat();
  };
  return stop;
};
