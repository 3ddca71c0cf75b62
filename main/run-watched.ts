/** The life of a main process that is watched: beats, shows, ends in order when asked, and at once after a bug. */
import { errorFields } from './log/error-fields.ts';
import { createLogger } from './log/logger.ts';
import { systemClock } from './platform/clock.ts';
import { beat, tellShown } from './platform/supervised-process.ts';
import { start, type Surroundings } from './start.ts';
import { EXIT_BUG, EXIT_RESTART, REST_ARGUMENT } from './supervise.ts';

export const runWatched = async (argv: readonly string[], around: Surroundings): Promise<void> => {
  const logger = createLogger({ now: systemClock.now, sink: around.err });
  // Nothing goes on after an error that nobody expected: whoever is there is told so by the run that follows.
  process.on('uncaughtException', (error) => {
    logger.log('kiosk.bug', errorFields(error));
    process.exit(EXIT_BUG);
  });
  /** Nothing to end yet while it is still starting. */
  const shown = Promise.withResolvers<() => Promise<void>>();
  let code: number | undefined;
  /** Tells a kiosk that showed its maintenance screen all along from one that worked. */
  let usualCode = 0;
  const end = (exitCode = usualCode): void => {
    if (code !== undefined) return;
    code = exitCode;
    void shown.promise.then((stop) => stop()).finally(() => process.exit(code));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end());
  beat(() => end());

  const { kiosk, ...started } = await start(
    argv.filter((one) => one !== REST_ARGUMENT),
    { ...around, resting: argv.includes(REST_ARGUMENT) },
  );
  if (kiosk === undefined) process.exit(started.code);
  usualCode = started.code;
  shown.resolve(kiosk.stop);
  process.on('SIGUSR2', () => void kiosk.reloadScreens().catch(() => undefined)); // `npm run dev` built the screens anew
  tellShown();
  void started.endWanted?.then((how) => end(how === 'restart' ? EXIT_RESTART : usualCode));
};
