/** A printer whose adapter is loaded at the first call. */
import type { Printer } from './printer.ts';

export const printerLoadedLater = (load: () => Promise<Printer>): Printer => {
  let loading: Promise<Printer> | undefined;
  const loaded = (): Promise<Printer> => (loading ??= load());
  return {
    describe: async (signal) => (await loaded()).describe(signal),
    status: async (signal) => (await loaded()).status(signal),
    submit: async (order, signal) => (await loaded()).submit(order, signal),
    async *watch(job, signal) {
      yield* (await loaded()).watch(job, signal);
    },
    cancel: async (job) => (await loaded()).cancel(job),
    unfinished: async () => (await loaded()).unfinished(),
    forget: async () => (await loaded()).forget(),
  };
};
