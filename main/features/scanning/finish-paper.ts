/** Finishes a scan: joins pages and recognised text, proposes a name, and puts the document into the tray. */
import type { DocumentKind } from '../../contract/document-kinds.ts';
import { fail, type Result } from '../../contract/result.ts';
import { errorFields } from '../../log/error-fields.ts';
import type { Logger } from '../../log/logger.ts';
import type { DecoderClient } from '../../platform/decoders/client.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import { classify, proposeName } from './classify.ts';
import type { PageOperations } from './pages/operations.ts';
import type { HeldPage, Paper } from './paper.ts';
import { textOf, type Reader, type ReadPage } from '../../devices/text-reader.ts';
import type { TextLine } from '../../pdf/text-line.ts';

export interface FinishedPage {
  readonly jpeg: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly dpi: number;
  readonly colour: boolean;
  readonly lines: readonly TextLine[];
}

/** The tray, which receives finished papers. */
export interface PaperTray {
  /** A paper is being scanned. The tray loads what it needs for it. */
  expectPaper(): void;
  addPaper(paper: {
    readonly kind: DocumentKind;
    readonly name: string;
    readonly pages: readonly FinishedPage[];
  }): Promise<Result<{ readonly id: string; readonly name: string }, PaperFault>>;
}

/** `full`: this person has no room left. `not-kept`: the kiosk cannot store documents. `failed`: anything else. */
export type PaperFault = 'full' | 'not-kept' | 'failed';

/** How long the person may wait for an answer of OCR. */
const READ_TIMEOUT_MS = 25_000;
/** How long they may wait in all: for 30 pages of 6 s each, beside those that were read while the pile was fed. */
const READ_ALL_TIMEOUT_MS = 180_000;

interface FinishDeps {
  readonly pageDecoder: DecoderClient<PageOperations>;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly tray: PaperTray;
  readonly onChange: () => void;
}

/** The texts of the pages, in their order. A page whose OCR takes too long gets none. */
const readPages = async (
  { clock, onChange }: FinishDeps,
  paper: Paper,
  pages: readonly HeldPage[],
): Promise<readonly (ReadPage | undefined)[]> => {
  const texts = pages.map((): ReadPage | undefined => undefined);
  let count = 0;
  let isWaiting = true;
  const readOne = async ({ read }: HeldPage, at: number): Promise<void> => {
    texts[at] = await read.catch(() => undefined); // without text
    count += 1;
    // The tray may have been full: a later try counts its own.
    if (isWaiting) paper.read = count;
    if (isWaiting && !paper.over.signal.aborted) onChange();
  };
  const all = Promise.all(pages.map(readOne)).then(() => true);
  const endMs = clock.monotonicMs() + READ_ALL_TIMEOUT_MS;
  for (;;) {
    const { answers } = paper;
    const mostMs = Math.min(READ_TIMEOUT_MS, endMs - clock.monotonicMs());
    const done = await withTimeout(clock, mostMs, 'reading', all).catch(() => false);
    if (!done && paper.answers !== answers && clock.monotonicMs() < endMs) continue;
    isWaiting = false;
    return [...texts];
  }
};

const finish = async (
  deps: FinishDeps,
  paper: Paper,
): Promise<Result<{ readonly id: string; readonly name: string }, PaperFault>> => {
  await Promise.all(paper.pages.map(({ work }) => work));
  const kept = paper.pages.filter((page) => page.result !== undefined);
  const reads = await readPages(deps, paper, kept);
  // A dropped paper must not become a document, perhaps of the next person: the reader and the page decoder give it up
  // at once, which looks like pages without text.
  const isOver = (): boolean => paper.over.signal.aborted;
  if (isOver()) return fail('failed');
  // Take the results after OCR, which may have rotated a page.
  const held = kept.flatMap(({ result }) => (result ? [{ result }] : []));
  let pages: readonly FinishedPage[] = held.map(({ result: { jpeg, width, height, dpi, colour } }, i) => ({
    jpeg,
    width,
    height,
    dpi,
    colour,
    lines: reads[i]?.lines ?? [],
  }));
  let text = reads.map(textOf).join('\n');
  const cards = paper.mode === 'card' && held.every(({ result }) => result.card);
  const composed = cards ? await deps.pageDecoder.ask('composeCards', { cards: pages }) : undefined;
  if (composed?.ok) {
    const { reading, readingDpi, ...page } = composed.value;
    const reread = deps.reader.read(reading, readingDpi, paper.over.signal);
    const read = await withTimeout(deps.clock, READ_TIMEOUT_MS, 'reading', reread).catch(() => undefined); // no text
    pages = [{ ...page, colour: true, lines: read?.lines ?? [] }];
    text += `\n${textOf(read)}`;
  }
  if (isOver()) return fail('failed');
  const { kind } = classify(text, { card: cards });
  return deps.tray.addPaper({ kind, name: proposeName(kind, text, new Date(deps.clock.now())), pages });
};

/** Never rejects: the screen would show « Nous préparons votre document » for ever. */
export const finishPaper = async (
  deps: FinishDeps & { readonly logger: Logger },
  paper: Paper,
): ReturnType<typeof finish> => {
  try {
    return await finish(deps, paper);
  } catch (error) {
    deps.logger.log('kiosk.bug', { feature: 'scanning', ...errorFields(error) });
    return fail('failed');
  }
};
