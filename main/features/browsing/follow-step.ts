/** Which step of the guide belongs to the page just reached. */
import { parseUrlPattern, urlMatches } from '../../config/url-pattern.ts';
import type { DemarcheConfig, StepConfig } from '../../config/kiosk-config.ts';

const fitsOne = (patterns: readonly string[], url: URL): boolean =>
  patterns.some((text) => {
    const pattern = parseUrlPattern(text);
    return pattern.ok && urlMatches(pattern.value, url);
  });

/** Whether a mailbox is on a page that keeps the person out: it asks for a telephone, or is locked. */
export const mailboxTrouble = (mailbox: DemarcheConfig['mailbox'], address: string): 'phone' | 'locked' | null => {
  if (mailbox === null || !URL.canParse(address)) return null;
  const url = new URL(address);
  if (fitsOne(mailbox.locked, url)) return 'locked';
  return fitsOne(mailbox.asksPhone, url) ? 'phone' : null;
};

/** Whether the site says on this page that the request was sent. */
export const saysSent = (sentAt: DemarcheConfig['sentAt'], address: string): boolean =>
  URL.canParse(address) && fitsOne(sentAt, new URL(address));

/**
 * Keeps the current step while it matches the page. Otherwise takes the nearest later step that matches (people go
 * forward), then the nearest earlier one. If no step matches, nothing changes.
 */
export const followStep = (steps: readonly StepConfig[], current: number, address: string): number => {
  if (!URL.canParse(address)) return current;
  const url = new URL(address);
  const fits = steps.map((step) => fitsOne(step.when, url));
  if (fits[current]) return current;
  const later = fits.indexOf(true, current + 1);
  if (later >= 0) return later;
  const earlier = fits.lastIndexOf(true, current);
  return earlier >= 0 ? earlier : current;
};
