import { expect, it } from 'vitest';
import { restartWhenIdle } from '../../../main/process/restart-when-idle.ts';
import { createManualClock } from '../shell-electron/manual-clock.ts';

const MINUTE = 60_000;
const set = (worn: boolean | undefined) => {
  const clock = createManualClock();
  const it_ = { worn, used: false, hour: 14, restarts: 0 };
  const stop = restartWhenIdle({
    clock,
    now: () => new Date(2026, 0, 5, it_.hour),
    worn: worn === undefined ? undefined : () => it_.worn === true,
    inSession: () => it_.used,
    restart: () => (it_.restarts += 1),
  });
  return { it_, clock, stop };
};

it('starts a worn program again once nobody has been there for a while, never under a person’s hands', async () => {
  const { it_, clock } = set(true);
  it_.used = true;
  await clock.advance(10 * MINUTE);
  expect(it_.restarts).toBe(0);
  it_.used = false;
  await clock.advance(2 * MINUTE);
  expect(it_.restarts).toBe(0);
  await clock.advance(2 * MINUTE);
  await clock.advance(10 * MINUTE);
  expect(it_.restarts).toBe(1);
});

it('starts it again in a night after a day in which somebody came, and in no other', async () => {
  const { it_, clock } = set(false);
  it_.hour = 3;
  await clock.advance(20 * MINUTE);
  expect(it_.restarts).toBe(0);
  it_.used = true;
  await clock.advance(MINUTE);
  it_.used = false;
  it_.hour = 22;
  await clock.advance(20 * MINUTE);
  expect(it_.restarts).toBe(0);
  it_.hour = 4;
  await clock.advance(MINUTE);
  expect(it_.restarts).toBe(1);
});

it('does nothing for a shell that holds nothing, nor once the kiosk ends', async () => {
  const nothing = set(undefined);
  const ended = set(true);
  ended.stop();
  await nothing.clock.advance(60 * MINUTE);
  await ended.clock.advance(60 * MINUTE);
  expect([nothing.it_.restarts, ended.it_.restarts]).toEqual([0, 0]);
});
