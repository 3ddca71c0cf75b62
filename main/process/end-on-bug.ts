/** Nothing goes on after an error that nobody expected: whoever is there is told so by the run that follows. */
import { errorFields } from '../log/error-fields.ts';
import type { Logger } from '../log/logger.ts';
import { EXIT_BUG } from './exit-codes.ts';

/** Unheard, Electron would show the first kind in a dialog over the kiosk, and go on after the second. */
export const endOnBug = (logger: Logger): void => {
  const end = (error: unknown): void => {
    logger.log('kiosk.bug', errorFields(error));
    process.exit(EXIT_BUG);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
};
