/** Measures in the page the time from a press on the real kiosk's screens until the result is drawn. */
import type { JSHandle, Page } from 'playwright-core';

/** After this time a screen counts as not shown at all. */
const GIVE_UP_MS = 20_000;
/** Placeholder while a screen is being loaded. */
const NOT_YET = 'Un instant…';

/** Element whose change shows that another screen is displayed. */
export const TITLE = 'main h1, aside.strip h1';
export const PANEL = 'dialog[open] h2';
/** Expects that no element matches the selector any more. */
export const gone = (selector: string): string => `!${selector}`;

/** Minimum pause between presses, so that remaining work does not count for the next press. */
const HAND_MS = 150;

/** Presses the first visible, enabled element that matches. `shows` is the element that changes or appears. */
export type Press = (what: string, words?: string, shows?: string) => Promise<void>;

/** Waits for a matching element that is not covered, and returns its position. */
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

/** Measures from the next mouse press, as received by the browser, to the frame that shows its result. */
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

/**
 * With the real mouse, because presses by script are not user activity and the kiosk would ask after three minutes
 * whether anybody is there.
 */
export const presses =
  (page: Page, took: number[]): Press =>
  async (what, words = '', shows = TITLE) => {
    await page.waitForTimeout(HAND_MS);
    const { x, y } = await placeOf(page, what, words);
    const next = await watchNext(page, what, words, shows);
    await page.mouse.click(x, y);
    took.push(await next.evaluate((one) => one.ms));
  };
