/**
 * Pages outside the journey that arrived all the same: the gate is open for a moment when a page is created, and a blob
 * or a step in the history needs no request. Such a page is never shown. It is left at once; a page that cannot be left
 * ends the guest, because nothing else is sure to remove it: the browser refuses to read a history of megabytes, and a
 * step to a server that never answers stays pending.
 */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../port.ts';
import type { GuestWindow } from './guest-window.ts';

export interface StrayPagesDeps {
  readonly clock: Clock;
  /** Goes back one page, or closes a window that has only this one. */
  readonly goBack: (window: GuestWindow) => Promise<void>;
  /** The window is still open. */
  readonly isOpen: (window: GuestWindow) => boolean;
  /** What may be seen has changed. */
  readonly onChange: () => void;
  /** The page is still there. */
  readonly onStuck: () => void;
}

export interface StrayPages {
  /** True on its first arrival, which is the one to report. */
  arrived(window: GuestWindow): boolean;
  /** A page of the journey has arrived in this window. */
  left(window: GuestWindow): void;
  has(window: GuestWindow): boolean;
  /** Whether one of the windows has such a page. */
  any(): boolean;
  /** Whether an event of this window may be passed on. A stray page may not ask the person for anything. */
  mayTell(window: GuestWindow, event: GuestEvent): boolean;
}

const LEFT_WITHIN_MS = 2_000;

/** What opens a screen of ours, or tells the person something about the page. */
const ASKS: ReadonlySet<GuestEvent['kind']> = new Set([
  'dialog',
  'file-wanted',
  'contact-wanted',
  'program-wanted',
  'written',
]);

const answer = ({ page }: GuestWindow, { id, type }: Extract<GuestEvent, { kind: 'dialog' }>): void =>
  void page?.answerDialog(id, type === 'beforeunload').catch(() => undefined); // the page has been left

export const trackStrayPages = (deps: StrayPagesDeps): StrayPages => {
  /** Each with what cancels its deadline. */
  const there = new Map<GuestWindow, () => void>();
  return {
    arrived(window) {
      const isNew = !there.has(window);
      if (isNew) {
        const cancel = deps.clock.after(LEFT_WITHIN_MS, () => deps.isOpen(window) && deps.onStuck());
        there.set(window, cancel);
        deps.onChange();
      }
      void deps.goBack(window).catch(() => undefined); // then the deadline passes
      return isNew;
    },
    left(window) {
      const cancel = there.get(window);
      if (!cancel) return;
      cancel();
      there.delete(window);
      deps.onChange();
    },
    has: (window) => there.has(window),
    any: () => [...there.keys()].some(deps.isOpen),
    mayTell(window, event) {
      if (!there.has(window) || !ASKS.has(event.kind)) return true;
      // Nobody will answer it, and the page would stay for as long as it waits.
      if (event.kind === 'dialog') answer(window, event);
      return false;
    },
  };
};
