import { expect, it } from 'vitest';
import { oncePerInput } from '../../../main/features/browsing/once-per-input.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const createFixture = () => {
  const clock = createManualClock();
  let inputMs: number | undefined = 0;
  const allow = oncePerInput({
    monotonicMs: clock.monotonicMs,
    idleMs: async () => (inputMs === undefined ? undefined : clock.monotonicMs() - inputMs),
  });
  return {
    allow,
    later: clock.advance,
    input: () => void (inputMs = clock.monotonicMs()),
    noIdleTime: () => void (inputMs = undefined),
  };
};

it('lets a page open our print screen once, and again only after user input', async () => {
  const { allow, later, input } = createFixture();
  expect([await allow.print(), await allow.print(), await allow.print()]).toEqual([true, false, false]);
  await later(60_000);
  expect(await allow.print()).toBe(false);
  input();
  await later(200);
  expect([await allow.print(), await allow.print()]).toEqual([true, false]);
});

it('allows the first request, because the person opened the page', async () => {
  const allow = oncePerInput({ monotonicMs: () => 1_000, idleMs: async () => Infinity });
  expect([await allow.print(), await allow.print()]).toEqual([true, false]);
});

it('counts prints and downloads separately', async () => {
  const { allow } = createFixture();
  expect([await allow.print(), await allow.download(), await allow.download(), await allow.print()]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('allows the notice that a site sent too much in addition to an announcement, once per input', async () => {
  const { allow, later, input } = createFixture();
  expect([await allow.download(), await allow.limit(), await allow.limit()]).toEqual([true, true, false]);
  await later(100);
  input();
  await later(200);
  expect(await allow.limit()).toBe(true);
});

it('requires a pause between two requests when the idle time is unknown', async () => {
  const { allow, later, noIdleTime } = createFixture();
  noIdleTime();
  expect([await allow.print(), await allow.print()]).toEqual([true, false]);
  await later(21_000);
  expect(await allow.print()).toBe(true);
});

it('blocks a page that insists for a while, even after further input', async () => {
  const { allow, later, input } = createFixture();
  const inAMoment = async (): Promise<readonly boolean[]> => {
    const all: boolean[] = [];
    for (let i = 0; i < 12; i++) {
      await later(80);
      all.push(await allow.download());
    }
    return all.filter(Boolean);
  };
  expect(await inAMoment()).toEqual([true]);
  input(); // dismisses the announcement
  expect(await inAMoment()).toEqual([]);
  input(); // presses "J’ai fini"
  expect(await inAMoment()).toEqual([]);
  await later(20_000);
  input();
  expect(await inAMoment()).toEqual([true]);
});

it('does not treat a site that sends each document twice as insisting', async () => {
  const { allow, later, input } = createFixture();
  for (let i = 0; i < 6; i++) {
    expect([await allow.download(), await allow.download()]).toEqual([true, false]);
    await later(500);
    input();
    await later(500);
  }
});
