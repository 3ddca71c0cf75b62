import { beforeEach, expect, it } from 'vitest';
import { holdWhileSending, type SendingHold } from '../../../main/features/browsing/hold-while-sending.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

let clock: ManualClock;
let held: string[];
let times: number;
let hold: SendingHold;
beforeEach(() => {
  clock = createManualClock();
  held = [];
  times = 0;
  hold = holdWhileSending({
    clock,
    idleLocks: {
      acquire(what) {
        held.push(what);
        times += 1;
        return () => void held.pop();
      },
    },
  });
});

it('keeps the session active while a page that was given files is sending, however slow the connection', async () => {
  hold.see({ sending: true, lent: true });
  await clock.advance(2_000);
  hold.see({ sending: true, lent: true });
  expect(held).toEqual([]);
  await clock.advance(10 * 60_000);
  expect(held).toEqual(['upload']);
  hold.see({ sending: false, lent: true });
  expect(held).toEqual([]);
});

it('ignores requests that are answered quickly, and those of a page that was given no files', async () => {
  for (let i = 0; i < 100; i += 1) {
    hold.see({ sending: true, lent: true });
    await clock.advance(1_000);
    hold.see({ sending: false, lent: true });
    await clock.advance(5_000);
  }
  hold.see({ sending: true, lent: false });
  await clock.advance(60_000);
  expect(times).toBe(0);
});

it('ends with the page that was given the files', async () => {
  hold.see({ sending: true, lent: true });
  await clock.advance(5_000);
  expect(held).toEqual(['upload']);
  hold.stop();
  hold.stop();
  await clock.advance(5_000);
  expect(held).toEqual([]);
});

it('ends after fifteen minutes on a page that always has a request pending, and may start again on the next page', async () => {
  hold.see({ sending: true, lent: true });
  await clock.advance(15 * 60_000 + 3_000);
  expect(held).toEqual([]);
  hold.see({ sending: false, lent: true });
  hold.see({ sending: true, lent: true });
  await clock.advance(60_000);
  expect(held).toEqual([]);
  hold.stop();
  hold.see({ sending: true, lent: true });
  await clock.advance(5_000);
  expect(held).toEqual(['upload']);
});
