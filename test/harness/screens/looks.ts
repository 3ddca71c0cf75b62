/** The variants in which screens are checked: each window size, text size, theme and language. */
import type { Page } from 'playwright-core';
import type { Language } from '../../../main/contract/languages.ts';
import type { ColourTheme, TextSize } from '../../../main/contract/session.ts';

export interface Look {
  readonly width: number;
  readonly height: number;
  readonly textSize: TextSize;
  readonly colours: ColourTheme;
  readonly language: Language;
}
const normal = { textSize: 'normal', colours: 'light', language: 'fr' } as const;
export const looks: readonly Look[] = [
  { ...normal, width: 1920, height: 1080 },
  { ...normal, width: 1280, height: 800 },
  { ...normal, width: 1080, height: 1920 },
  { ...normal, width: 1024, height: 768 },
  { ...normal, width: 1920, height: 1080, textSize: 'largest' },
  { ...normal, width: 1280, height: 800, textSize: 'large' },
  { ...normal, width: 1280, height: 800, textSize: 'larger' },
  { ...normal, width: 1280, height: 800, textSize: 'largest' },
  { ...normal, width: 1080, height: 1920, textSize: 'largest' },
  { ...normal, width: 1024, height: 768, textSize: 'large' },
  { ...normal, width: 1920, height: 1080, colours: 'dark' },
  { ...normal, width: 1920, height: 1080, colours: 'contrast' },
  { ...normal, width: 1280, height: 800, language: 'en' },
  { ...normal, width: 1280, height: 800, language: 'simple' },
];

/** Texts cut off by their box, and elements that extend beyond the window. */
export const cutWords = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, p, li, label')]
      .filter((element) => element.offsetParent !== null && !element.closest('.unseen') && !element.closest('.drawing'))
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return element.scrollWidth > element.clientWidth + 2 || box.right > innerWidth + 1 || box.left < -1;
      })
      .map((element) => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}"`),
  );
