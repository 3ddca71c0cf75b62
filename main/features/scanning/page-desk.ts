/** Handles each scanned page: preview at once, then clean-up, then OCR. Does nothing to a paper that has ended. */
import { randomUUID } from 'node:crypto';
import type { ScannedPage } from '../../devices/scanner.ts';
import type { Logger } from '../../log/logger.ts';
import type { AskThread } from '../../platform/ask-thread.ts';
import type { Clock } from '../../platform/clock.ts';
import type { PageOperations, PageResult, PageView } from './pages/operations.ts';
import { findWayUp, type QuarterTurn } from './way-up.ts';
import { isSmallText, leaveOut, removePage, type HeldPage, type Paper } from './paper.ts';
import type { Reader, ReadPage } from '../../devices/text-reader.ts';

export interface PageDeskDeps {
  readonly workshop: AskThread<PageOperations>;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onChange: () => void;
}

export interface PageDesk {
  receive(mine: Paper, scanned: ScannedPage, fromGlass: boolean): Promise<void>;
  /** The person turned the page by a quarter turn. OCR runs again on the turned page. */
  turnByHand(mine: Paper, page: HeldPage): Promise<void>;
  /** Shows the whole glass, or the cropped page again. */
  showWhole(mine: Paper, page: HeldPage, whole: boolean): Promise<void>;
}

/** Stores the result on the page, without the fields that only OCR needs. */
const hold = (page: HeldPage, made: PageResult): void => {
  const { reading: _reading, readingDpi: _dpi, blank: _blank, flaws, glass, ...result } = made;
  page.result = result;
  page.flaws = flaws;
  page.turned = result.turnedDeg !== 0;
  page.unsure = false;
  if (glass) page.glass = { jpeg: glass, dpi: result.dpi };
};

const isOver = (paper: Paper): boolean => paper.over.signal.aborted;

export const createPageDesk = ({ workshop, reader, clock, logger, onChange }: PageDeskDeps): PageDesk => {
  const turn = async (page: HeldPage, degrees: QuarterTurn): Promise<boolean> => {
    if (!page.result) return false;
    if (degrees === 0) return true;
    const before = page.result;
    const turned = await workshop.ask('turn', { jpeg: before.jpeg, degrees });
    if (!turned.ok || page.result !== before) return false;
    const { jpeg, width, height, view } = turned.value;
    page.result = { ...before, jpeg, width, height };
    page.view = view;
    page.version += 1;
    return true;
  };

  const readTurned = async (result: PageResult, degrees: QuarterTurn): Promise<ReadPage | undefined> => {
    if (degrees === 0) return reader.read(result.reading, result.readingDpi);
    const flipped = await workshop.ask('turnReading', { png: result.reading, degrees });
    return flipped.ok ? reader.read(flipped.value, result.readingDpi) : undefined;
  };

  const read = async (mine: Paper, page: HeldPage, result: PageResult): Promise<ReadPage | undefined> => {
    const held = page.result;
    const isStill = (): boolean => !isOver(mine) && page.result === held && !page.turnedByHand;
    const { degrees, page: best, sure } = await findWayUp(result, (by) => readTurned(result, by), isStill);
    if (isStill()) {
      page.unsure = !sure;
      if (await turn(page, degrees)) page.turned = (result.turnedDeg + degrees) % 360 !== 0;
    }
    if (isOver(mine)) return undefined;
    if (isSmallText(best)) page.flaws = [...page.flaws, 'small-text'];
    onChange();
    return best;
  };

  return {
    async receive(mine, scanned, fromGlass) {
      const startedMs = clock.monotonicMs();
      let shown: HeldPage | undefined;
      const show = (news: unknown): void => {
        if (isOver(mine)) return;
        const view = news as PageView;
        shown = {
          id: randomUUID(),
          version: 1,
          view,
          result: undefined,
          flaws: [],
          turned: false,
          turnedByHand: false,
          unsure: false,
          glass: undefined,
          whole: false,
          read: Promise.resolve(undefined),
        };
        mine.pages.push(shown);
        if (fromGlass) mine.looking = shown.id;
        logger.log('scan.page', { shownAfterMs: Math.round(clock.monotonicMs() - startedMs) });
        onChange();
      };
      const made = await workshop.ask('prepare', scanned, show);
      if (isOver(mine)) return;
      const page = shown;
      if (!made.ok) {
        if (page) removePage(mine, page.id);
        mine.fault = made.error === 'slow' ? 'too-large' : 'garbled';
        logger.log('scan.failed', { code: mine.fault });
        return onChange();
      }
      if (!page || !mine.pages.includes(page)) return;
      hold(page, made.value);
      const backsMayBeBlank = mine.mode === 'several' || mine.mode === 'both-sides';
      if (made.value.blank && backsMayBeBlank && !fromGlass) leaveOut(mine, page.id);
      else page.read = read(mine, page, made.value);
      onChange();
    },
    async turnByHand(mine, page) {
      page.turnedByHand = true;
      page.unsure = false;
      if (!(await turn(page, 90)) || !page.result) return;
      page.read = reader.read(page.result.jpeg, page.result.dpi);
      if (!isOver(mine)) onChange();
    },
    async showWhole(mine, page, whole) {
      const { glass, result: before } = page;
      if (!glass || !before) return;
      page.result = undefined;
      onChange();
      const made = await workshop.ask('recut', { glass: glass.jpeg, dpi: glass.dpi, whole }, (news) => {
        page.view = news as PageView;
        page.version += 1;
      });
      if (isOver(mine)) return;
      if (made.ok) {
        hold(page, made.value);
        page.whole = whole;
        page.turnedByHand = false;
        page.read = read(mine, page, made.value);
      } else page.result = before;
      onChange();
    },
  };
};
