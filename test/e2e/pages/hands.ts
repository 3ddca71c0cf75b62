/** The same actions by mouse, by touch and by keyboard alone (Tab and Enter, no pointer). */
import type { CDPSession, Locator, Page } from 'playwright-core';

export interface Hand {
  readonly name: 'mouse' | 'touch' | 'keyboard';
  press(what: Locator): Promise<void>;
  /** Presses twice, quickly. */
  pressTwice(what: Locator): Promise<void>;
  /** Moves the mouse pointer there without pressing; other devices press. */
  reach(what: Locator): Promise<void>;
  write(field: Locator, text: string): Promise<void>;
}

/** More than the number of focusable elements on any of our screens. */
const MOST_TABS = 80;
const MOST_CHOICES = 10;

const centre = async (what: Locator): Promise<{ readonly x: number; readonly y: number }> => {
  await what.scrollIntoViewIfNeeded();
  const box = await what.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
};

const writeOver = async (page: Page, text: string): Promise<void> => {
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
};

export const mouse = (page: Page): Hand => ({
  name: 'mouse',
  press: (what) => what.click(),
  pressTwice: (what) => what.dblclick(),
  async reach(what) {
    await page.mouse.move(2, 2);
    const { x, y } = await centre(what);
    await page.mouse.move(x, y, { steps: 8 });
  },
  async write(field, text) {
    // A click on a select would open a native popup.
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
      await field.selectOption(text);
      return;
    }
    await field.click();
    await writeOver(page, text);
  },
});

export const touch = async (page: Page): Promise<Hand & { stop(): Promise<void> }> => {
  const devtools: CDPSession = await page.context().newCDPSession(page);
  const tap = async (what: Locator): Promise<void> => {
    await what.waitFor();
    const point = await centre(what);
    // Send both events without waiting in between: on a busy machine a delayed touch end would become a long press.
    await Promise.all([
      devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [point] }),
      devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] }),
    ]);
  };
  return {
    name: 'touch',
    press: tap,
    async pressTwice(what) {
      await tap(what);
      await tap(what);
    },
    reach: tap,
    async write(field, text) {
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
        await field.selectOption(text);
        return;
      }
      await tap(field);
      await writeOver(page, text);
    },
    stop: () => devtools.detach(),
  };
};

export const keyboard = (page: Page): Hand => {
  const tabTo = async (what: Locator): Promise<void> => {
    await what.waitFor();
    for (let n = 0; n < MOST_TABS; n += 1) {
      if (await what.evaluate((element) => element === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error('Tab never comes there');
  };
  const press = async (what: Locator): Promise<void> => {
    await tabTo(what);
    await page.keyboard.press('Enter');
  };
  return {
    name: 'keyboard',
    press,
    async pressTwice(what) {
      await press(what);
      await page.keyboard.press('Enter');
    },
    reach: press,
    async write(field, text) {
      await tabTo(field);
      if ((await field.evaluate((element) => element.tagName)) === 'SELECT') {
        for (let n = 0; n < MOST_CHOICES && (await field.inputValue()) !== text; n += 1)
          await page.keyboard.press('ArrowDown');
        return;
      }
      await writeOver(page, text);
    },
  };
};
