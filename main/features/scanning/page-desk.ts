/** One page after the other: shown at once, made readable, read. Works on the paper that is current, and on no other. */
import { randomUUID } from 'node:crypto';
import type { ScannedPage } from '../../devices/scanner.ts';
import type { Logger } from '../../log/logger.ts';
import type { AskThread } from '../../platform/ask-thread.ts';
import type { Clock } from '../../platform/clock.ts';
import type { PageOperations, PageResult, PageView } from './pages/operations.ts';
import { isSmallText, leaveOut, removePage, type HeldPage, type Paper } from './paper.ts';
import type { Reader, ReadPage } from './reading/reader.ts';

export interface PageDeskDeps {
  readonly workshop: AskThread<PageOperations>;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly isCurrent: (paper: Paper) => boolean;
  readonly onChange: () => void;
}

export interface PageDesk {
  receive(mine: Paper, scanned: ScannedPage, fromGlass: boolean): Promise<void>;
  /** By the person's hand: a quarter turn; the page is read again as it then stands. */
  turnByHand(mine: Paper, page: HeldPage): Promise<void>;
}

/** A page read with less confidence may be upside down: it is read the other way up too. */
const UNSURE = 55;
const CLEARLY_BETTER = 12;

export const createPageDesk = ({ workshop, reader, clock, logger, isCurrent, onChange }: PageDeskDeps): PageDesk => {
  const turn = async (page: HeldPage, degrees: 90 | 180): Promise<boolean> => {
    if (!page.result) return false;
    const turned = await workshop.ask('turn', { jpeg: page.result.jpeg, degrees });
    if (!turned.ok) return false;
    const { jpeg, width, height, view } = turned.value;
    page.result = { ...page.result, jpeg, width, height };
    page.view = view;
    page.version += 1;
    return true;
  };

  const readOtherWayUp = async (
    mine: Paper,
    page: HeldPage,
    result: PageResult,
    first: ReadPage,
  ): Promise<ReadPage> => {
    const flipped = await workshop.ask('turnReading', { png: result.reading, degrees: 180 });
    const second = flipped.ok ? await reader.read(flipped.value, result.readingDpi) : undefined;
    const better = second !== undefined && second.confidence > first.confidence + CLEARLY_BETTER;
    if (!better || page.turnedByHand || !isCurrent(mine) || !(await turn(page, 180))) return first;
    // A first guess that was wrong and is undone: nothing to tell.
    page.turned = (result.turnedDeg + 180) % 360 !== 0;
    return second;
  };

  const read = async (mine: Paper, page: HeldPage, result: PageResult): Promise<ReadPage | undefined> => {
    const first = await reader.read(result.reading, result.readingDpi);
    if (!isCurrent(mine)) return undefined;
    const best = first && first.confidence < UNSURE ? await readOtherWayUp(mine, page, result, first) : first;
    if (isSmallText(best)) page.flaws = [...page.flaws, 'small-text'];
    if (isCurrent(mine)) onChange();
    return best;
  };

  return {
    async receive(mine, scanned, fromGlass) {
      const startedMs = clock.monotonicMs();
      let shown: HeldPage | undefined;
      const show = (news: unknown): void => {
        if (!isCurrent(mine)) return;
        const view = news as PageView;
        shown = {
          id: randomUUID(),
          version: 1,
          view,
          result: undefined,
          flaws: [],
          turned: false,
          turnedByHand: false,
          read: Promise.resolve(undefined),
        };
        mine.pages.push(shown);
        if (fromGlass) mine.looking = shown.id;
        logger.log('scan.page', { shownAfterMs: Math.round(clock.monotonicMs() - startedMs) });
        onChange();
      };
      const made = await workshop.ask('prepare', scanned, show);
      if (!isCurrent(mine)) return;
      const page = shown as HeldPage | undefined;
      if (!made.ok) {
        if (page) removePage(mine, page.id);
        mine.fault = made.error === 'slow' ? 'too-large' : 'garbled';
        logger.log('scan.failed', { code: mine.fault, reason: made.error });
        return onChange();
      }
      if (!page || !mine.pages.includes(page)) return;
      const { reading: _reading, readingDpi: _dpi, blank, flaws, ...result } = made.value;
      page.result = result;
      page.flaws = flaws;
      page.turned = result.turnedDeg !== 0;
      const backsMayBeBlank = mine.mode === 'several' || mine.mode === 'both-sides';
      if (blank && backsMayBeBlank && !fromGlass) leaveOut(mine, page.id);
      else page.read = read(mine, page, made.value);
      onChange();
    },
    async turnByHand(mine, page) {
      page.turnedByHand = true;
      if (!(await turn(page, 90)) || !page.result) return;
      page.read = reader.read(page.result.jpeg, page.result.dpi);
      if (isCurrent(mine)) onChange();
    },
  };
};
