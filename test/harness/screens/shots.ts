/**
 * Takes a picture of every screen, at each size of window and text and in each theme, and runs axe on each:
 * `node test/harness/screens/shots.ts OUT_FOLDER [FILTER [BUILT_FOLDER]]`, FILTER a regular expression. For the eyes of whoever changes a screen.
 */
import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import type { ColourTheme, Language, TextSize } from '../../../main/contract/session.ts';
import { scenes } from './scenes.ts';
import { serveScreens } from './serve.ts';
import { startChromium } from './start-chromium.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Look {
  readonly width: number;
  readonly height: number;
  readonly textSize: TextSize;
  readonly colours: ColourTheme;
  readonly language: Language;
}
const normal = { textSize: 'normal', colours: 'light', language: 'fr' } as const;
const looks: readonly Look[] = [
  { ...normal, width: 1920, height: 1080 },
  { ...normal, width: 1280, height: 800 },
  { ...normal, width: 1080, height: 1920 },
  { ...normal, width: 1920, height: 1080, textSize: 'largest' },
  { ...normal, width: 1280, height: 800, textSize: 'large' },
  { ...normal, width: 1280, height: 800, textSize: 'larger' },
  { ...normal, width: 1280, height: 800, textSize: 'largest' },
  { ...normal, width: 1080, height: 1920, textSize: 'largest' },
  { ...normal, width: 1920, height: 1080, colours: 'dark' },
  { ...normal, width: 1920, height: 1080, colours: 'contrast' },
  { ...normal, width: 1280, height: 800, language: 'en' },
  { ...normal, width: 1280, height: 800, language: 'simple' },
];

/** Words cut by their box, and what stands out of the window. */
const cutWords = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('button, h1, h2, h3, p, li, label')]
      .filter((element) => element.offsetParent !== null && !element.closest('.unseen') && !element.closest('.drawing'))
      .filter((element) => {
        const box = element.getBoundingClientRect();
        return element.scrollWidth > element.clientWidth + 2 || box.right > innerWidth + 1 || box.left < -1;
      })
      .map((element) => `${element.tagName.toLowerCase()} "${(element.textContent ?? '').trim().slice(0, 40)}"`),
  );

const [, , out = 'out/screens', filter = '', built] = process.argv;
mkdirSync(out, { recursive: true });
const wanted = new RegExp(filter);
const server = await serveScreens(built === undefined ? {} : { root: resolve(built) });
const browserProcess = await startChromium();
const browser = await chromium.connectOverCDP(browserProcess.endpoint);
let problems = 0;
try {
  for (const look of looks) {
    const name = `${look.width}x${look.height}-${look.textSize}-${look.colours}-${look.language}`;
    const context = await browser.newContext({ viewport: { width: look.width, height: look.height } });
    for (const scene of scenes) {
      const file = `${scene.name}--${name}`;
      if (!wanted.test(file)) continue;
      const page = await context.newPage();
      const complain = (what: string) => {
        problems += 1;
        console.log(`${file}: ${what}`);
      };
      page.on('console', (message) => {
        if (message.type() === 'error' || message.type() === 'warning') complain(message.text());
      });
      page.on('pageerror', (error) => complain(String(error)));
      await page.goto(server.address);
      const { textSize, colours, language } = look;
      await page.evaluate((change) => window.fakeKiosk?.preferences(change), { textSize, colours, language });
      await scene.show(page);
      await page.evaluate(() => document.fonts.ready);
      await page.screenshot({ path: join(out, `${file}.png`) });
      for (const cut of await cutWords(page)) complain(`cut: ${cut}`);
      // CDP's own evaluation: the CSP of the page doesn't bind it.
      await page.evaluate(axeSource);
      const violations = await page.evaluate(async () => {
        const axe = (
          window as unknown as {
            axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
          }
        ).axe;
        const { violations: found } = await axe.run({ rules: { 'color-contrast-enhanced': { enabled: true } } });
        return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
      });
      for (const violation of violations) complain(`axe ${violation}`);
      await page.close();
    }
    await context.close();
  }
} finally {
  await browser.close();
  browserProcess.stop();
  await server.close();
}
console.log(`${problems} problems`);
