/** Checks what is visible of a screen without scrolling, and how large its text is. */
import type { Page } from 'playwright-core';

/** The texts of the matching elements that are cut off by the window or a scroll area, or covered by something else. */
export const outOfSight = (page: Page, selector: string): Promise<readonly string[]> =>
  page.evaluate((wanted) => {
    const isInSight = (element: Element): boolean => {
      const { left, right, top, bottom } = element.getBoundingClientRect();
      if (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1) return false;
      const corners = [top + 6, bottom - 6].flatMap((y) => [left + 12, right - 12].map((x) => [x, y] as const));
      return corners.every(([x, y]) => {
        const hit = document.elementFromPoint(x, y);
        return hit !== null && (element.contains(hit) || hit.contains(element));
      });
    };
    // While a dialog is open, only its elements can be pressed.
    const root = [...document.querySelectorAll('dialog[open]')].at(-1) ?? document;
    return [...root.querySelectorAll<HTMLElement>(wanted)]
      .filter((element) => element.offsetParent !== null && !element.closest('.unseen') && !isInSight(element))
      .map((element) => (element.textContent ?? '').trim().replace(/\s+/g, ' ').slice(0, 40));
  }, selector);

/** Texts smaller than `pixels` screen pixels. Drawings are not checked. */
export const smallerThan = (page: Page, pixels: number): Promise<readonly string[]> =>
  page.evaluate((least) => {
    const sizeOf = (element: Element): number => {
      const scale = element instanceof SVGGraphicsElement ? (element.getScreenCTM()?.a ?? 1) : 1;
      return Number.parseFloat(getComputedStyle(element).fontSize) * scale;
    };
    const small: string[] = [];
    const words = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = words.nextNode(); node !== null; node = words.nextNode()) {
      const text = (node.textContent ?? '').trim();
      const { parentElement } = node;
      if (
        text === '' ||
        !parentElement?.checkVisibility() ||
        parentElement.closest('.unseen, .drawing, [aria-hidden=true] svg, svg[aria-hidden=true], script, style')
      )
        continue;
      const size = sizeOf(parentElement);
      if (size < least - 0.1) small.push(`${size.toFixed(1)} px: ${text.slice(0, 40)}`);
    }
    return small;
  }, pixels);
