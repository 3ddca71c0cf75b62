/** Links that leave the web: whom a site wants to be written to or called, and programs that a kiosk does not have. */
import type { Contact, GuestEvent } from '../port.ts';

const WAYS: Readonly<Record<string, Contact['by']>> = { 'mailto:': 'mail', 'tel:': 'phone', 'sms:': 'text' };
/** An e-mail address has 254 characters at most (RFC 5321, 4.5.3.1.3). */
const LONGEST = 254;

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not encoded as it should be: people read it all the same
  }
};

/** Undefined when there is nobody to be reached. Subject and body are left out: they can't be used from paper. */
export const contactOf = (address: string): Contact | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, pathname } = new URL(address);
  const by = Object.hasOwn(WAYS, protocol) ? WAYS[protocol] : undefined;
  const to = plain(pathname).replace(/\p{C}/gu, '').trim().slice(0, LONGEST);
  return by === undefined || to === '' ? undefined : { by, to };
};

/** Another program would take it. Also runs in pages, stringified: nothing but its own words may be used in it. */
export function leavesWeb(address: string): boolean {
  const ours =
    /^(?:https?|wss?|javascript|data|blob|about|file|filesystem|ftp|view-source|devtools|chrome[a-z-]*|isolated-app):/i;
  return /^[a-z][a-z\d+.-]*:/i.test(address) && !ours.test(address);
}

/** What somebody who followed such a link is told. */
export const outsideWanted = (
  address: string,
): Extract<GuestEvent, { kind: 'contact-wanted' | 'program-wanted' }> | undefined => {
  if (!leavesWeb(address)) return undefined;
  const contact = contactOf(address);
  return contact ? { kind: 'contact-wanted', contact } : { kind: 'program-wanted' };
};
