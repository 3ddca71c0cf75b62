/** The port through which other features supply documents to print. Filled in `compose.ts`. */
import type { PrintSource } from '../../contract/printing.ts';
import type { Result } from '../../contract/result.ts';
import type { Sheet, Ticket } from './pdf/sheet.ts';

export interface PrintSources {
  /** The site's open page as a PDF, with the site's print style; undefined when no page is open. */
  guestPage(): Promise<Uint8Array | 'too-large' | undefined>;
  /** The page as it was when the site last asked to print. */
  guestAsked(): Promise<Uint8Array | 'too-large' | undefined>;
  /** The bytes of a document of the tray (PDF or picture); undefined when it is gone. */
  document(id: string): Promise<Uint8Array | undefined>;
  /** One of our own sheets, without the list items at `leaveOut`; undefined when there is no such sheet. */
  sheet(sheet: string, id: string, leaveOut?: readonly number[]): Promise<Sheet | Ticket | undefined>;
}

export type Fetched =
  { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'sheet'; readonly sheet: Sheet | Ticket };

const bytesOf = (
  sources: PrintSources,
  source: Exclude<PrintSource, { kind: 'sheet' }>,
): Promise<Uint8Array | 'too-large' | undefined> => {
  switch (source.kind) {
    case 'guest-page':
      return sources.guestPage();
    case 'guest-asked':
      return sources.guestAsked();
    case 'document':
      return sources.document(source.id);
  }
};

export const fetchSource = async (
  sources: PrintSources,
  source: PrintSource,
): Promise<Result<Fetched, 'gone' | 'too-large'>> => {
  if (source.kind === 'sheet') {
    const sheet = await sources.sheet(source.sheet, source.id, source.leaveOut);
    return sheet === undefined ? { ok: false, error: 'gone' } : { ok: true, value: { kind: 'sheet', sheet } };
  }
  const bytes = await bytesOf(sources, source);
  if (bytes === 'too-large') return { ok: false, error: 'too-large' };
  return bytes === undefined ? { ok: false, error: 'gone' } : { ok: true, value: { kind: 'bytes', bytes } };
};
