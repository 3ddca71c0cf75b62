/**
 * From a press to the first frame of the screen it brings, on the real kiosk: every screen of every tutorial that ships, and the screens
 * of a person's way through the kiosk. What a site needs to come is not ours and is in `open`.
 */
import type { Page } from 'playwright-core';
import { addLessons } from '../harness/lessons-config.ts';
import { deriveConfig } from '../harness/machines/derive-config.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { percentile, type BenchRow } from './bench-row.ts';

const WITHIN_MS = 100;
/** A screen that takes longer than this has not come at all. */
const GIVE_UP_MS = 10_000;

const row = (name: string, took: readonly number[]): BenchRow => {
  const ours = Math.round(percentile(took, 0.95) * 10) / 10;
  return { name, ours, reference: null, ratio: null, target: `<= ${WITHIN_MS}`, ok: ours <= WITHIN_MS };
};

/** Presses the first thing that fits, and answers the milliseconds until another title stands on the screen, drawn. */
const press = (page: Page, selector: string, text = ''): Promise<number> =>
  page.evaluate(
    async ([what, words, giveUpMs]) => {
      const tick = (): Promise<void> =>
        new Promise((next) => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => next();
          port2.postMessage(null);
        });
      const title = (): Element | null => document.querySelector('main h1');
      const fits = (): HTMLElement | undefined =>
        [...document.querySelectorAll<HTMLElement>(what)].find((one) => one.textContent.includes(words));
      const until = performance.now() + giveUpMs;
      while (!fits()) {
        if (performance.now() > until) throw new Error(`nothing to press: ${what} ${words}`);
        await tick();
      }
      const before = title();
      const began = performance.now();
      fits()?.click();
      while (title() === before || title() === null || title()?.textContent === 'Un instant…') {
        if (performance.now() > until) throw new Error(`no other screen after ${what} ${words}`);
        await tick();
      }
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
      return performance.now() - began;
    },
    [selector, text, GIVE_UP_MS] as const,
  );

const home = '.tool';

/** Every screen of a lesson, exercises passed, to its end. */
const lesson = async (page: Page, card: string): Promise<readonly number[]> => {
  const took = [await press(page, card)];
  while ((await page.locator('.end').count()) === 0) took.push(await press(page, '.foot button:last-of-type'));
  took.push(await press(page, '.end button', 'Retour'));
  return took;
};

const lessons = async (page: Page): Promise<readonly number[]> => {
  const took = [await press(page, '.wide button', 'Apprendre')];
  for (const level of await page.locator('.levels button').all()) {
    await level.click();
    const ids = await page
      .locator('[data-tutorial]')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-tutorial')));
    for (const id of ids) {
      took.push(...(await lesson(page, `[data-tutorial="${id}"]`)));
      await level.click();
    }
  }
  took.push(await press(page, 'main button, .foot button', 'Par où commencer'));
  for (let n = 0; n < 8; n += 1) took.push(await press(page, '.answers button', 'Un peu'));
  return took;
};

const others = async (page: Page): Promise<readonly number[]> => {
  const took: number[] = [];
  for (let turn = 0; turn < 4; turn += 1) {
    for (let at = 0; at < 8; at += 1) {
      const name = (await page.locator('.cards .title').nth(at).innerText()).slice(0, 12);
      took.push(await press(page, '.cards button', name), await press(page, home, 'Accueil'));
    }
    for (const wide of ['Mes documents', 'Apprendre', 'De l’aide']) {
      took.push(await press(page, '.wide button', wide), await press(page, home, 'Accueil'));
    }
  }
  return took;
};

export const benchScreens = async (): Promise<readonly BenchRow[]> => {
  const config = deriveConfig({});
  addLessons(config.dir, 'shipped');
  const kiosk = await runKiosk({ configDir: config.dir });
  try {
    const { screens } = kiosk;
    await screens.getByRole('button', { name: /Commencer/ }).click();
    await screens.locator('.wide button').first().waitFor();
    const around = await others(screens);
    const learning = await lessons(screens);
    return [
      row(`screens: press to screen, all of them, p95 of ${around.length + learning.length}, ms`, [
        ...around,
        ...learning,
      ]),
      row(`screens: those of the tutorials alone, p95 of ${learning.length}, ms`, learning),
    ];
  } finally {
    await kiosk.stop();
    config.remove();
  }
};
