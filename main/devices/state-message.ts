/**
 * Interprets a queue's text messages. For a printer that is off or unplugged, CUPS backends and drivers only set
 * `printer-state-message`, and leave `printer-state-reasons` at `none`. The text is matched but never shown: it is
 * written for the installer. Pure.
 */
import type { PrinterReason } from '../contract/printing.ts';

/**
 * The first match gives the cause. Patterns are in English, because our requests ask CUPS for English, and in French,
 * for drivers that follow the PC's language.
 */
const MEANINGS: readonly (readonly [RegExp, PrinterReason])[] = [
  [/out of paper|no paper|load paper|media.empty|plus de papier|manque de papier/, 'paper-out'],
  [/\bjam|bourrage/, 'jam'],
  [/(cover|door) (is )?open|capot ouvert/, 'cover-open'],
  // The usb, socket, lpd and ipp backends of CUPS, `hp` of HPLIP.
  [/not responding|did not respond|unreachable|may not exist|unavailable|no longer exists|does not exist/, 'offline'],
  [
    /unable to (locate|connect|open|find)|waiting for (the )?printer to become available|no such (device|file)/,
    'offline',
  ],
  [/unplugged|turned off|power(ed)? off|off-?line|not connected|disconnected|host .* is down/, 'offline'],
  [/ne répond pas|pas disponible|impossible de (trouver|se connecter|joindre)|inaccessible|hors ligne/, 'offline'],
  [/quota|account limit/, 'quota'],
  [/in use|is busy|occupée/, 'busy'],
  [/^connecting|^looking up|^locating/, 'connecting'],
];

export const meaningOf = (message: string): PrinterReason | undefined => {
  const text = message.toLowerCase();
  return MEANINGS.find(([words]) => words.test(text))?.[1];
};
