/**
 * Takes a picture of every screen of every tutorial that ships and of every step of its exercises, and reports text
 * that is cut off or below the fold: `node test/harness/screens/tutorial-pages.ts OUT_FOLDER [LOOK [TUTORIAL]]`, both
 * regular expressions, LOOK of `1280x800-normal-light-fr`. For authors of tutorials.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Tutorial } from '../../../main/contract/tutorial-content.ts';
import { doExercise } from '../../e2e/pages/do-exercise.ts';
import { mouse, type Hand } from '../../e2e/pages/hands.ts';
import { openTutorial } from './tutorial-scenes.ts';
import { cutWords, looks, type Look } from './looks.ts';
import { openScreens } from './open-screens.ts';
import { sampleTutorials } from './sample-tutorials.ts';

const nameOf = ({ width, height, textSize, colours, language }: Look): string =>
  `${width}x${height}-${textSize}-${colours}-${language}`;

/** Elements whose content needs scrolling. */
const belowFold = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('.tutorial *, .end *')]
      .filter((one) => one.scrollHeight > one.clientHeight + 2 && /auto|scroll/.test(getComputedStyle(one).overflowY))
      .map(
        (one) => `${one.scrollHeight - one.clientHeight} px below the fold of .${one.className.split(' ')[0] ?? ''}`,
      ),
  );

const [, , out = 'out/tutorials', look = '1280x800-normal-light-fr', which = ''] = process.argv;
mkdirSync(out, { recursive: true });
const wanted = new RegExp(which);
const { tutorials } = await sampleTutorials('shipped');
const screens = await openScreens();
let problems = 0;

const walk = async (page: Page, tutorial: Tutorial, place: number, language: string): Promise<void> => {
  const shoot = async (name: string): Promise<void> => {
    const file = `${String(place).padStart(2, '0')}-${tutorial.id}-${name}`;
    await page.screenshot({ path: join(out, `${file}.png`) });
    for (const what of [...(await cutWords(page)), ...(await belowFold(page))]) {
      problems += 1;
      console.log(`${file}: ${what}`);
    }
  };
  for (const [at, screen] of tutorial.screens.entries()) {
    await page
      .locator('.progress')
      .filter({ hasText: new RegExp(`(^|\\s)${at + 1} (sur|of) `) })
      .waitFor();
    const number = String(at + 1).padStart(2, '0');
    await shoot(number);
    // Exercises are done by the French labels of their buttons.
    if (screen.practice && language === 'fr') {
      let moment = 0;
      const hand: Hand = mouse(page);
      const seen: Hand = {
        ...hand,
        async press(what) {
          if (moment > 0) await shoot(`${number}-${String(moment).padStart(2, '0')}`);
          moment += 1;
          await hand.press(what);
        },
      };
      await doExercise(page, screen.practice.kind === 'targets' ? hand : seen, screen.practice);
      await page.locator('.cheer').waitFor();
      await shoot(`${number}-done`);
    }
    await page.locator('.screen > .foot > button').last().click();
  }
  await page.locator('.end').waitFor();
  await shoot('end');
};

try {
  for (const one of looks.filter((each) => new RegExp(look).test(nameOf(each)))) {
    const context = await screens.browser.newContext({ viewport: { width: one.width, height: one.height } });
    for (const [at, tutorial] of tutorials.entries()) {
      if (!wanted.test(tutorial.id)) continue;
      const page = await context.newPage();
      page.on('pageerror', (error) => console.log(`${tutorial.id}: ${String(error)}`));
      await page.goto(screens.address);
      const { textSize, colours, language } = one;
      await page.evaluate((change) => window.fakeKiosk?.preferences(change), { textSize, colours, language });
      await openTutorial(page, tutorial.id, 0);
      await page.evaluate(() => document.fonts.ready);
      await walk(page, tutorial, at + 1, language);
      await page.close();
    }
    await context.close();
  }
} finally {
  await screens.close();
}
console.log(`${problems} to look at`);
