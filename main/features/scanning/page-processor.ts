/** Handles each scanned page: preview at once, then clean-up, then OCR. Does nothing to a paper that has ended. */
import { randomUUID } from 'node:crypto';
import type { ScannedPage } from '../../devices/scanner.ts';
import type { Logger } from '../../log/logger.ts';
import type { DecoderClient } from '../../platform/decoders/client.ts';
import type { PageOperations, PageResult, PageView } from './pages/operations.ts';
import { findOrientation, type QuarterTurn } from './page-orientation.ts';
import { isSmallText, setBlankAside, removePage, type HeldPage, type Paper } from './paper.ts';
import type { Reader, ReadPage } from '../../devices/text-reader.ts';

export interface PageProcessorDeps {
  readonly pageDecoder: DecoderClient<PageOperations>;
  readonly reader: Reader;
  readonly logger: Logger;
  readonly onChange: () => void;
}

export interface PageProcessor {
  /** A page is about to come. Loads what prepares and reads it. */
  warmUp(): void;
  receive(paper: Paper, scanned: ScannedPage, fromGlass: boolean): Promise<void>;
  /** The person turned the page by a quarter turn. OCR runs again on the turned page. */
  turnByHand(paper: Paper, page: HeldPage): Promise<void>;
  /** Shows the whole glass, or the cropped page again. */
  showWhole(paper: Paper, page: HeldPage, whole: boolean): Promise<void>;
}

/** Stores the result on the page, without the fields that only OCR needs. */
const storeResult = (page: HeldPage, made: PageResult): void => {
  const { reading: _reading, readingDpi: _dpi, blank, flaws, glass, ...result } = made;
  page.result = result;
  // Another flaw is mended first: on a dark page, the writing may not be seen.
  page.flaws = blank && flaws.length === 0 ? ['blank'] : flaws;
  page.turned = result.turnedDeg !== 0;
  page.unsure = false;
  if (glass) page.glass = { jpeg: glass, dpi: result.dpi };
};

/** On the glass, the back is known; and one that is too dark, under an open lid, may be written on. */
const isBlankBack = ({ mode, backNext }: Paper, { flaws }: HeldPage, { blank }: PageResult, fromGlass: boolean) =>
  fromGlass ? backNext && flaws.includes('blank') : blank && (mode === 'several' || mode === 'both-sides');

const isOver = (paper: Paper): boolean => paper.over.signal.aborted;

/**
 * Does `work` on the page once its earlier work is done, unless the paper has ended. Finishing the paper waits for it.
 */
const afterOther = (paper: Paper, page: HeldPage, work: () => Promise<void>): Promise<void> => {
  const mine = page.work.then(() => (isOver(paper) ? undefined : work()));
  page.work = mine.catch(() => undefined); // the caller gets the error
  return mine;
};

export const createPageProcessor = ({ pageDecoder, reader, logger, onChange }: PageProcessorDeps): PageProcessor => {
  const turn = async (page: HeldPage, degrees: QuarterTurn, isWanted = () => true): Promise<boolean> => {
    if (!page.result) return false;
    if (degrees === 0) return true;
    const before = page.result;
    const turned = await pageDecoder.ask('turn', { jpeg: before.jpeg, degrees });
    if (!turned.ok || page.result !== before || !isWanted()) return false;
    const { jpeg, width, height, view } = turned.value;
    page.result = { ...before, jpeg, width, height };
    page.view = view;
    page.version += 1;
    return true;
  };

  const readPicture = async (paper: Paper, png: Uint8Array, dpi: number): Promise<ReadPage | undefined> => {
    const page = await reader.read(png, dpi, paper.over.signal);
    paper.answers += 1;
    return page;
  };

  const readTurned = async (paper: Paper, result: PageResult, by: QuarterTurn): Promise<ReadPage | undefined> => {
    if (by === 0) return readPicture(paper, result.reading, result.readingDpi);
    const flipped = await pageDecoder.ask('turnReading', { png: result.reading, degrees: by });
    return flipped.ok ? readPicture(paper, flipped.value, result.readingDpi) : undefined;
  };

  const read = async (paper: Paper, page: HeldPage, result: PageResult): Promise<ReadPage | undefined> => {
    if (result.blank) return undefined; // no words could tell its orientation, and the person would be asked
    const held = page.result;
    const isStill = (): boolean => !isOver(paper) && page.result === held && !page.turnedByHand;
    let asSeen: ReadPage | undefined;
    const readIt = async (by: QuarterTurn): Promise<ReadPage | undefined> => {
      const text = await readTurned(paper, result, by);
      if (by === 0) asSeen = text;
      return text;
    };
    const { degrees, page: best, sure } = await findOrientation(result, readIt, isStill);
    // The text of another orientation would lie in the wrong places.
    let text: ReadPage | undefined;
    await afterOther(paper, page, async () => {
      if (!isStill()) return;
      page.unsure = !sure;
      // An accepted page stays as it was seen, unless OCR knows better.
      if (await turn(page, degrees, () => sure || !page.accepted)) {
        page.turned = (result.turnedDeg + degrees) % 360 !== 0;
        text = best;
      } else if (isStill()) text = asSeen;
    });
    if (isOver(paper)) return undefined;
    // A page that was shown whole meanwhile is read twice, and the screens cannot show a flaw twice.
    if (isSmallText(text ?? best)) page.flaws = [...new Set([...page.flaws, 'small-text' as const])];
    onChange();
    return text;
  };

  return {
    warmUp() {
      reader.warmUp();
      pageDecoder.warmUp();
    },
    async receive(paper, scanned, fromGlass) {
      let shown: HeldPage | undefined;
      const show = (news: unknown): void => {
        if (isOver(paper)) return;
        const view = news as PageView;
        shown = {
          id: randomUUID(),
          version: 1,
          view,
          result: undefined,
          flaws: [],
          turned: false,
          turnedByHand: false,
          accepted: false,
          unsure: false,
          glass: undefined,
          whole: false,
          work: Promise.resolve(),
          read: Promise.resolve(undefined),
        };
        paper.pages.push(shown);
        if (fromGlass) paper.looking = shown.id;
        onChange();
      };
      const made = await pageDecoder.ask('prepare', scanned, show);
      if (isOver(paper)) return;
      const page = shown;
      if (!made.ok) {
        if (page) removePage(paper, page.id);
        paper.fault = made.error === 'slow' ? 'too-large' : 'garbled';
        logger.log('scan.failed', { code: paper.fault });
        return onChange();
      }
      if (!page || !paper.pages.includes(page)) return;
      storeResult(page, made.value);
      if (isBlankBack(paper, page, made.value, fromGlass)) setBlankAside(paper, page.id);
      else page.read = read(paper, page, made.value);
      onChange();
    },
    turnByHand(paper, page) {
      page.turnedByHand = true;
      page.unsure = false;
      return afterOther(paper, page, async () => {
        if (!(await turn(page, 90)) || !page.result) return;
        page.read = readPicture(paper, page.result.jpeg, page.result.dpi);
        if (!isOver(paper)) onChange();
      });
    },
    showWhole: (paper, page, whole) =>
      afterOther(paper, page, async () => {
        const { glass, result: before, view } = page;
        if (!glass || !before) return;
        page.result = undefined;
        onChange();
        const made = await pageDecoder.ask('recut', { glass: glass.jpeg, dpi: glass.dpi, whole }, (news) => {
          page.view = news as PageView;
          page.version += 1;
        });
        if (isOver(paper)) return;
        if (made.ok) {
          storeResult(page, made.value);
          page.whole = whole;
          page.turnedByHand = false;
          page.accepted = false;
          page.read = read(paper, page, made.value);
        } else {
          page.result = before;
          page.view = view;
          page.version += 1;
        }
        onChange();
      }),
  };
};
