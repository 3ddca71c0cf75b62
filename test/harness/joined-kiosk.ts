/** A kiosk that Playwright joined, whichever shell it runs on. */
import type { Page } from 'playwright-core';
import type { Rect } from '../../main/shell/port.ts';

/** What either shell is given; it adds what the kiosk says to `lines`. */
export interface KioskGiven {
  readonly argv: readonly string[];
  readonly display: string;
  readonly folder: string;
  readonly state: string;
  readonly demoSites: { readonly hostRules: string; readonly trustedSpki: string };
  readonly demoConfigDir: string;
  readonly lines: string[];
}

/** What each shell answers in its own way. */
export interface JoinedKiosk {
  /** Our own screens. */
  readonly screens: Page;
  /** The page of the site that is open; with a host, of the one that shows it. */
  guestPage(host?: string): Promise<Page>;
  /** Where a person sees the site: on Chromium told by the X server, on Electron by its window. Undefined: nowhere. */
  siteRect(): Promise<Rect | undefined>;
  /** The agent asked for its end, or for a fresh start. */
  readonly endWanted: Promise<'quit' | 'restart'>;
  stop(): Promise<void>;
}
