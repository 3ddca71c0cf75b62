/** Ignores the error of a guest that is closing: its events say what follows. */
export const quietly = (work: Promise<unknown> | undefined): void => void work?.catch(() => undefined); // see above
