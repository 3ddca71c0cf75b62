/** The quick touch that follows a slow one: it is a press only once the page has seen it where it should be. */
import { expect, it } from 'vitest';
import type { CdpSession } from '../../../main/shell/guest/cdp-session.ts';
import { createQuickTouches } from '../../../main/shell/guest/slow-touch.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const begin = () => {
  const sent: unknown[] = [];
  const session = {
    send: async (_command: string, params: unknown) => void sent.push(params),
  } as unknown as CdpSession;
  const clock = createManualClock();
  return { sent, clock, touches: createQuickTouches(clock, session) };
};
const START = { type: 'touchStart', touchPoints: [{ x: 120.5, y: 80 }] };
const END = { type: 'touchEnd', touchPoints: [] };
const CANCEL = { type: 'touchCancel', touchPoints: [] };

it('lifts the finger once the page has seen it on the same thing, and not later', async () => {
  const { sent, clock, touches } = begin();
  expect(touches.onReport('touch 120.5 80')).toBe(true);
  expect(sent).toEqual([START]);
  touches.onReport('touch-aimed');
  await clock.advance(5_000);
  expect(sent).toEqual([START, END]);
});

it('withdraws a touch that has hit something else', async () => {
  const { sent, clock, touches } = begin();
  touches.onReport('touch 120.5 80');
  await clock.advance(5_000);
  touches.onReport('touch-aimed');
  expect(sent).toEqual([START, CANCEL]);
});

it('touches once at a time, and again after that', async () => {
  const { sent, touches } = begin();
  touches.onReport('touch 120.5 80');
  touches.onReport('touch 1 2');
  touches.onReport('touch-aimed');
  touches.onReport('touch 120.5 80');
  expect(sent).toEqual([START, END, START]);
});

it.each(['touch ', 'touch 12', 'touch a b', 'touch NaN 3'])('does nothing at no point: %s', (text) => {
  const { sent, touches } = begin();
  expect(touches.onReport(text)).toBe(true);
  expect(sent).toEqual([]);
});

it('leaves other reports alone', () => {
  expect(begin().touches.onReport('tab-out')).toBe(false);
});
