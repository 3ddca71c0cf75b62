/** What one open site needs from the kiosk, and from the object that holds all sites of one person. */
import type { KioskConfig } from '../../config/kiosk-config.ts';
import type { AboutLink } from './about-link.ts';
import type { IsNeighbour } from './journey-policy.ts';
import type { Logger } from '../../log/logger.ts';
import type { DownloadLimit, Rect, Shell } from '../../shell/port.ts';
import type { GiveFilesDeps } from './give-files.ts';
import type { Visit } from './visit.ts';

export interface VisitDeps extends GiveFilesDeps {
  readonly logger: Logger;
  readonly shell: Shell;
  readonly config: KioskConfig;
  readonly isNeighbour: IsNeighbour;
  /** The site asked to print. The print screen then opens with the page as PDF. */
  readonly onPrintWanted: () => void;
  /** The site begins to send a file. */
  readonly onDownloadBegun: () => void;
  /**
   * The site sent a file. Called at once, while its session is still there. The callee removes it from `path`. `visit`
   * is the same object for all files of a visit.
   */
  readonly onDownload: (file: {
    readonly path: string;
    readonly name: string;
    /** False when there was no input since the last download: the file is kept, but no screen opens. */
    readonly asked: Promise<boolean>;
    readonly visit: object;
    /** Called for each document of the file that is in the tray. Never after the end of its session. */
    readonly onKept: () => void;
  }) => Promise<void>;
  /** `asked`: as in `onDownload`; false too when the site was closed or crashed before the file was complete. */
  readonly onDownloadFailed: (name: string, asked: boolean) => void;
  /** A site sent more than the limit. */
  readonly onDownloadRefused: (limit: DownloadLimit, name: string) => void;
  /** A key moved the keyboard focus out of the site in front. */
  readonly onKeyboardLeft: (how: { readonly by: 'part-key' | 'tab'; readonly backwards: boolean }) => void;
  /** A page of this host was requested and is not part of the démarche. */
  readonly onBlocked: (host: string) => void;
  /** The machine's clock is behind: this moment has passed. */
  readonly onClockBehind: (passedMs: number) => void;
}

/** What a visit needs from the object that holds all visits of one person. */
export interface VisitOwner {
  /** The visible state has changed, but not the cover. */
  changed(): void;
  /** The cover of this site has changed. */
  covered(visit: Visit): void;
  /** Where on the screen the site in front is shown, once nothing covers it; null as long as that is unknown. */
  siteRect(): Rect | null;
  /** Whether this site is the one in front. */
  isInFront(visit: Visit): boolean;
  /**
   * A function that opens a link out of the journey in the person's other site, if it belongs there; undefined
   * otherwise. This site does not navigate.
   */
  linkOpener(visit: Visit, url: string): (() => void) | undefined;
  /** What our blocked page says about a link that is not opened. A link of a mailbox is kept for `linkTo`. */
  aboutLink(visit: Visit, url: string): AboutLink;
  /** The person's text size. */
  zoom(): number;
  stepZoom(how: 'zoom-in' | 'zoom-out' | 'zoom-reset'): void;
}
