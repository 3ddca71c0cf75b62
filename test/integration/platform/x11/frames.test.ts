/**
 * Frame windows on their own display, without a window manager. Another X client plays the browser inside the frame.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../../main/platform/clock.ts';
import { atomOf, connectX, padded, words, type XConnection } from '../../../../main/platform/x11/connection.ts';
import type { XFrame } from '../../../../main/platform/x11/frame.ts';
import { openXFrames, type XFrames } from '../../../../main/platform/x11/frames.ts';
import type { XRect } from '../../../../main/platform/x11/places.ts';
import { CHANGE_PROPERTY, UNMAP, WM_CLASS } from '../../../../main/platform/x11/requests.ts';
import { openDisplay, type Display } from '../../../../main/npm-scripts/display.ts';
import { createManualClock, type ManualClock } from '../../../fakes/manual-clock.ts';
import { until } from '../../../harness/until.ts';

const CREATE_WINDOW = 1;
const REPARENT = 7;
const MAP = 8;
const CONFIGURE = 12;
const GET_GEOMETRY = 14;
const QUERY_TREE = 15;
const TRANSLATE = 40;
const SET_FOCUS = 42;
const GET_FOCUS = 43;
const TO_NOBODY = 0;
const ATOM_CARDINAL = 6;
const ATOM_STRING = 31;
const PLACE_AND_SIZE = 0xf;
const [PID, CLASS] = [4_242, 'site-of-a-test'] as const;
const HERE: XRect = { x: 100, y: 96, width: 400, height: 300 };

let display: Display;
let browser: XConnection;
let frames: XFrames;

beforeAll(async () => {
  display = await openDisplay({ existing: undefined, size: '800x600', windowManagerConfig: null });
  browser = await connectX({ name: display.name });
  frames = await openXFrames(
    { name: display.name },
    { clock: systemClock, windowClass: 'frame-of-a-test', name: 'a test', redirects: true, keepsMenuButton: true },
  );
});
afterAll(async () => {
  frames.end();
  browser.end();
  await display.stop();
});

/** Opens a window as the browser does, with a process id and a class, and maps it. */
const openWindow = async (pid: number, role?: string): Promise<number> => {
  const id = browser.newId();
  browser.tell(CREATE_WINDOW, 0, words(id, browser.root, 0, (200 << 16) | 200, 1 << 16, 0, 0));
  const named = `${CLASS}\0${CLASS}\0`;
  const text = Buffer.alloc(padded(named.length));
  text.write(named, 'latin1');
  browser.tell(CHANGE_PROPERTY, 0, Buffer.concat([words(id, WM_CLASS, ATOM_STRING, 8, named.length), text]));
  const pidAtom = (await atomOf(browser, '_NET_WM_PID')) ?? 0;
  browser.tell(CHANGE_PROPERTY, 0, words(id, pidAtom, ATOM_CARDINAL, 32, 1, pid));
  if (role !== undefined) {
    const roleAtom = (await atomOf(browser, 'WM_WINDOW_ROLE')) ?? 0;
    const bytes = Buffer.alloc(padded(role.length));
    bytes.write(role, 'latin1');
    browser.tell(CHANGE_PROPERTY, 0, Buffer.concat([words(id, roleAtom, ATOM_STRING, 8, role.length), bytes]));
  }
  browser.tell(MAP, 0, words(id));
  return id;
};
const parentOf = async (id: number): Promise<number | undefined> =>
  (await browser.ask(QUERY_TREE, 0, words(id)))?.readUInt32LE(12);
const placeOf = async (id: number): Promise<XRect | undefined> => {
  const [size, origin] = await Promise.all([
    browser.ask(GET_GEOMETRY, 0, words(id)),
    browser.ask(TRANSLATE, 0, words(id, browser.root, 0)),
  ]);
  return (
    size &&
    origin && {
      x: origin.readInt16LE(12),
      y: origin.readInt16LE(14),
      width: size.readUInt16LE(16),
      height: size.readUInt16LE(18),
    }
  );
};
const askForPlace = ({ x, y, width, height }: XRect, id: number): void =>
  browser.tell(CONFIGURE, 0, words(id, PLACE_AND_SIZE, x, y, width, height));
const framed = async (pid: number, of: XFrames = frames): Promise<{ window: number; frame: XFrame }> => {
  const window = await openWindow(pid);
  const frame = of.make({ pid, class: CLASS });
  await until('the window in its frame', () => frame.adopt());
  frame.show(HERE);
  await until('the frame in its place', () => frame.isPlaced());
  return { window, frame };
};

describe('a window in a frame', () => {
  it('is found by its process and its class, and fills the frame', async () => {
    const { window, frame } = await framed(PID);
    expect(await placeOf(window)).toEqual(HERE);
    expect([...frames.windowsOf(PID)]).toEqual([window]);
    expect(frames.isFrame((await parentOf(window)) ?? 0)).toBe(true);
    frame.destroy();
  });

  it('goes into the frame for its role when its process has several windows', async () => {
    const { window, frame } = await framed(PID + 20);
    const beside = frames.make({ pid: PID + 20, class: CLASS, role: 'pop-up' });
    expect(frames.isAwaited(PID + 20, 'pop-up')).toBe(true);
    expect(frames.isAwaited(PID + 20, 'browser')).toBe(false);
    await openWindow(PID + 20, 'browser');
    expect(await beside.adopt()).toBe(false);
    const second = await openWindow(PID + 20, 'pop-up');
    await until('the second window in its frame', () => beside.adopt());
    expect(frames.isAwaited(PID + 20, 'pop-up')).toBe(false);
    expect([...frames.windowsOf(PID + 20)]).toEqual([window, second]);
    beside.destroy();
    expect([...frames.windowsOf(PID + 20)]).toEqual([window]);
    frame.destroy();
  });

  it('is awaited before its frame is made, once it is expected', () => {
    const kind = { pid: PID + 20, class: CLASS, role: 'pop-up' };
    const decided = frames.expect(kind);
    expect(frames.isAwaited(PID + 20, 'pop-up')).toBe(true);
    expect(frames.isAwaited(PID + 20, 'browser')).toBe(false);
    decided();
    expect(frames.isAwaited(PID + 20, 'pop-up')).toBe(false);
  });

  it('is taken by one frame only: of two frames that search at once, the one made first gets the first', async () => {
    const kind = { pid: PID + 40, class: CLASS, role: 'pop-up' };
    const [first, second] = [await openWindow(kind.pid, kind.role), await openWindow(kind.pid, kind.role)];
    const [one, two] = [frames.make(kind), frames.make({ ...kind })];
    await until('each has a window', async () => {
      const inside = await Promise.all([two.adopt(), one.adopt()]);
      return inside.every(Boolean);
    });
    expect([...frames.windowsOf(kind.pid)]).toEqual([first, second]);
    expect(await parentOf(first)).not.toBe(await parentOf(second));
    one.destroy();
    expect([...frames.windowsOf(kind.pid)]).toEqual([second]);
    two.destroy();
  });

  it('leaves its place in the queue when its frame is destroyed', async () => {
    const kind = { pid: PID + 50, class: CLASS, role: 'pop-up' };
    const [one, two] = [frames.make(kind), frames.make({ ...kind })];
    await openWindow(kind.pid, kind.role);
    expect(await two.adopt()).toBe(false);
    one.destroy();
    await until('the window in the other frame', () => two.adopt());
    two.destroy();
  });

  it('is left to the next frame when its own is destroyed while it looks for it', async () => {
    const kind = { pid: PID + 70, class: CLASS };
    const window = await openWindow(kind.pid);
    const one = frames.make(kind);
    const looking = one.adopt();
    one.destroy();
    expect(await looking).toBe(false);
    expect(frames.windowsOf(kind.pid).size).toBe(0);
    const two = frames.make({ ...kind });
    await until('the window in the other frame', () => two.adopt(), 2_000);
    expect([...frames.windowsOf(kind.pid)]).toEqual([window]);
    two.destroy();
  });

  it('has the place of its frame before it is seen, and no other one on the way', async () => {
    const window = await openWindow(PID + 60);
    const frame = frames.make({ pid: PID + 60, class: CLASS, at: HERE });
    await until('the window in its frame', () => frame.adopt());
    expect(await placeOf(window)).toEqual(HERE);
    const there = { ...HERE, x: 40, width: 500 };
    frame.place(there);
    await until('the window at its other place', async () => (await placeOf(window))?.width === there.width);
    expect(await placeOf(window)).toEqual(there);
    expect(await frame.isPlaced()).toBe(false);
    frame.show(there);
    await until('the frame in its place', () => frame.isPlaced());
    frame.destroy();
  });

  it('cannot move or resize itself', async () => {
    const { window, frame } = await framed(PID + 1);
    askForPlace({ x: 0, y: 0, width: 800, height: 600 }, window);
    askForPlace({ x: -500, y: -500, width: 10, height: 10 }, window);
    expect(await placeOf(window)).toEqual(HERE);
    frame.destroy();
  });

  it('would move if its requests were not redirected', async () => {
    const loose = await openXFrames(
      { name: display.name },
      { clock: systemClock, windowClass: 'frame-of-a-test', name: 'a test', redirects: false, keepsMenuButton: false },
    );
    const { window, frame } = await framed(PID + 2, loose);
    askForPlace({ x: 0, y: 0, width: 800, height: 600 }, window);
    expect(await placeOf(window)).not.toEqual(HERE);
    frame.destroy();
    loose.end();
  });

  it('is hidden and shown with its frame', async () => {
    const { frame } = await framed(PID + 3);
    frame.hide();
    await until('the frame out of sight', async () => !(await frame.isPlaced()));
    frame.show(HERE);
    await until('the frame in its place', () => frame.isPlaced());
    frame.destroy();
  });

  it('is put back when its program reparents or unmaps it', async () => {
    const { window, frame } = await framed(PID + 4);
    const inside = await parentOf(window);
    browser.tell(REPARENT, 0, words(window, browser.root, 0));
    expect(await parentOf(window)).toBe(browser.root);
    await until('the window back in its frame', async () => (await parentOf(window)) === inside);
    browser.tell(UNMAP, 0, words(window));
    await until('the frame in its place', () => frame.isPlaced());
    frame.destroy();
  });

  it('returns to its place after another client moved its frame', async () => {
    const { window, frame } = await framed(PID + 5);
    askForPlace({ x: 0, y: 0, width: 50, height: 50 }, (await parentOf(window)) ?? 0);
    await placeOf(window); // wait until the server has processed it
    await until('the frame in its place', () => frame.isPlaced());
    expect(await placeOf(window)).toEqual(HERE);
    frame.destroy();
  });

  it('gets the focus back when the window that took it is gone, or focus was set to none', async () => {
    const { window, frame } = await framed(PID + 9);
    const hasIt = async () => (await browser.ask(GET_FOCUS, 0, words()))?.readUInt32LE(8);
    frame.focus();
    await until('the keyboard in the frame', async () => (await hasIt()) === window);
    browser.tell(SET_FOCUS, TO_NOBODY, words(0, 0));
    await until('the keyboard in the frame again', async () => (await hasIt()) === window);
    const other = await openWindow(PID + 10);
    browser.tell(SET_FOCUS, TO_NOBODY, words(other, 0));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await hasIt()).toBe(other);
    browser.tell(UNMAP, 0, words(other));
    await until('the keyboard in the frame once more', async () => (await hasIt()) === window);
    frame.hide();
    browser.tell(SET_FOCUS, TO_NOBODY, words(0, 0));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await hasIt()).toBe(0);
    frame.destroy();
  });

  it('is destroyed with its frame', async () => {
    const { window, frame } = await framed(PID + 6);
    frame.destroy();
    await until('the end of the window', async () => (await parentOf(window)) === undefined);
    expect(frames.windowsOf(PID + 6).size).toBe(0);
  });
});

describe('time', () => {
  let clock: ManualClock;
  let timed: XFrames;
  beforeAll(async () => {
    clock = createManualClock();
    timed = await openXFrames(
      { name: display.name },
      { clock, windowClass: 'frame-of-a-test', name: 'a test', redirects: true, keepsMenuButton: true },
    );
  });
  afterAll(() => timed.end());

  it('comes from the given clock: a frame is put back only when that clock advances', async () => {
    const { window, frame } = await framed(PID + 7, timed);
    askForPlace({ x: 0, y: 0, width: 50, height: 50 }, (await parentOf(window)) ?? 0);
    expect(await placeOf(window)).not.toEqual(HERE);
    expect(await frame.isPlaced()).toBe(false); // the server reports the move before it replies to this
    await clock.advance(20);
    await until('the frame in its place', () => frame.isPlaced());
    frame.destroy();
  });
});
