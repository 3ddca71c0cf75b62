/** Polls `probe` until it returns a value. On timeout, the error names what was expected. */
export const until = async <T>(
  what: string,
  probe: () => Promise<T | false | undefined> | T | false | undefined,
  withinMs = 10_000,
): Promise<T> => {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const found = await probe();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};
