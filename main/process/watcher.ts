/** Starts the kiosk in its own process and watches it, on Chromium, on Electron and for `npm start`. */
import { fileURLToPath } from 'node:url';
import { kioskEvents } from '../log/events/kiosk.ts';
import { createLogger, type Sink } from '../log/logger.ts';
import { systemClock } from '../platform/clock.ts';
import { nodeProgram, startSupervised, type SupervisedProcess } from '../platform/supervised-process.ts';
import { REST_ARGUMENT } from './exit-codes.ts';
import { supervise, type Supervisor } from './watcher-supervise.ts';

export interface Watcher extends Supervisor {
  /** Forwards a signal to the current kiosk process. */
  signal(signal: NodeJS.Signals): void;
}

export const startWatcher = (options: {
  readonly argv: readonly string[];
  readonly err: Sink;
  /** Called when a run shows its first screen. */
  readonly onShown?: () => void;
  /** The program to run with those arguments; the kiosk on Chromium when absent. */
  readonly program?: readonly string[];
}): Watcher => {
  const program = options.program ?? nodeProgram(fileURLToPath(new URL('./kiosk-on-chromium.ts', import.meta.url)));
  let current: SupervisedProcess | undefined;
  const supervisor = supervise({
    clock: systemClock,
    logger: createLogger({ events: kioskEvents, now: systemClock.now, sink: options.err }),
    launch(mode) {
      current = startSupervised([...program, ...options.argv, ...(mode === 'rest' ? [REST_ARGUMENT] : [])]);
      current.onShown(() => options.onShown?.());
      return current;
    },
  });
  return { ...supervisor, signal: (signal) => current?.signal(signal) };
};
