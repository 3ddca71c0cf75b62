/** The names of files on a key: whose they are, how they are shown, and under which name something is written there. Pure. */

/** What systems write on a key for themselves: nobody looks for it, and nobody's own computer shows it. */
const OF_THE_SYSTEM = new Set(['system volume information', '$recycle.bin', 'thumbs.db', 'desktop.ini', 'lost+found']);

export const isOfTheSystem = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~$') || OF_THE_SYSTEM.has(name.toLowerCase());

/**
 * A name as the screens show it. Signs that turn the direction of writing would show "facture-exe.pdf" for what is
 * "facture-fdp.exe": each is shown as a sign of its own instead.
 */
export const shownOnKey = (name: string): string => name.replace(/[\p{Bidi_Control}\p{Cc}]/gu, '\u{FFFD}');

/** Names that every key's file system takes (FAT32 is the strictest), never one that is already there. */
export const nameOnKey = (wanted: string, taken: ReadonlySet<string>): string => {
  const clean = wanted
    .normalize('NFC')
    .replace(/[\p{Bidi_Control}\p{Cc}<>:"/\\|?*]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[. ]+$/, '');
  const dot = clean.lastIndexOf('.');
  const [base, extension] =
    dot > 0 ? [clean.slice(0, dot).slice(0, 100).trim(), clean.slice(dot)] : [clean.slice(0, 100) || 'document', ''];
  for (let n = 1; ; n += 1) {
    const name = n === 1 ? `${base}${extension}` : `${base} (${n})${extension}`;
    if (!taken.has(name.toLowerCase())) return name;
  }
};
