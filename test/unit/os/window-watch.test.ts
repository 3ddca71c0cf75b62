import { describe, expect, it } from 'vitest';
import { silentLogger } from '../../../main/log/logger.ts';
import type { WindowFacts, XWindowEvent, XWindows } from '../../../main/platform/x11/windows.ts';
import { startWindowWatch } from '../../../main/shell/guest/window-watch.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const OUR_BROWSER = 42;
/** Of ours, for the window of a site. */
const FRAME = 90;
const guest: WindowFacts = { pid: OUR_BROWSER, class: 'point-numerique-guest', types: [], role: '', above: false };
const foreign: WindowFacts = { pid: 7, class: 'Xev', types: [], role: '', above: false };

/** A display on which windows come and go; remembers what was done to each. */
const playDisplay = async (before: readonly number[] = [], framed?: number, awaited?: string) => {
  const clock = createManualClock();
  const done: string[] = [];
  const captures: number[] = [];
  const gone = new Set<number>();
  let held = false;
  const named: number[] = [];
  const kept: number[] = [];
  const facts = new Map<number, WindowFacts>(before.map((id) => [id, foreign]));
  let managed = [...before];
  let waits = awaited;
  let say: (event: XWindowEvent) => void = () => undefined;
  const windows: XWindows = {
    managed: async () => managed,
    factsOf: async (id) => facts.get(id),
    keepName: (id) => void named.push(id),
    hide: (id) => void done.push(`hide ${id}`),
    keepOnScreen: (id) => void kept.push(id),
    askToClose: (id) => void done.push(`close ${id}`),
    destroy(id) {
      done.push(`destroy ${id}`);
      gone.add(id);
    },
    isShown: async (id) => !gone.has(id),
    isPointerHeld: async () => held,
    onEvent: (listener) => (say = listener),
    onEnd: () => undefined,
    end: () => undefined,
  };
  const watch = await startWindowWatch({
    clock,
    logger: silentLogger,
    windows,
    browsers: () => new Set([OUR_BROWSER]),
    mayBeOurs: (_id, { class: name }) => name.startsWith('point-numerique-'),
    frames: () => ({
      isFrame: (id) => id === FRAME,
      windowsOf: () => new Set(framed === undefined ? [] : [framed]),
      isAwaited: (pid, role) => pid === OUR_BROWSER && role === waits,
    }),
    onCapture: () => void captures.push(clock.monotonicMs()),
  });
  await clock.advance(0);
  return {
    clock,
    done,
    captures,
    named,
    kept,
    watch,
    async comes(id: number, what: WindowFacts | undefined, isManaged = true) {
      if (what) facts.set(id, what);
      gone.delete(id);
      if (isManaged) managed.push(id);
      say(isManaged ? { kind: 'list-changed' } : { kind: 'unmanaged', id });
      await clock.advance(0);
    },
    mouseIsHeld: (now: boolean) => void (held = now),
    frameGivesUp: () => void (waits = undefined),
    async goes(id: number) {
      gone.add(id);
      managed = managed.filter((one) => one !== id);
      say({ kind: 'list-changed' });
      await clock.advance(0);
    },
  };
};

describe('the window watch', () => {
  it('hides and closes a window of another program, and destroys one that stays', async () => {
    const display = await playDisplay();
    await display.comes(1, foreign);
    expect(display.done).toEqual(['hide 1', 'close 1']);
    await display.clock.advance(1_000);
    expect(display.done).toEqual(['hide 1', 'close 1', 'destroy 1']);
  });

  it('does not destroy another window that has the id of one that is gone, but judges it', async () => {
    const display = await playDisplay();
    await display.comes(1, foreign);
    await display.comes(1, guest); // both changes between two reads of the list
    await display.comes(2, foreign);
    await display.comes(2, { ...foreign, pid: 8 });
    const before = ['hide 1', 'close 1', 'hide 2', 'close 2'];
    expect(display.done).toEqual(before);
    await display.clock.advance(1_000);
    expect(display.done).toEqual([...before, 'hide 2', 'close 2']);
    expect(display.named).toEqual([1]);
    await display.clock.advance(1_000);
    expect(display.done).toEqual([...before, 'hide 2', 'close 2', 'destroy 2']);
  });

  it('leaves the windows that were there before the kiosk to whoever sits at the desktop', async () => {
    const display = await playDisplay([9]);
    await display.comes(1, guest);
    expect(display.done).toEqual([]);
  });

  it('lets each of our browsers have one window, and the next one when that is gone', async () => {
    const display = await playDisplay();
    await display.comes(1, guest);
    await display.comes(2, guest);
    expect(display.done).toEqual(['hide 2', 'close 2']);
    await display.goes(1);
    await display.comes(3, guest);
    expect(display.done).toEqual(['hide 2', 'close 2']);
    // Each of ours keeps a name that says nothing of the page in it.
    expect(display.named).toEqual([1, 3]);
  });

  it('leaves our frames alone, and lets a browser whose window is in one have no other', async () => {
    const display = await playDisplay([], 1);
    await display.comes(FRAME, foreign);
    await display.comes(2, guest);
    expect(display.done).toEqual(['hide 2', 'close 2']);
  });

  it('leaves one that a frame waits for to that frame, and no other of that browser', async () => {
    const display = await playDisplay([], 1, 'pop-up');
    await display.comes(2, { ...guest, role: 'pop-up' });
    await display.comes(3, { ...guest, role: 'browser' });
    expect(display.done).toEqual(['hide 3', 'close 3']);
  });

  it('judges a window again that no frame took after all', async () => {
    const display = await playDisplay([], 1, 'pop-up');
    await display.comes(2, { ...guest, role: 'pop-up' });
    display.frameGivesUp();
    await display.comes(1, guest);
    expect(display.done).toEqual(['hide 2', 'close 2']);
  });

  it('knows a window by its process and its class: neither is enough', async () => {
    const display = await playDisplay();
    await display.comes(1, { ...guest, pid: 7 });
    await display.comes(2, { ...guest, class: 'Chromium' });
    expect(display.done).toEqual(['hide 1', 'close 1', 'hide 2', 'close 2']);
  });

  it('leaves the list of choices of a site open, and closes what another program draws over it', async () => {
    const display = await playDisplay();
    await display.comes(1, { pid: OUR_BROWSER, class: '', types: ['MENU'], role: '', above: false }, false);
    await display.comes(2, { pid: 7, class: '', types: ['MENU'], role: '', above: false }, false);
    await display.comes(3, { pid: undefined, class: '', types: [], role: '', above: false }, false); // the window manager's own
    expect(display.done).toEqual(['hide 2', 'close 2']);
    expect(display.kept).toEqual([1]); // on the screen
  });

  it('closes a menu of the browser’s own, which lies above all others', async () => {
    const display = await playDisplay();
    await display.comes(1, { pid: OUR_BROWSER, class: '', types: ['MENU'], role: '', above: true }, false);
    await display.comes(2, { pid: OUR_BROWSER, class: '', types: ['TOOLTIP'], role: '', above: true }, false);
    expect(display.done).toEqual(['hide 1', 'close 1']);
  });

  it('takes the mouse back each time that a page captures it under the browser’s own notice', async () => {
    const display = await playDisplay();
    const notice: WindowFacts = { pid: OUR_BROWSER, class: '', types: ['NOTIFICATION'], role: 'popup', above: true };
    await display.comes(1, notice, false);
    expect(display.captures).toHaveLength(0); // the page gave the mouse back at once, and captures it again
    display.mouseIsHeld(true);
    await display.clock.advance(100);
    expect(display.captures).toHaveLength(1);
    expect(display.done).toEqual(['destroy 1']);
    await display.comes(1, notice, false);
    expect(display.captures).toHaveLength(2);
  });

  it('leaves the suggestions under a text field open', async () => {
    const display = await playDisplay();
    const list: WindowFacts = { pid: OUR_BROWSER, class: '', types: ['NOTIFICATION'], role: 'popup', above: true };
    await display.comes(1, list, false);
    await display.clock.advance(5_000);
    await display.goes(1);
    display.mouseIsHeld(true); // a select list, later
    await display.clock.advance(5_000);
    expect(display.done).toEqual([]);
    expect(display.captures).toEqual([]);
  });

  it('hides the picture of what is dragged, again and again, and leaves the drag itself alone', async () => {
    const display = await playDisplay();
    const picture: WindowFacts = { pid: OUR_BROWSER, class: '', types: ['DND'], role: '', above: false };
    await display.comes(1, picture, false);
    await display.comes(1, picture, false);
    await display.clock.advance(2_000);
    expect(display.done).toEqual(['hide 1', 'hide 1']);
  });

  it('does nothing to a window that went before it was looked at, nor after it was stopped', async () => {
    const display = await playDisplay();
    await display.comes(1, undefined);
    display.watch.stop();
    await display.comes(2, foreign);
    expect(display.done).toEqual([]);
  });
});
