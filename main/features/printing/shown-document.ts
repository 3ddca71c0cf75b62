/** The document on the print screen: prepared once, its pages drawn on demand. */
import { previewWidths, type PrintRefusal, type PrintSource } from '../../contract/printing.ts';
import { fail, ok, type Result } from '../../contract/result.ts';
import { withTimeout, TimeoutError, type Clock } from '../../platform/clock.ts';
import type { Bytes } from '../feature.ts';
import type { Typeface } from '../../pdf/typeface.ts';
import type { Prepared } from './pdf/protocol.ts';
import type { PdfDecoder } from './pdf/decoder-client.ts';
import { fetchSource, type PrintSources } from './sources.ts';

export interface ShownDocument {
  readonly id: string;
  readonly source: PrintSource;
  readonly prepared: Prepared;
  readonly blank: Set<number>;
}

export interface ShownDeps {
  readonly clock: Clock;
  readonly pdfDecoder: PdfDecoder;
  readonly sources: PrintSources;
  readonly fonts: () => Promise<Typeface | undefined>;
  readonly newId: () => string;
}

/** A site that takes longer than this to produce its printable page is stuck. */
const SOURCE_TIMEOUT_MS = 30_000;
/** Each page must be drawn to see whether it is blank. Nobody leafs through more pages than this. */
const MAX_BLANK_SEARCH = 60;

/** `cancelled`: the person asked for another document, or has left. Nothing of theirs goes to the PDF decoder then. */
export const makeShown = async (
  deps: ShownDeps,
  source: PrintSource,
  cancelled: AbortSignal,
): Promise<Result<ShownDocument, PrintRefusal>> => {
  let fetched;
  try {
    fetched = await withTimeout(deps.clock, SOURCE_TIMEOUT_MS, 'what to print', fetchSource(deps.sources, source));
  } catch (error) {
    if (error instanceof TimeoutError) return fail('slow');
    throw error;
  }
  if (!fetched.ok) return fetched;
  if (cancelled.aborted) return fail('gone');
  const made =
    fetched.value.kind === 'sheet'
      ? await deps.pdfDecoder.ask('sheet', { sheet: fetched.value.sheet, fonts: await deps.fonts() })
      : await deps.pdfDecoder.ask('prepare', { bytes: fetched.value.bytes });
  if (!made.ok) return fail(made.error === 'not-open' ? 'slow' : made.error);
  if (cancelled.aborted) return fail('gone');
  const id = deps.newId();
  const opened = await deps.pdfDecoder.ask('open', { key: id, pdf: made.value.pdf });
  if (!opened.ok) return fail(opened.error === 'not-open' ? 'slow' : opened.error);
  return ok({ id, source, prepared: made.value, blank: new Set() });
};

const PATH = /^([\w-]+)\/(\d{1,4})\/(\d{3,4})\.png$/;

/** `<document>/<page>/<width>.png`. */
export const pagePicture = async (
  pdfDecoder: PdfDecoder,
  shown: ShownDocument | undefined,
  path: string,
): Promise<Bytes | undefined> => {
  const [, id, page, width] = PATH.exec(path) ?? [];
  const number = Number(page);
  const wide = previewWidths.find((one) => one === Number(width));
  if (shown === undefined || id !== shown.id || wide === undefined || number < 1 || number > shown.prepared.pages)
    return undefined;
  let drawn = await pdfDecoder.ask('png', { key: shown.id, page: number, width: wide });
  if (!drawn.ok && drawn.error === 'not-open') {
    // The decoder was replaced or evicted the document: open it again, once.
    await pdfDecoder.ask('open', { key: shown.id, pdf: shown.prepared.pdf });
    drawn = await pdfDecoder.ask('png', { key: shown.id, page: number, width: wide });
  }
  return drawn.ok ? { type: 'image/png', body: drawn.value.png } : undefined;
};

/** Finds the blank pages in the background, one after the other. */
export const findBlank = async (
  pdfDecoder: PdfDecoder,
  shown: ShownDocument,
  options: {
    readonly isActive: () => boolean;
    readonly onFound: () => void;
    /** A page cannot be drawn: it can be neither previewed nor printed by a printer that needs rasters. */
    readonly onUndrawable: (why: 'too-large' | 'slow') => void;
  },
): Promise<void> => {
  const pages = Math.min(shown.prepared.pages, MAX_BLANK_SEARCH);
  for (let page = 1; page <= pages && options.isActive(); page += 1) {
    const blank = await pdfDecoder.ask('blank', { key: shown.id, page });
    if (!options.isActive()) return;
    if (!blank.ok) {
      if (blank.error === 'too-large' || blank.error === 'slow') options.onUndrawable(blank.error);
      return;
    }
    if (blank.value) {
      shown.blank.add(page);
      options.onFound();
    }
  }
};
