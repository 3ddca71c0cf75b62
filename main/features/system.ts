/** The machine and the configuration of the running kiosk, as the `index.ts` of each feature needs them. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../platform/clock.ts';
import type { DecoderOf } from '../platform/decoder-process.ts';
import type { Files } from '../platform/files.ts';
import type { KioskFolders } from '../platform/kiosk-folders.ts';
import type { Owner } from '../platform/memory-folder.ts';
import type { Shell } from '../shell/port.ts';

export interface KioskSystem {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  readonly shell: Shell;
  readonly config: KioskConfig;
  /** The folder it was read in; the map may lie there. */
  readonly configDir: string;
  readonly folders: KioskFolders;
  /** The browsers' account, when it is not ours: its group reads what a site is given, and letters are converted as it. */
  readonly guestAccount: Owner | undefined;
  /** Pictures of sheets for the demonstration scanner. */
  readonly demonstrationScans: string;
  /** The folder of the built screens. */
  readonly screens: string;
  readonly version: string;
  readonly newRef: () => string;
  /** An earlier run ended without being asked, perhaps under somebody's hands. */
  readonly interrupted: boolean;
  /** Who reads files that nobody vouches for. */
  readonly decoderOf: DecoderOf;
}
