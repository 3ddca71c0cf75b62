/** Whom a link of a site wants to be written to or called: a kiosk does neither, and shows the address. */
import type { Contact } from '../port.ts';

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
