/** The life of a main process that is watched: beats, shows, ends in order when asked, and at once after a bug. */
import { endOnBug } from './end-on-bug.ts';
import { createLogger } from '../log/logger.ts';
import { systemClock } from '../platform/clock.ts';
import { sendHeartbeats, tellShown } from '../platform/supervised-process.ts';
import { start, type StartOptions } from './kiosk-start.ts';
import { EXIT_RESTART, REST_ARGUMENT } from './exit-codes.ts';

/** The answer, once it has ended, is the exit code. */
export const runKiosk = async (argv: readonly string[], around: StartOptions): Promise<number> => {
  endOnBug(
    createLogger({
      events: async () => (await import('../log/catalogue.ts')).catalogue,
      now: systemClock.now,
      sink: around.err,
    }),
  );
  // Heard from the first moment, though there is nothing to end yet while it is still starting.
  const asked = Promise.withResolvers<'quit' | 'restart'>();
  const quit = (): void => asked.resolve('quit');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
  sendHeartbeats(quit);

  const { kiosk, code, endWanted } = await start(
    argv.filter((one) => one !== REST_ARGUMENT),
    { ...around, resting: argv.includes(REST_ARGUMENT) },
  );
  if (kiosk === undefined) return code;
  process.on('SIGUSR2', () => void kiosk.reloadScreens().catch(() => undefined)); // `npm run dev` built the screens anew
  tellShown();
  void endWanted?.then(asked.resolve);
  const how = await asked.promise;
  await kiosk.stop();
  // Otherwise its own code, which tells a kiosk that showed its maintenance screen all along from one that worked.
  return how === 'restart' ? EXIT_RESTART : code;
};
