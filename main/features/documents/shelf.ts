/** What the session holds: the list the screens mirror, and for each document where its parts lie in the vault. Pure bookkeeping. */
import type { DocumentKind } from '../../contract/document-kinds.ts';
import type { DocumentOrigin, TrayDocument } from '../../contract/documents.ts';

/** What can be taken at once, from a site or a key. */
export const MAX_FILE_BYTES = 80_000_000;

/** A scanned page kept at its best, for later fitting and watermarks. */
export interface KeptPage {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: boolean;
}

export interface Held {
  readonly id: string;
  name: string;
  readonly kind: DocumentKind;
  readonly origin: DocumentOrigin;
  readonly format: 'pdf' | 'picture';
  /** `png` pictures keep their format; anything else is JPEG. */
  readonly extension: 'pdf' | 'jpg' | 'png';
  readonly pages: number;
  readonly sizeBytes: number;
  /** Vault ids. `words`: JSON of the lines (scans) or of the page texts. */
  readonly file: string;
  readonly thumb: string;
  readonly words: string | undefined;
  readonly masters: readonly KeptPage[];
  readonly hasText: boolean;
  readonly madeIntoPdf: boolean;
  readonly done: { sent: boolean; printed: boolean; copied: boolean };
}

export const viewOf = (held: Held): TrayDocument => ({
  id: held.id,
  name: held.name,
  kind: held.kind,
  origin: held.origin,
  format: held.format,
  pages: held.pages,
  sizeBytes: held.sizeBytes,
  hasText: held.hasText,
  madeIntoPdf: held.madeIntoPdf,
  done: { ...held.done },
});

export const vaultIdsOf = (held: Held): readonly string[] => [
  held.file,
  held.thumb,
  ...(held.words === undefined ? [] : [held.words]),
  ...held.masters.map((page) => page.file),
];

/** "Attestation Caf", then "Attestation Caf (2)": two papers with one name can't be told apart. */
export const freeName = (wanted: string, taken: readonly string[]): string => {
  if (!taken.includes(wanted)) return wanted;
  for (let n = 2; ; n += 1) {
    const next = `${wanted} (${n})`;
    if (!taken.includes(next)) return next;
  }
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}( \(\d+\))?$/i;

/** A site's or key's file name made into words to show: no extension, no underscores, no control characters. */
export const shownName = (fileName: string, otherwise: string): string => {
  const words = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[_\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .trim();
  // What a page made by itself is named by its browser, with letters that say nothing.
  return words === '' || UUID.test(words) ? otherwise : words;
};
