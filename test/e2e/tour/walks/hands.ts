/** Input devices of a person: the display's real pointer and keys instead of Playwright's simulated input. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Locator, Page } from 'playwright-core';
import { keyboardIsWith } from '../../../harness/x-keyboard.ts';
import type { RunningKiosk } from '../../../harness/running-kiosk.ts';
import { until } from '../../../harness/until.ts';

export interface Hand {
  /** Name of the device, used in the captions. */
  readonly name: string;
  /** Presses the target on our screens or in the site, and scrolls to it first when needed. */
  press(target: Locator): Promise<void>;
  /** Types into an empty field. */
  write(target: Locator, text: string): Promise<void>;
}

const exec = promisify(execFile);
const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Time for a person to look at a new screen before pressing. */
const LOOKS_MS = 500;
const DOUBLE_MS = 180;
const MOST_TURNS = 60;
const MOST_TABS = 150;

const tool =
  (kiosk: RunningKiosk) =>
  async (...args: readonly string[]): Promise<void> => {
    await exec('xdotool', [...args], { env: { ...process.env, DISPLAY: kiosk.display } });
  };

/** True when a press at the element's centre hits it. */
const isUnderPointer = (element: Element): boolean => {
  const box = element.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return hit !== null && (element.contains(hit) || hit.contains(element));
};

export const createMouse = (kiosk: RunningKiosk, { clicks = 1 } = {}): Hand => {
  const act = tool(kiosk);
  /** Converts page coordinates to display coordinates. */
  const onDisplay = async (page: Page, x: number, y: number): Promise<readonly [string, string]> => {
    if (page === kiosk.screens) return [`${Math.round(x)}`, `${Math.round(y)}`];
    const site = await until('the site on the screen', kiosk.siteRect);
    const times = await page.evaluate(() => devicePixelRatio);
    return [`${Math.round(site.x + x * times)}`, `${Math.round(site.y + y * times)}`];
  };
  const pointAt = async (target: Locator): Promise<readonly [string, string]> => {
    const page = target.page();
    for (let turn = 0; turn < MOST_TURNS; turn++) {
      const box = await target.boundingBox();
      if (!box) throw new Error('it is not on the screen');
      const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
      if (await target.evaluate(isUnderPointer)) return onDisplay(page, x, y);
      const height = await page.evaluate(() => innerHeight);
      const over = await onDisplay(page, x, height / 2);
      await act('mousemove', ...over, 'click', y > height / 2 ? '5' : '4');
      await sleep(120);
    }
    throw new Error('no turning of the wheel brings it into sight');
  };
  const press = async (target: Locator): Promise<void> => {
    await target.waitFor();
    await sleep(LOOKS_MS);
    const at = await pointAt(target);
    await act('mousemove', ...at, 'click', '--repeat', `${clicks}`, '--delay', `${DOUBLE_MS}`, '1');
  };
  return {
    name: clicks === 1 ? 'à la souris' : 'à la souris, en appuyant deux fois',
    press,
    async write(target, text) {
      await press(target);
      await act('type', '--delay', '15', text);
    },
  };
};

/** Position of the focus relative to the element: 0 on it, 1 before it, -1 after it. */
const wayTo = (element: Element): number => {
  const wanted = element instanceof HTMLLabelElement ? (element.control ?? element) : element;
  const { activeElement } = document;
  if (activeElement === wanted) return 0;
  if (activeElement === null || activeElement === document.body) return 1;
  return activeElement.compareDocumentPosition(wanted) & Node.DOCUMENT_POSITION_PRECEDING ? -1 : 1;
};

/** The text of the focused element in the page. */
const heldBy = (): string => {
  const { activeElement } = document;
  return `${activeElement?.outerHTML.slice(0, 120) ?? 'nothing'} (${document.hasFocus() ? 'in' : 'out of'} focus)`;
};

export const createKeyboard = (kiosk: RunningKiosk): Hand => {
  const act = tool(kiosk);
  const key = (...keys: readonly string[]): Promise<void> => act('key', '--clearmodifiers', ...keys);
  const hasIt = (page: Page): boolean =>
    keyboardIsWith(kiosk.display) === (page === kiosk.screens ? 'screens' : 'site');
  /** Moves the focus into the page with F6, as the strip explains. */
  const enter = async (page: Page): Promise<void> => {
    for (let turn = 0; turn < 4; turn++) {
      if (hasIt(page)) return;
      await key('F6');
      await sleep(300);
    }
    throw new Error('F6 does not lead there');
  };
  const reach = async (target: Locator): Promise<void> => {
    await target.waitFor({ state: 'attached' });
    await sleep(LOOKS_MS);
    await enter(target.page());
    for (let turn = 0; turn < MOST_TABS; turn++) {
      const way = await target.evaluate(wayTo);
      if (way === 0) return;
      await key(way > 0 ? 'Tab' : 'shift+Tab');
      await sleep(40);
    }
    const [onScreens, inSite] = await Promise.all([kiosk.screens.evaluate(heldBy), target.page().evaluate(heldBy)]);
    throw new Error(
      `Tab does not lead to ${target}: the display gives its keys to the ${keyboardIsWith(kiosk.display)}, the screens have them on ${onScreens}, that page on ${inSite}`,
    );
  };
  return {
    name: 'au clavier',
    async press(target) {
      await reach(target);
      const isTicked = await target.evaluate(
        (element) => element instanceof HTMLLabelElement || element.matches('input, summary'),
      );
      await key(isTicked ? 'space' : 'Return');
    },
    async write(target, text) {
      await reach(target);
      await act('type', '--delay', '15', text);
    },
  };
};
