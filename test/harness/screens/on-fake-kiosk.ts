/** Our screens on the fake kiosk, for the tests of one file: a new page for each of them. */
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { openScreens, type OpenScreens } from './open-screens.ts';
import { scenes } from './scenes.ts';

export interface OnFakeKiosk {
  open(scene: string): Promise<void>;
  button(name: string | RegExp): Locator;
  /** The inputs of the requests of `feature.message` so far. */
  asked(message: string): Promise<readonly unknown[]>;
  /** Everything that follows from the answers so far is drawn. */
  answersAreHeard(): Promise<void>;
}

/** Registers the hooks. `opened` gets the page of the next test; `before` is called while it is still empty. */
export const onFakeKiosk = (
  opened: (page: Page) => void,
  before: (page: Page) => Promise<void> | void = () => undefined,
): OnFakeKiosk => {
  let screens: OpenScreens | undefined;
  let context: BrowserContext | undefined;
  let page: Page;
  beforeAll(async () => {
    screens = await openScreens();
    context = await screens.browser.newContext({ viewport: { width: 1280, height: 800 } });
  });
  afterAll(async () => screens?.close());
  beforeEach(async () => {
    if (!screens || !context) throw new Error('the screens did not open');
    page = await context.newPage();
    await before(page);
    await page.goto(screens.address);
    opened(page);
  });
  afterEach(async () => page?.close());
  return {
    open: async (scene) => scenes.find(({ name }) => name === scene)?.show(page),
    button: (name) => page.getByRole('button', { name, exact: true }),
    asked: (message) =>
      page.evaluate(
        (name) =>
          window.fakeKiosk?.asked.filter((one) => `${one.feature}.${one.message}` === name).map(({ input }) => input) ??
          [],
        message,
      ),
    answersAreHeard: () =>
      page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(() => setTimeout(resolve)))),
  };
};
