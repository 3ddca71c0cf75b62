/** The documents of the session: the fields that the screens show, and the vault ids of each document's parts. Pure. */
import type { DocumentKind } from '../../contract/document-kinds.ts';
import type { DocumentOrigin, TrayDocument } from '../../contract/documents.ts';

/** The largest file accepted from a site or a key. */
export const MAX_FILE_BYTES = 80_000_000;

/** A scanned page stored in its best quality, for later fitting and watermarks. */
export interface KeptPage {
  readonly file: string;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: boolean;
}

export interface StoredDocument {
  readonly id: string;
  name: string;
  readonly kind: DocumentKind;
  /** Its number among the documents of its kind, from 1. Not used again after it is erased. */
  readonly number: number;
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
  readonly fillable: boolean;
  /** Grows each time it is filled in. */
  readonly edition: number;
  readonly done: { sent: boolean; printed: boolean; copied: boolean };
}

export const viewOf = (document: StoredDocument): TrayDocument => ({
  id: document.id,
  name: document.name,
  kind: document.kind,
  origin: document.origin,
  format: document.format,
  pages: document.pages,
  sizeBytes: document.sizeBytes,
  hasText: document.hasText,
  madeIntoPdf: document.madeIntoPdf,
  fillable: document.fillable,
  edition: document.edition,
  done: { ...document.done },
});

export const vaultIdsOf = (document: StoredDocument): readonly string[] => [
  document.file,
  document.thumb,
  ...(document.words === undefined ? [] : [document.words]),
  ...document.masters.map((page) => page.file),
];

/** "Attestation Caf", then "Attestation Caf (2)", so that two papers can be distinguished. */
export const freeName = (wanted: string, taken: readonly string[]): string => {
  if (!taken.includes(wanted)) return wanted;
  for (let n = 2; ; n += 1) {
    const next = `${wanted} (${n})`;
    if (!taken.includes(next)) return next;
  }
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}( \(\d+\))?$/i;

/** A file name for display: no extension, no underscores, no control characters. */
export const shownName = (fileName: string, otherwise: string): string => {
  const words = fileName
    .replace(/^.*[\\/]/, '')
    .replace(/\.[a-z0-9]{1,5}$/i, '')
    .replace(/[_\p{Cc}\p{Cf}]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .trim();
  // The browser names a file that a page generated with a meaningless UUID.
  return words === '' || UUID.test(words) ? otherwise : words;
};
