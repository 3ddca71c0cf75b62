/** The agents' hidden gesture, on a window whose timers run only when the test says so. */
import { expect, test } from 'vitest';
import { watchCorner } from '../../../renderer/features/agent/corner-hold.ts';

const HOLD_MS = 5_000;

const setUp = () => {
  let listeners: [type: string, listener: (event: PointerEvent) => void][] = [];
  let timers: (() => void)[] = [];
  let opened = 0;
  const stop = watchCorner(
    {
      innerWidth: 1280,
      innerHeight: 800,
      setTimeout: (run) => timers.push(run),
      clearTimeout: () => (timers = []),
      addEventListener: (...added) => listeners.push([added[0], added[1]]),
      removeEventListener: (...removed) => (listeners = listeners.filter(([, listener]) => listener !== removed[1])),
    },
    { corner: 'bottom-left', holdMs: HOLD_MS, onHeld: () => (opened += 1) },
  );
  return {
    stop,
    opened: () => opened,
    timer: () => timers.splice(0).forEach((run) => run()),
    pointer: (type: 'down' | 'move' | 'up' | 'cancel', timeStamp: number, [clientX, clientY] = [12, 788]) => {
      for (const [name, listener] of listeners)
        if (name === `pointer${type}`) listener({ timeStamp, clientX, clientY } as PointerEvent);
    },
  };
};

test('opens once when the timer ends, and not again on release', () => {
  const { pointer, timer, opened } = setUp();
  pointer('down', 0);
  timer();
  expect(opened()).toBe(1);
  pointer('up', HOLD_MS + 300);
  expect(opened()).toBe(1);
});

test('opens on release when a busy machine started the timer late', () => {
  const { pointer, timer, opened } = setUp();
  pointer('down', 100);
  pointer('up', 100 + HOLD_MS);
  expect(opened()).toBe(1);
  timer();
  expect(opened()).toBe(1);
});

test.each<[string, (pointer: ReturnType<typeof setUp>['pointer']) => void]>([
  ['a release a moment too soon', (pointer) => pointer('up', HOLD_MS - 1)],
  ['a hold that leaves the corner', (pointer) => pointer('move', 900, [400, 300])],
  ['a hold that the browser takes away', (pointer) => pointer('cancel', HOLD_MS + 1)],
])('does not open on %s', (_, act) => {
  const { pointer, timer, opened } = setUp();
  pointer('down', 0);
  act(pointer);
  timer();
  pointer('up', HOLD_MS + 500);
  expect(opened()).toBe(0);
});

test('does not open on a press elsewhere, or when it is no longer watched', () => {
  const { pointer, timer, opened, stop } = setUp();
  pointer('down', 0, [400, 300]);
  pointer('up', HOLD_MS + 500, [400, 300]);
  stop();
  pointer('down', 0);
  timer();
  expect(opened()).toBe(0);
});
