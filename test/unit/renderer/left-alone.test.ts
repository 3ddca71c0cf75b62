/** The passphrase screen that nobody uses, on a window whose time the test moves on. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { whenLeftAlone } from '../../../renderer/app/left-alone.ts';

const AFTER_MS = 60_000;
let place: EventTarget;
let left: number;
let stop: () => void;
const input = (type: string): boolean => place.dispatchEvent(new Event(type));

beforeEach(() => {
  vi.useFakeTimers();
  place = new EventTarget();
  left = 0;
  stop = whenLeftAlone(
    Object.assign(place, {
      setTimeout: (run: () => void, ms: number) => Number(setTimeout(run, ms)),
      clearTimeout: (id: number) => clearTimeout(id),
    }),
    { afterMs: AFTER_MS, onLeft: () => (left += 1) },
  );
});
afterEach(() => void vi.useRealTimers());

test('calls once after the whole time without input', () => {
  vi.advanceTimersByTime(AFTER_MS - 1);
  expect(left).toBe(0);
  vi.advanceTimersByTime(1);
  expect(left).toBe(1);
  input('keydown');
  vi.advanceTimersByTime(2 * AFTER_MS);
  expect(left).toBe(1);
});

test.each(['keydown', 'pointerdown', 'wheel'])('waits the whole time again after %s', (type) => {
  vi.advanceTimersByTime(AFTER_MS - 1);
  input(type);
  vi.advanceTimersByTime(AFTER_MS - 1);
  expect(left).toBe(0);
  vi.advanceTimersByTime(1);
  expect(left).toBe(1);
});

test.each(['pointermove', 'mousemove', 'touchmove'])(
  'does not wait longer for %s, which a leaning hand sends',
  (type) => {
    vi.advanceTimersByTime(AFTER_MS - 1);
    input(type);
    vi.advanceTimersByTime(1);
    expect(left).toBe(1);
  },
);

test('does not call once it was stopped', () => {
  input('keydown');
  stop();
  input('keydown');
  vi.advanceTimersByTime(2 * AFTER_MS);
  expect(left).toBe(0);
});
