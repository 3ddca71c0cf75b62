/** Drops the error of work that nobody awaits: its outcome is reported elsewhere, for example by the guest. */
export const quietly = (work: Promise<unknown> | undefined): void => void work?.catch(() => undefined); // see above
