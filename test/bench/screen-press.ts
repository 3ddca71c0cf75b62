/** A press on the real kiosk's screens, timed in the page itself: until what it brings stands on the screen, drawn. */
import type { JSHandle, Page } from 'playwright-core';

/** A screen that takes longer than this has not come at all. */
const GIVE_UP_MS = 20_000;
/** It stands in the place of a screen that is still being asked for. */
const NOT_YET = 'Un instant…';

/** What says that another screen has come. */
export const TITLE = 'main h1, aside.strip h1';
export const PANEL = 'dialog[open] h2';
/** Nothing of this selector any more. */
export const gone = (selector: string): string => `!${selector}`;

/** Nobody presses again sooner; what the press before left to do is not charged to the next one. */
const HAND_MS = 150;

/** Presses the first thing in sight that fits and can be pressed; `shows` is what changes or comes by it. */
export type Press = (what: string, words?: string, shows?: string) => Promise<void>;

/** Where to press, once there is something: nothing else lies over it. */
const placeOf = (page: Page, what: string, words: string): Promise<{ readonly x: number; readonly y: number }> =>
  page.evaluate(
    async ([selector, text, giveUpMs]) => {
      const until = performance.now() + giveUpMs;
      for (;;) {
        const found = [...document.querySelectorAll<HTMLElement>(selector)].find(
          (one) =>
            one.textContent.includes(text) &&
            one.offsetParent !== null &&
            !one.matches(':disabled, [aria-disabled="true"]'),
        );
        found?.scrollIntoView({ block: 'nearest' });
        const box = found?.getBoundingClientRect();
        if (found && box) {
          const at = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
          if (found.contains(document.elementFromPoint(at.x, at.y))) return at;
        }
        if (performance.now() > until) throw new Error(`nothing to press: ${selector} ${text}`);
        await new Promise((next) => setTimeout(next, 10));
      }
    },
    [what, words, GIVE_UP_MS] as const,
  );

/** From the next press, as the browser took it from the mouse, to the frame that shows what it brought. */
const watchNext = (
  page: Page,
  what: string,
  words: string,
  shows: string,
): Promise<JSHandle<{ ms: Promise<number> }>> =>
  page.evaluateHandle(
    ([selector, text, watched, giveUpMs, notYet]) => {
      const tick = (): Promise<void> =>
        new Promise((next) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => next();
          port2.postMessage(null);
        });
      const wantsGone = watched.startsWith('!');
      const seen = (): Element | null => document.querySelector(wantsGone ? watched.slice(1) : watched);
      const before = seen();
      const said = before?.textContent;
      const came = (): boolean => {
        const now = seen();
        if (wantsGone) return now === null;
        return now !== null && now.textContent !== notYet && (now !== before || now.textContent !== said);
      };
      const pressed = new Promise<number>((at) =>
        addEventListener('pointerup', ({ timeStamp }) => at(timeStamp), { capture: true, once: true }),
      );
      const time = async (): Promise<number> => {
        const began = await pressed;
        while (!came()) {
          if (performance.now() > began + giveUpMs) {
            const shown = document.querySelector<HTMLElement>('dialog[open], main')?.innerText ?? '';
            throw new Error(`no other screen after ${selector} ${text}; shown: ${shown}`);
          }
          await tick();
        }
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
        return performance.now() - began;
      };
      return { ms: time() };
    },
    [what, words, shows, GIVE_UP_MS, NOT_YET] as const,
  );

/** By a real mouse: a press that a script makes is nobody's, and after three minutes the kiosk would ask if anybody is there. */
export const presses =
  (page: Page, took: number[]): Press =>
  async (what, words = '', shows = TITLE) => {
    await page.waitForTimeout(HAND_MS);
    const { x, y } = await placeOf(page, what, words);
    const next = await watchNext(page, what, words, shows);
    await page.mouse.click(x, y);
    took.push(await next.evaluate((one) => one.ms));
  };
