/** The life cycle of the kiosk process: sends heartbeats, shuts down cleanly when asked, exits at once after a bug. */
import { endOnBug } from './end-on-bug.ts';
import { createLogger } from '../log/logger.ts';
import { systemClock } from '../platform/clock.ts';
import { sendHeartbeats, StartRefused, tellShown } from '../platform/supervised-process.ts';
import { start, type Started, type StartOptions } from './kiosk-start.ts';
import { EXIT_BAD_USE, EXIT_NOT_YET, EXIT_RESTART, REST_ARGUMENT } from './exit-codes.ts';

/** Resolves to the exit code. */
export const runKiosk = async (argv: readonly string[], options: StartOptions): Promise<number> => {
  const logger = createLogger({
    events: async () => (await import('../log/catalogue.ts')).catalogue,
    now: systemClock.now,
    sink: options.err,
  });
  endOnBug(logger);
  // Listen from the first moment: a stop requested during the start is carried out once the start is done.
  const asked = Promise.withResolvers<'quit' | 'restart'>();
  const quit = (): void => asked.resolve('quit');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  sendHeartbeats(quit);

  const { kiosk, code, endWanted } = await start(
    argv.filter((one) => one !== REST_ARGUMENT),
    { ...options, resting: argv.includes(REST_ARGUMENT) },
  ).catch((error: unknown): Started => {
    if (!(error instanceof StartRefused)) throw error;
    options.err.write(`${error.message}\n`);
    if (!error.mayPass) return { code: EXIT_BAD_USE };
    logger.log('kiosk.not-started');
    return { code: EXIT_NOT_YET }; // the watcher tries again
  });
  if (kiosk === undefined) return code;
  process.on('SIGUSR2', () => void kiosk.reloadScreens().catch(() => undefined)); // from `npm run dev`
  tellShown();
  void endWanted?.then(asked.resolve);
  const how = await asked.promise;
  await kiosk.stop();
  // Otherwise the code of `start`, which differs when only the maintenance screen was shown.
  return how === 'restart' ? EXIT_RESTART : code;
};
