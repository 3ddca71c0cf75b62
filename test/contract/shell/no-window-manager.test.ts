/**
 * A bare X server: no window manager maximises, minimises or stacks windows, and the site must still be placed right.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Guest } from '../../../main/shell/port.ts';
import { until } from '../../harness/until.ts';
import { kioskWindows, type XWindow } from '../../harness/x-windows.ts';
import { openPixels, type Pixels } from '../../bench/screen-pixel.ts';
import { openFixture, type ShellFixture } from './fixture.ts';

const SCREEN = { width: 1280, height: 800 };
const RECT = { x: 300, y: 100, width: 700, height: 500 };
const OURS = [0x1f, 0x4f, 0x7b] as const;
const PAGE = '<!doctype html><link rel="stylesheet" href="/page.css">';
const STYLE = `html { background: rgb(${OURS.join()}) }`;

let fixture: ShellFixture;
let display: string;
let pixels: Pixels;

const isOurs = async (x: number, y: number): Promise<boolean> => {
  const seen = await pixels.read(x, y);
  return OURS.every((value, i) => value === seen[i]);
};
const only = async (role: XWindow['role']): Promise<XWindow | undefined> =>
  (await kioskWindows(display)).find((one) => one.role === role);
const inSight = ({ x, y, width, height }: XWindow): boolean =>
  x < SCREEN.width && y < SCREEN.height && x + width > 0 && y + height > 0;

describe('the Chromium shell without a window manager', () => {
  let guest: Guest;
  beforeAll(async () => {
    fixture = await openFixture(null);
    display = process.env['DISPLAY'] ?? '';
    pixels = await openPixels(display);
    await fixture.shell.openKioskView({
      serve: async (path) =>
        path === '/page.css'
          ? { type: 'text/css', body: Buffer.from(STYLE) }
          : { type: 'text/html', body: Buffer.from(PAGE) },
      onMessage: () => undefined,
      onReady: () => undefined,
      onClosed: () => undefined,
    });
  });
  afterAll(async () => {
    pixels?.end();
    await fixture?.close();
  });

  it('fills the whole screen', async () => {
    await until('our screens everywhere', async () => (await isOurs(0, 0)) && (await isOurs(1279, 799)));
  });

  it('keeps a preloaded guest hidden', async () => {
    await fixture.shell.warmUp();
    await until('the guest', async () => (await only('guest')) !== undefined);
    await until('a guest out of sight', async () => {
      const waiting = await only('guest');
      return waiting !== undefined && !(waiting.visible && inSight(waiting));
    });
    expect(await isOurs(0, 0)).toBe(true);
  });

  it('places the site over our screens, to the pixel, and hides it again', async () => {
    guest = await fixture.shell.openGuest({
      on: () => undefined,
      policy: { decide: () => ({ allow: true }) },
    });
    await guest.show(RECT);
    await guest.navigate('https://www.caisse-exemple.test/');
    await until('the site on its rectangle', async () => {
      const { x, y, width, height } = (await only('guest')) ?? { x: 0, y: 0, width: 0, height: 0 };
      return JSON.stringify({ x, y, width, height }) === JSON.stringify(RECT);
    });
    await until('the site above our screens', async () => !(await isOurs(RECT.x, RECT.y)));
    expect(await isOurs(RECT.x - 1, RECT.y)).toBe(true);
    expect(await isOurs(RECT.x + RECT.width, RECT.y + RECT.height)).toBe(true);
    await guest.navigate('https://hostile-exemple.test/place/ecran?apres=0');
    await until('a page that took the screen', () => fixture.sites.log.some(({ path }) => path.includes('fait=fait')));
    expect(await isOurs(RECT.x - 1, RECT.y)).toBe(true);
    await guest.hide();
    await until('our screens again', () => isOurs(RECT.x + 350, RECT.y + 250));
    await guest.close();
  });
});
