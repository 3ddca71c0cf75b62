/** The paper being scanned: its pages in order, which one is looked at, what was left out. Plain data and the moves on it. */
import type { PageFlaw, ScanFault, ScanMode } from '../../contract/scanning.ts';
import type { ReadPage } from '../../devices/text-reader.ts';
import type { PageResult, PageView } from './pages/operations.ts';

export interface HeldPage {
  readonly id: string;
  version: number;
  view: PageView;
  /** Until it is there the page is `arriving`. */
  result: Omit<PageResult, 'reading' | 'readingDpi' | 'flaws' | 'blank' | 'glass'> | undefined;
  flaws: readonly PageFlaw[];
  turned: boolean;
  /** The reader could not tell which way up it goes: it stands as it lay, and the person is asked. */
  unsure: boolean;
  /** All of the glass, while the page may still be had whole; gone after "C'est bien". */
  glass: { readonly jpeg: Uint8Array; readonly dpi: number } | undefined;
  /** The person asked for all of the glass. */
  whole: boolean;
  /** Turned by the person: the reader's opinion does not count any more. */
  turnedByHand: boolean;
  read: Promise<ReadPage | undefined>;
}

export interface Paper {
  /** Aborted when it is finished, thrown away, or its person has gone. */
  readonly over: AbortController;
  readonly mode: ScanMode;
  stage: 'placing' | 'scanning' | 'looking' | 'finishing' | 'failed';
  progress: number | null;
  pages: HeldPage[];
  /** Blank backs left out, with their place, to be brought back. */
  blanks: { readonly at: number; readonly page: HeldPage }[];
  looking: string | null;
  fault: ScanFault | null;
  next: 'front' | 'back' | null;
}

export const newPaper = (mode: ScanMode): Paper => ({
  over: new AbortController(),
  mode,
  stage: 'placing',
  progress: null,
  pages: [],
  blanks: [],
  looking: null,
  fault: null,
  next: mode === 'card' ? 'front' : null,
});

/** Puts `id` at place `to`; answers false when there is no such page. */
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

export const leaveOut = (paper: Paper, id: string): void => {
  const at = paper.pages.findIndex((page) => page.id === id);
  const page = paper.pages[at];
  if (!page) return;
  paper.pages.splice(at, 1);
  paper.blanks.push({ at, page });
};

/** Each blank goes back to the place it had; later ones first took the earlier ones' absence into account. */
export const bringBack = (paper: Paper): void => {
  for (const { at, page } of [...paper.blanks].reverse()) paper.pages.splice(Math.min(at, paper.pages.length), 0, page);
  paper.blanks = [];
};

/** Upper-case letters of print this small can't be read on a copy. */
const SMALL_PT = 3.9;

export const isSmallText = (read: ReadPage | undefined): boolean => {
  const heights = (read?.lines ?? []).flatMap((line) =>
    line.words.filter((word) => /\p{L}{3,}/u.test(word.text)).map((word) => word.height),
  );
  if (heights.length < 15) return false;
  heights.sort((a, b) => a - b);
  return heights[heights.length >> 1]! < SMALL_PT;
};
