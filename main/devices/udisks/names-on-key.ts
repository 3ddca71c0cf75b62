/**
 * Names of files on a key: which ones belong to an operating system, how they are displayed, and which name a new file
 * gets. Pure.
 */

/** Files that operating systems write for themselves; a person's own computer hides them. */
const OF_THE_SYSTEM = new Set(['system volume information', '$recycle.bin', 'thumbs.db', 'desktop.ini', 'lost+found']);

export const isOfTheSystem = (name: string): boolean =>
  name.startsWith('.') || name.startsWith('~$') || OF_THE_SYSTEM.has(name.toLowerCase());

/**
 * A name as the screens show it. Bidirectional control characters could make "facture-fdp.exe" look like
 * "facture-exe.pdf": each is replaced by a visible character.
 */
export const shownOnKey = (name: string): string => name.replace(/[\p{Bidi_Control}\p{Cc}]/gu, '\u{FFFD}');

/** A name that is valid on every file system (FAT32 is the strictest) and not taken yet. */
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
