/** The machine and the configuration of the running kiosk, for the `index.ts` of each feature. */
import type { KioskConfig } from '../config/kiosk-config.ts';
import type { Logger } from '../log/logger.ts';
import type { Clock } from '../platform/clock.ts';
import type { DecoderOf } from '../platform/decoders/process.ts';
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
  /** The folder that the configuration was read from. It may also contain the map. */
  readonly configDir: string;
  readonly folders: KioskFolders;
  /**
   * The browsers' account, when it is not ours. Its group may read the files attached on a site, and text documents are
   * converted under this account.
   */
  readonly guestAccount: Owner | undefined;
  /** The folder of page images for the demonstration scanner. */
  readonly demonstrationScans: string;
  /** The folder of the built screens. */
  readonly screens: string;
  readonly version: string;
  readonly newRef: () => string;
  /** The last run ended without being asked to, perhaps during a session. */
  readonly interrupted: boolean;
  /** One line for the author of the content: file, line, remedy. */
  readonly onContentMistake: (line: string) => void;
  /** Decodes untrusted files in a process of their own. */
  readonly decoderOf: DecoderOf;
}
