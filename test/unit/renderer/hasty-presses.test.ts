import { describe, expect, it } from 'vitest';
import { ignoreHastyPresses } from '../../../renderer/app/hasty-presses.ts';

class FakeElement {
  readonly parentNode: FakeElement | null;
  textContent = 'Suivant';
  constructor(parentNode: FakeElement | null = null) {
    this.parentNode = parentNode;
  }
  closest(): FakeElement {
    return this;
  }
  matches(): boolean {
    return false;
  }
}
class FakeDialog extends FakeElement {}
type Changes = readonly { addedNodes: readonly FakeElement[]; removedNodes: readonly FakeElement[] }[];

const SETTLE_MS = 400;

const page = (settleMs = SETTLE_MS) => {
  let nowMs = 10_000;
  let changed: (changes: Changes) => void = () => undefined;
  let frames: (() => void)[] = [];
  const target = Object.assign(new EventTarget(), {
    document: {},
    Element: FakeElement,
    HTMLDialogElement: FakeDialog,
    MutationObserver: class {
      constructor(onChange: typeof changed) {
        changed = onChange;
      }
      observe(): void {}
      disconnect(): void {}
    },
    requestAnimationFrame: (draw: () => void) => frames.push(draw),
    setTimeout: () => 0,
  });
  ignoreHastyPresses({
    target: target as unknown as Window & typeof globalThis,
    now: () => nowMs,
    settleMs: () => settleMs,
  });
  return {
    pass: (ms: number) => void (nowMs += ms),
    appears: (...addedNodes: readonly FakeElement[]) => changed([{ addedNodes, removedNodes: [] }]),
    disappears: (...removedNodes: readonly FakeElement[]) => changed([{ addedNodes: [], removedNodes }]),
    frame() {
      for (const draw of frames.splice(0)) draw();
      frames = [];
    },
    /** True when the press counts. `agoMs`: how long it waited for a machine that was busy. */
    press(pressed: FakeElement, { agoMs = 0, times = 1 } = {}): boolean {
      const event = new Event('click', { cancelable: true });
      Object.defineProperties(event, {
        target: { value: pressed },
        timeStamp: { value: nowMs - agoMs },
        detail: { value: times },
      });
      return target.dispatchEvent(event);
    },
  };
};

describe('a press', () => {
  it('counts on what has been there for a while, and not on what has just appeared', () => {
    const { appears, frame, pass, press } = page();
    const screen = new FakeElement();
    const button = new FakeElement(screen);
    appears(screen);
    frame();
    pass(SETTLE_MS - 1);
    expect(press(button)).toBe(false);
    pass(1);
    expect(press(button)).toBe(true);
  });

  it('made before the element had appeared does not count, however late a busy machine delivers it', () => {
    const { appears, frame, pass, press } = page();
    const button = new FakeElement();
    appears(button);
    frame();
    pass(1_500);
    expect(press(button, { agoMs: 1_300 })).toBe(false);
    expect(press(button, { agoMs: 1_000 })).toBe(true);
  });

  it('does not count before the first frame with the element, which nobody has seen yet', () => {
    const { appears, frame, pass, press } = page();
    const button = new FakeElement();
    appears(button);
    pass(1_500);
    expect(press(button)).toBe(false);
    frame();
    pass(100);
    expect(press(button)).toBe(false);
    pass(SETTLE_MS);
    expect(press(button)).toBe(true);
  });

  it('does not count just after a dialog has gone', () => {
    const { disappears, frame, pass, press } = page();
    const button = new FakeElement();
    expect(press(button)).toBe(true);
    disappears(new FakeDialog());
    frame();
    expect(press(button)).toBe(false);
    pass(SETTLE_MS);
    expect(press(button)).toBe(true);
  });

  it('that comes second counts only on the same element with the same words', () => {
    const { press } = page();
    const [button, slid] = [new FakeElement(), new FakeElement()];
    expect(press(button)).toBe(true);
    expect(press(button, { times: 2 })).toBe(true);
    expect(press(slid, { times: 2 })).toBe(false);
    button.textContent = 'Terminer';
    expect(press(button, { times: 2 })).toBe(false);
    expect(press(button)).toBe(true);
  });

  it('always counts on a kiosk whose pause is zero', () => {
    const { appears, press } = page(0);
    const button = new FakeElement();
    appears(button);
    expect(press(button)).toBe(true);
  });
});
