/** A running kiosk that Playwright is connected to, on either shell. */
import type { Page } from 'playwright-core';
import type { Rect } from '../../main/shell/port.ts';

/** Parameters for starting the kiosk on either shell. The kiosk's output is appended to `lines`. */
export interface KioskParams {
  readonly argv: readonly string[];
  readonly display: string;
  readonly folder: string;
  readonly state: string;
  readonly demoSites: { readonly hostRules: string; readonly trustedSpki: string };
  readonly demoConfigDir: string;
  readonly lines: string[];
}

/** What the test can ask of the kiosk; each shell implements it differently. */
export interface JoinedKiosk {
  /** Our own screens. */
  readonly screens: Page;
  /** The page of the open site; with `host`, the page that shows that host. */
  guestPage(host?: string): Promise<Page>;
  /**
   * Where the site is visible: asked of the X server on Chromium, of its window on Electron. Undefined when no site is
   * visible.
   */
  siteRect(): Promise<Rect | undefined>;
  /** Resolves when the agent asks the kiosk to quit or to restart. */
  readonly endWanted: Promise<'quit' | 'restart'>;
  stop(): Promise<void>;
}
