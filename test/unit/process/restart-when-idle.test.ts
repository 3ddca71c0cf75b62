import { expect, it } from 'vitest';
import { restartWhenIdle } from '../../../main/process/restart-when-idle.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const MINUTE = 60_000;
const createFixture = (worn: boolean | undefined) => {
  const clock = createManualClock();
  const state = { worn, used: false, untouchedMs: undefined as number | undefined, hour: 14, restarts: 0 };
  const stop = restartWhenIdle({
    clock,
    now: () => new Date(2026, 0, 5, state.hour),
    worn: worn === undefined ? undefined : () => state.worn === true,
    inSession: () => state.used,
    idleMs: async () => state.untouchedMs,
    restart: () => (state.restarts += 1),
  });
  return { state, clock, stop };
};

it('restarts a worn program after some idle minutes, and never during a session', async () => {
  const { state, clock } = createFixture(true);
  state.used = true;
  await clock.advance(10 * MINUTE);
  expect(state.restarts).toBe(0);
  state.used = false;
  await clock.advance(2 * MINUTE);
  expect(state.restarts).toBe(0);
  await clock.advance(2 * MINUTE);
  await clock.advance(10 * MINUTE);
  expect(state.restarts).toBe(1);
});

it('waits for somebody who has not begun a session: the agent, or a reader of the first screen', async () => {
  const { state, clock } = createFixture(true);
  state.untouchedMs = 20_000;
  await clock.advance(10 * MINUTE);
  expect(state.restarts).toBe(0);
  state.untouchedMs = 4 * MINUTE;
  await clock.advance(MINUTE);
  expect(state.restarts).toBe(1);
});

it('restarts at night only if there was a session since the start', async () => {
  const { state, clock } = createFixture(false);
  state.hour = 3;
  await clock.advance(20 * MINUTE);
  expect(state.restarts).toBe(0);
  state.used = true;
  await clock.advance(MINUTE);
  state.used = false;
  state.hour = 22;
  await clock.advance(20 * MINUTE);
  expect(state.restarts).toBe(0);
  state.hour = 4;
  await clock.advance(MINUTE);
  expect(state.restarts).toBe(1);
});

it('does nothing for a shell that does not wear, nor after the stop', async () => {
  const nothing = createFixture(undefined);
  const ended = createFixture(true);
  ended.stop();
  await nothing.clock.advance(60 * MINUTE);
  await ended.clock.advance(60 * MINUTE);
  expect([nothing.state.restarts, ended.state.restarts]).toEqual([0, 0]);
});
