/** When the window in front may be mapped. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { GuestFrame } from '../../../main/shell/chromium/guest-frame.ts';
import { createGuestSight, type GuestSight } from '../../../main/shell/chromium/guest-sight.ts';
import type { GuestWindow } from '../../../main/shell/chromium/guest-window.ts';

const RECT = { x: 0, y: 100, width: 800, height: 600 };
const NARROW = { ...RECT, width: 500 };

let done: (string | number)[];
let sight: GuestSight;
let front: GuestWindow;
let forbidden: boolean;

const window = (name: string): GuestWindow => {
  const frame: GuestFrame = {
    show: async ({ y, width }) => void done.push(`show ${name}`, y, width),
    place: ({ y, width }) => void done.push(`place ${name}`, y, width),
    takeKeyboard: () => undefined,
    keepKeyboard: () => undefined,
    hide: () => void done.push(`hide ${name}`),
    destroy: () => undefined,
  };
  return { frame } as GuestWindow;
};

beforeEach(() => {
  done = [];
  forbidden = false;
  front = window('A');
  sight = createGuestSight({
    screen: () => ({ x: 10, y: 20, width: 1_000, height: 800 }),
    front: () => front,
    isForbidden: () => forbidden,
  });
});

describe('the window in front', () => {
  it('lies over its rectangle of the kiosk view, once there is one', async () => {
    await sight.place();
    expect(done).toEqual([]);
    sight.at = RECT;
    await sight.place();
    expect(done).toEqual(['show A', 120, 800]);
  });

  it('is not mapped while the browser’s print dialog is drawn in it, whatever our screens do, and then where they want it', async () => {
    sight.at = RECT;
    await sight.place();
    done = [];
    sight.veil(true);
    // The person comes back from the print screen, or opens and closes a panel.
    sight.at = undefined;
    sight.at = NARROW;
    await sight.place();
    expect(done).toEqual(['hide A']);
    expect(sight.isFree()).toBe(false);
    sight.veil(false);
    expect(done).toEqual(['hide A', 'show A', 120, 500]);
    expect(sight.isFree()).toBe(true);
  });

  it('has its place before it is shown, once our screens tell it, and is not mapped by that', async () => {
    expect(sight.expected()).toBeUndefined();
    sight.expect(RECT);
    expect(sight.expected()).toEqual({ ...RECT, x: 10, y: 120 });
    sight.expect({ ...RECT });
    expect(done).toEqual(['place A', 120, 800]);
    expect(sight.isFree()).toBe(false);
    await sight.place();
    sight.update();
    expect(done.slice(3)).toEqual(['hide A']);
  });

  it('keeps its place while it is hidden, so that a window opened meanwhile has it too', () => {
    sight.at = RECT;
    sight.at = undefined;
    expect(sight.expected()).toEqual({ ...RECT, x: 10, y: 120 });
    expect(done).toEqual([]);
  });

  it('stays hidden after the dialog if our screens hid it meanwhile', () => {
    sight.at = RECT;
    sight.veil(true);
    sight.at = undefined;
    sight.veil(false);
    expect(done).toEqual(['hide A', 'hide A']);
  });

  it('is not mapped while a page outside the journey is in it, not even after a print dialog', async () => {
    sight.at = RECT;
    forbidden = true;
    sight.update();
    sight.veil(true);
    sight.veil(false);
    await sight.place();
    expect(done).toEqual(['hide A', 'hide A', 'hide A']);
    forbidden = false;
    sight.update();
    expect(done.slice(3)).toEqual(['show A', 120, 800]);
  });

  it('is hidden even if it came to the front after the dialog was drawn behind it', async () => {
    sight.at = RECT;
    sight.veil(true);
    front = window('B');
    await sight.place();
    sight.veil(true);
    expect(done).toEqual(['hide A', 'hide B']);
    sight.veil(false);
    expect(done.slice(2)).toEqual(['show B', 120, 800]);
  });
});
