/** Links that leave the web: contact links (mail, phone), and links for programs that a kiosk does not have. */
import type { Contact, GuestEvent } from '../port.ts';

const WAYS: Readonly<Record<string, Contact['by']>> = { 'mailto:': 'mail', 'tel:': 'phone', 'sms:': 'text' };
/** An e-mail address has 254 characters at most (RFC 5321, 4.5.3.1.3). */
const LONGEST = 254;

const plain = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // badly encoded, but still readable for people
  }
};

/** Undefined when it is not a contact link. Subject and body are left out: they are of no use on paper. */
export const contactOf = (address: string): Contact | undefined => {
  if (!URL.canParse(address)) return undefined;
  const { protocol, pathname } = new URL(address);
  const by = Object.hasOwn(WAYS, protocol) ? WAYS[protocol] : undefined;
  const to = plain(pathname).replace(/\p{C}/gu, '').trim().slice(0, LONGEST);
  return by === undefined || to === '' ? undefined : { by, to };
};

/** Whether another program would open this URL. Also runs in pages, stringified: it may use nothing from outside. */
export function leavesWeb(address: string): boolean {
  const ours =
    /^(?:https?|wss?|javascript|data|blob|about|file|filesystem|view-source|devtools|chrome[a-z-]*|isolated-app):/i;
  return /^[a-z][a-z\d+.-]*:/i.test(address) && !ours.test(address);
}

/** A redirect may lead to two million characters. What follows the address of a contact link is left out anyway. */
const LONGEST_LINK = 1_000;

/** The event for a followed link of this kind. */
export const outsideWanted = (
  link: string,
): Extract<GuestEvent, { kind: 'contact-wanted' | 'program-wanted' }> | undefined => {
  const address = link.slice(0, LONGEST_LINK);
  if (!leavesWeb(address)) return undefined;
  const contact = contactOf(address);
  return contact ? { kind: 'contact-wanted', contact } : { kind: 'program-wanted' };
};
