/**
 * Resource limits of a site. When a page exceeds one, only its browser is killed: the person reads that the site
 * stopped, and may start again.
 *
 * The limits are polled rather than enforced by the kernel: Chromium reserves terabytes of address space, so
 * `RLIMIT_AS` would kill every page, and a control group needs a system that delegates one to us. Polling works on
 * every Linux.
 */
import type { Clock } from '../../platform/clock.ts';

export interface GuestUse {
  readonly memoryBytes: number;
  readonly processes: number;
  readonly threads: number;
  /** Size of its profile, which is in memory too. */
  readonly profileBytes: number;
  /** Files and folders in it. Empty ones use no bytes, and still have to be counted and removed. */
  readonly profileFiles: number;
}

export type GuestLimits = GuestUse;
/** As logged; `unmeasured` means that its use can't be read. */
export type Excess = 'memory' | 'processes' | 'threads' | 'profile' | 'unmeasured';

const MEGABYTE = 1024 * 1024;
/** The cache of a long visit has some thousands. Counting 20,000 takes 45 ms. */
export const MOST_PROFILE_FILES = 20_000;
/** A heavy site with maps and a captcha stays below a third of these. */
const MOST: GuestUse = {
  memoryBytes: 3_072 * MEGABYTE,
  processes: 80,
  threads: 1_500,
  profileBytes: 768 * MEGABYTE,
  profileFiles: MOST_PROFILE_FILES,
};
const LEAST_MEMORY_BYTES = 768 * MEGABYTE;
/** A page allocates up to about a gigabyte a second on a fast PC: what it gains between two polls still fits. */
const LOOK_EVERY_MS = 400;

/** Half of a small machine; on a large one, no more than a site can need. */
export const limitsFor = (machineBytes: number): GuestLimits => ({
  ...MOST,
  memoryBytes: Math.max(LEAST_MEMORY_BYTES, Math.min(MOST.memoryBytes, machineBytes / 2)),
  profileBytes: Math.min(MOST.profileBytes, machineBytes / 8),
});

export const excessOf = (use: GuestUse, limits: GuestLimits): Excess | undefined => {
  if (use.memoryBytes > limits.memoryBytes) return 'memory';
  if (use.processes > limits.processes) return 'processes';
  if (use.threads > limits.threads) return 'threads';
  return use.profileBytes > limits.profileBytes || use.profileFiles > limits.profileFiles ? 'profile' : undefined;
};

/** Reports once, then stops polling. */
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
    const end = (excess: Excess | undefined): void => {
      if (stopped || excess === undefined) return;
      stop();
      deps.onExcess(excess);
    };
    void deps
      .use()
      .then(
        (use) => end(excessOf(use, deps.limits)),
        () => end('unmeasured'),
      )
      .finally(() => (looking = false));
  });
  const stop = (): void => {
    stopped = true;
    stopBeat();
  };
  return stop;
};
