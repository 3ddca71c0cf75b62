/** A slow finger on a site, on a real X server with a touch screen. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Rect } from '../../main/shell/port.ts';
import { hosts } from '../fixtures/sites/hosts.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { openTouchScreen, type Point, type TouchScreen } from '../harness/touch-screen.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

/** From half a second on, Chromium takes it for another gesture. */
const LONG_MS = 900;
/** After a finger was lifted, everything that can follow has followed. */
const SETTLED_MS = 1_200;

const CONTROLS = `
  <style>
    body > * { position: absolute; left: 40px; width: 260px !important; height: 48px; margin: 0; font-size: 22px }
    body > iframe { left: 400px; top: 20px; width: 300px !important; height: 200px }
  </style>
  <button style="top: 20px" onclick="did.push('button')">Un bouton</button>
  <a style="top: 90px" href="#suite" onclick="did.push('link')">Un lien</a>
  <input id="field" style="top: 160px; text-align: center" value="Dupont">
  <label style="top: 230px"><input type="checkbox" onchange="did.push('box')"> Une case</label>
  <div id="made" style="top: 300px; cursor: pointer" onclick="did.push('made')">Un bouton fait d’autre chose</div>
  <p style="top: 370px">Du texte à lire</p>
  <button id="own" style="top: 440px" onclick="did.push('own')">Un bouton qui suit les doigts</button>
  <button id="lifted" style="top: 510px" onpointerup="did.push('lifted')" onclick="did.push('click')">Au lever</button>
  <iframe src="https://${hosts.depot}/"></iframe>`;

/** What the page was told of presses. */
interface WithPresses {
  readonly did: string[];
}

let screen: TouchScreen;
let kiosk: RunningKiosk;
let person: Person;
let site: Page;
let place: Rect;
beforeAll(async () => {
  screen = await openTouchScreen();
  kiosk = await runKiosk({ onDisplay: screen.display });
  person = createPerson(kiosk);
  await person.begin();
  site = await person.goTo(demo.housing);
  place = await person.siteIsShown();
  await site.evaluate((html) => {
    document.body.innerHTML = html;
    const did: string[] = [];
    Object.assign(globalThis, { did });
    document.querySelector('p')?.addEventListener('click', () => did.push('text'));
    document.querySelector('#own')?.addEventListener('touchend', (event) => event.preventDefault());
  }, CONTROLS);
});
beforeEach(() => site.evaluate(() => void ((globalThis as unknown as WithPresses).did.length = 0)));
afterAll(async () => {
  await kiosk?.stop();
  await screen?.stop();
});

const did = (): Promise<readonly string[]> => site.evaluate(() => (globalThis as unknown as WithPresses).did);
const centre = async (what: Locator): Promise<Point> => {
  const box = await what.boundingBox();
  if (!box) throw new Error('it is not on the screen');
  const scale = await site.evaluate(() => devicePixelRatio);
  return { x: place.x + (box.x + box.width / 2) * scale, y: place.y + (box.y + box.height / 2) * scale };
};
const press = async (what: Locator, heldMs: number): Promise<void> => {
  const at = await centre(what);
  screen.down(at);
  await site.waitForTimeout(heldMs);
  screen.up(at);
  await site.waitForTimeout(SETTLED_MS);
};

it.each(['button', 'link', 'box', 'made'] as const)(
  'a slow press on the %s of a site presses it once',
  async (what) => {
    const at = { button: 'button', link: 'a', box: 'label', made: '#made' } as const;
    await press(site.locator(`body > ${at[what]}`).first(), LONG_MS);
    expect(await did()).toEqual([what]);
  },
);

it('a short press is left to the browser', async () => {
  await press(site.locator('body > a'), 80);
  expect(await did()).toEqual(['link']);
});

it('the touch after a slow one on a link is heard: nothing was dragged', async () => {
  await press(site.locator('body > a'), LONG_MS);
  await press(site.locator('body > button').first(), 80);
  expect(await did()).toEqual(['link', 'button']);
});

it('a slow press on a field leads to it, and what was typed can be replaced', async () => {
  await press(site.locator('#field'), LONG_MS);
  expect(await site.evaluate(() => [document.activeElement?.id, String(getSelection())])).toEqual(['field', 'Dupont']);
});

it('selects no text, and presses nothing but what looks like a button', async () => {
  await press(site.locator('body > p'), LONG_MS);
  expect(await site.evaluate(() => String(getSelection()))).toBe('');
  expect(await did()).toEqual([]);
});

it('presses nothing when the finger has slid away, or with two fingers', async () => {
  const at = await centre(site.locator('body > button').first());
  screen.down(at);
  await site.waitForTimeout(LONG_MS);
  screen.move({ x: at.x, y: at.y + 70 });
  screen.up({ x: at.x, y: at.y + 70 });
  await site.waitForTimeout(SETTLED_MS);
  const other = { x: at.x + 40, y: at.y };
  screen.down(at, 0);
  screen.down(other, 1);
  await site.waitForTimeout(LONG_MS);
  screen.up(other, 1);
  screen.up(at, 0);
  await site.waitForTimeout(SETTLED_MS);
  expect(await did()).toEqual([]);
});

it('leaves a press alone that the page answers by itself', async () => {
  await press(site.locator('#own'), LONG_MS);
  expect(await did()).toEqual([]);
});

it('a page that acts when the finger is lifted acts once, and gets its click', async () => {
  await press(site.locator('#lifted'), LONG_MS);
  expect(await did()).toEqual(['lifted', 'click']);
});

it('presses a button in a frame of another site, and the page can tell it from no other press', async () => {
  const frame = site.frames().find((one) => one.url().includes(hosts.depot));
  if (!frame) throw new Error('the page has no frame');
  await frame.evaluate(() => {
    document.body.innerHTML = '<button style="width: 200px; height: 60px">Dans un cadre</button>';
    document.querySelector('button')?.addEventListener('click', (event) => {
      const { isActive } = navigator.userActivation;
      document.title = [event.isTrusted, (event as PointerEvent).pointerType, isActive].join(' ');
    });
  });
  await press(frame.locator('button'), LONG_MS);
  expect(await frame.title()).toBe('true touch true');
});

const textSizeIs = async (name: string, zoom: number, isPlaced: (at: Rect) => boolean): Promise<void> => {
  await kiosk.screens.locator('.tool', { hasText: 'Taille' }).click();
  await kiosk.screens.getByRole('button', { name, exact: true }).click();
  await kiosk.screens.keyboard.press('Escape');
  // The bar takes another height with it, and the site another place.
  const isApplied = async (): Promise<boolean> => {
    place = await person.siteIsShown();
    const { width, scale } = await site.evaluate(() => ({ width: innerWidth, scale: devicePixelRatio }));
    return isPlaced(place) && Math.abs(scale - zoom) < 0.01 && Math.abs(width * zoom - place.width) < 2;
  };
  await expect.poll(isApplied).toBe(true);
};

it('finds its place in larger text too', async () => {
  const { width } = place;
  await textSizeIs('Très grande', 1.3, (at) => at.width < width);
  try {
    await press(site.locator('#made'), LONG_MS);
    expect(await did()).toEqual(['made']);
  } finally {
    await textSizeIs('Normale', 1, (at) => at.width === width);
  }
});
