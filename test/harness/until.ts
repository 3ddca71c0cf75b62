/**
 * Polls `probe` until it returns a value. On timeout, the error names what was expected; a function describes what
 * there was instead.
 */
export const until = async <T>(
  what: string | (() => string),
  probe: () => Promise<T | false | undefined> | T | false | undefined,
  withinMs = 10_000,
): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline)
      throw new Error(`not within ${withinMs} ms: ${typeof what === 'string' ? what : what()}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};
