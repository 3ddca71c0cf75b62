/** A finger that stays on a button for as long as a slow hand does, on a touch screen as Chromium gets it. */
import type { CDPSession, Locator, Page } from 'playwright-core';
import { beforeEach, expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';

/** From half a second on, Chromium sends no click. */
const LONG_MS = 900;

let page: Page;
let devtools: CDPSession;
const { open, button, asked } = onFakeKiosk((next) => (page = next));
beforeEach(async () => {
  devtools = await page.context().newCDPSession(page);
  await open('accueil');
});

interface Point {
  readonly x: number;
  readonly y: number;
}
const centre = async (what: Locator): Promise<Point> => {
  const box = await what.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};
const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...touchPoints: readonly Point[]) =>
  devtools.send('Input.dispatchTouchEvent', { type, touchPoints: touchPoints.map((at, id) => ({ ...at, id })) });
const begun = async (): Promise<number> => (await asked('session.begin')).length;
const begin = () => button('Commencer');

it('presses the button when the finger is lifted, once', async () => {
  await touch('touchStart', await centre(begin()));
  await page.waitForTimeout(LONG_MS);
  expect(await begun()).toBe(0);
  await touch('touchEnd');
  await expect.poll(begun).toBe(1);
  await page.waitForTimeout(LONG_MS);
  expect(await begun()).toBe(1);
});

it.each([200, 450])('a touch of %s ms presses once, by the browser’s click or ours', async (ms) => {
  await touch('touchStart', await centre(begin()));
  await page.waitForTimeout(ms);
  await touch('touchEnd');
  await expect.poll(begun).toBe(1);
  await page.waitForTimeout(LONG_MS);
  expect(await begun()).toBe(1);
});

it('a short touch presses once, as ever', async () => {
  const at = await centre(begin());
  await Promise.all([touch('touchStart', at), touch('touchEnd')]);
  await expect.poll(begun).toBe(1);
  await page.waitForTimeout(LONG_MS);
  expect(await begun()).toBe(1);
});

it('presses nothing when the finger has slid off, or when another one is there', async () => {
  const at = await centre(begin());
  await touch('touchStart', at);
  await page.waitForTimeout(LONG_MS);
  await touch('touchMove', { x: at.x, y: at.y - 200 });
  await touch('touchEnd');
  await touch('touchStart', { x: at.x, y: at.y - 200 });
  await touch('touchStart', { x: at.x, y: at.y - 200 }, at);
  await page.waitForTimeout(LONG_MS);
  await touch('touchEnd');
  await page.waitForTimeout(LONG_MS);
  expect(await begun()).toBe(0);
});
