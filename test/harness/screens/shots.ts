/**
 * Takes a picture of every screen in each window size, text size and theme, and runs axe on each: `node
 * test/harness/screens/shots.ts OUT_FOLDER [FILTER [BUILT_FOLDER]]`, FILTER a regular expression. For anyone who
 * changes a screen. For translators, OUT_FOLDER/words.html then shows where each sentence appears.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { readCatalogues } from '../../../main/npm-scripts/catalogues.ts';
import { cutWords, looks } from './looks.ts';
import { openScreens } from './open-screens.ts';
import { scenes } from './scenes.ts';
import { wordsPage, type SeenWords } from './words-page.ts';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What is written, and what is only read aloud. */
const wordsOn = async (page: Page): Promise<string> =>
  page.evaluate(() =>
    [
      document.body.innerText,
      ...[...document.querySelectorAll('[aria-label], [alt], [placeholder]')].flatMap((one) =>
        ['aria-label', 'alt', 'placeholder'].map((name) => one.getAttribute(name) ?? ''),
      ),
    ].join('\n'),
  );

/** The pictures in sight are drawn; the others load once they are scrolled to. */
const picturesDrawn = async (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const inSight = [...document.images].filter(({ loading }) => loading !== 'lazy');
    await Promise.all(inSight.map((one) => one.decode().catch(() => undefined)));
  });

const [, , out = 'out/screens', filter = '', built] = process.argv;
mkdirSync(out, { recursive: true });
const wanted = new RegExp(filter);
const screens = await openScreens(built === undefined ? undefined : resolve(built));
let problems = 0;
const seen: SeenWords[] = [];
try {
  for (const look of looks) {
    const name = `${look.width}x${look.height}-${look.textSize}-${look.colours}-${look.language}`;
    const context = await screens.browser.newContext({ viewport: { width: look.width, height: look.height } });
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
      await page.goto(screens.address);
      const { textSize, colours, language } = look;
      await page.evaluate((change) => window.fakeKiosk?.preferences(change), { textSize, colours, language });
      await scene.show(page);
      await page.evaluate(() => document.fonts.ready);
      await picturesDrawn(page);
      await page.screenshot({ path: join(out, `${file}.png`) });
      if (language === 'fr') seen.push({ picture: `${file}.png`, words: await wordsOn(page) });
      for (const cut of await cutWords(page)) complain(`cut: ${cut}`);
      // Evaluated over CDP, which the page's CSP does not restrict.
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
  await screens.close();
}
writeFileSync(join(out, 'words.html'), wordsPage(readCatalogues('.'), seen));
console.log(`${problems} problems`);
