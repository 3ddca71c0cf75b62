const LOOK_EACH_MS = 25;
/** Longer than any wait for a core on a busy machine. */
const STANDSTILL_MS = 1_000;

/**
 * Polls `probe` until it returns a value. On timeout, the error names what was expected; a function describes what
 * there was instead.
 *
 * While this process stands still (it is swapped out, or the whole machine is paused), so does what it waits for. That
 * time does not count.
 */
export const until = async <T>(
  what: string | (() => string),
  probe: () => Promise<T | false | undefined> | T | false | undefined,
  withinMs = 10_000,
): Promise<T> => {
  let deadline = performance.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    const now = performance.now();
    if (now > deadline) throw new Error(`not within ${withinMs} ms: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EACH_MS));
    const lost = performance.now() - now - LOOK_EACH_MS;
    if (lost > STANDSTILL_MS) deadline += lost;
  }
};
