/** What the `index.ts` of each feature needs of the running kiosk to build it. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../platform/clock.ts';
import type { DecoderOf } from '../platform/decoder-process.ts';
import type { Files } from '../platform/files.ts';
import type { KioskFolders } from '../platform/kiosk-folders.ts';

export interface KioskSystem {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  readonly config: KioskConfig;
  readonly folders: KioskFolders;
  /** Who reads files that nobody vouches for. */
  readonly decoderOf: DecoderOf;
}
