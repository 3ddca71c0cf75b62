/**
 * The paper being scanned: its pages in order, the page on display, the blank backs set aside. Plain data and edits to
 * it.
 */
import type { PageFlaw, ScanFault, ScanMode } from '../../contract/scanning.ts';
import type { ReadPage } from '../../devices/text-reader.ts';
import type { PageResult, PageView } from './pages/operations.ts';

export interface HeldPage {
  readonly id: string;
  version: number;
  view: PageView;
  /** Undefined while the page is `arriving`. */
  result: Omit<PageResult, 'reading' | 'readingDpi' | 'flaws' | 'blank' | 'glass'> | undefined;
  flaws: readonly PageFlaw[];
  turned: boolean;
  /** OCR could not decide which way up it goes: the page is kept as it lay, or as it was accepted. */
  unsure: boolean;
  /** The whole glass, while the person may still ask for it; dropped after "C'est bien". */
  glass: { readonly jpeg: Uint8Array; readonly dpi: number } | undefined;
  /** The person asked for the whole glass. */
  whole: boolean;
  /** Turned by the person: OCR no longer changes the orientation. */
  turnedByHand: boolean;
  /** The person saw the page and kept it: an OCR that is not sure no longer changes the orientation. */
  accepted: boolean;
  /** Settles when no turn or crop of this page is under way. They run one after the other. */
  work: Promise<void>;
  read: Promise<ReadPage | undefined>;
}

export interface Paper {
  /** Aborted when the paper is finished or discarded, or when the session ends. */
  readonly over: AbortController;
  readonly mode: ScanMode;
  /** The person lays the sheets on the glass, although a feeder could take them. */
  onGlass: boolean;
  /** Sheets with two sides go on the glass: the back of the one that lies there comes next. */
  backNext: boolean;
  stage: 'placing' | 'scanning' | 'looking' | 'finishing' | 'failed';
  progress: number | null;
  pages: HeldPage[];
  /** Blank backs set aside, with their position so that they can be restored. */
  blanks: { readonly at: number; readonly page: HeldPage }[];
  looking: string | null;
  fault: ScanFault | null;
  /** Answers of OCR so far. A page that reads badly takes up to four. */
  answers: number;
  /** Pages read so far, while the document is being made. */
  read: number;
}

export const newPaper = (mode: ScanMode): Paper => ({
  over: new AbortController(),
  mode,
  onGlass: false,
  backNext: false,
  stage: 'placing',
  progress: null,
  pages: [],
  blanks: [],
  looking: null,
  fault: null,
  answers: 0,
  read: 0,
});

/** The side of a card, or of a sheet with two sides, that goes on the glass next. */
export const nextSide = ({ mode, pages, backNext }: Paper): 'front' | 'back' | null => {
  if (mode === 'card') return (['front', 'back'] as const)[pages.length] ?? null;
  return backNext ? 'back' : null;
};

/** The scanner is at work on the paper, or the paper is being made into a document. */
export const isBusy = ({ stage }: Paper): boolean => stage === 'scanning' || stage === 'finishing';

export const awaitSheet = (paper: Paper): void => {
  paper.fault = null;
  paper.stage = 'placing';
};

/** Moves page `id` to position `to`; returns false when there is no such page. */
export const movePage = (paper: Paper, id: string, to: number): boolean => {
  const from = paper.pages.findIndex((page) => page.id === id);
  if (from < 0) return false;
  const [page] = paper.pages.splice(from, 1);
  paper.pages.splice(Math.min(to, paper.pages.length), 0, page!);
  return true;
};

export const removePage = (paper: Paper, id: string): boolean => {
  const at = paper.pages.findIndex((page) => page.id === id);
  if (at < 0) return false;
  paper.pages.splice(at, 1);
  if (paper.looking === id) paper.looking = null;
  return true;
};

export const setBlankAside = (paper: Paper, id: string): void => {
  const at = paper.pages.findIndex((page) => page.id === id);
  const page = paper.pages[at];
  if (!page) return;
  paper.pages.splice(at, 1);
  paper.blanks.push({ at, page });
  if (paper.looking !== id) return;
  // It lay on the glass as the back of a sheet: there is nothing to check, and the next sheet starts with its front.
  paper.looking = null;
  paper.backNext = false;
};

/**
 * Puts each blank back where it was. Positions were recorded after earlier blanks had gone, so restore in reverse
 * order.
 */
export const restoreBlanks = (paper: Paper): void => {
  for (const { at, page } of [...paper.blanks].reverse()) paper.pages.splice(Math.min(at, paper.pages.length), 0, page);
  paper.blanks = [];
};

/** Print whose words are lower than this cannot be read on a copy. */
const SMALL_PT = 3.9;

export const isSmallText = (read: ReadPage | undefined): boolean => {
  const heights = (read?.lines ?? []).flatMap((line) =>
    line.words.filter((word) => /\p{L}{3,}/u.test(word.text)).map((word) => word.height),
  );
  if (heights.length < 15) return false;
  heights.sort((a, b) => a - b);
  return heights[heights.length >> 1]! < SMALL_PT;
};
