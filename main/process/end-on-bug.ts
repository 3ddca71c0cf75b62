/** Exits after any unexpected error. The next run tells the person that the kiosk restarted. */
import { errorFields } from '../log/error-fields.ts';
import type { Logger } from '../log/logger.ts';
import { EXIT_BUG } from './exit-codes.ts';

/** Without these handlers, Electron shows a dialog for an uncaught exception and ignores an unhandled rejection. */
export const endOnBug = (logger: Logger): void => {
  const end = (error: unknown): void => {
    logger.log('kiosk.bug', errorFields(error));
    process.exit(EXIT_BUG);
  };
  process.on('uncaughtException', end);
  process.on('unhandledRejection', end);
};
