import { expect, it } from 'vitest';
import { oncePerInput } from '../../../main/features/browsing/once-per-input.ts';

const desk = () => {
  let nowMs = 1_000;
  let handMs: number | undefined = 0;
  const asked = oncePerInput({
    monotonicMs: () => nowMs,
    idleMs: async () => (handMs === undefined ? undefined : nowMs - handMs),
  });
  return {
    asked,
    later: (ms: number) => void (nowMs += ms),
    hand: () => void (handMs = nowMs),
    untold: () => void (handMs = undefined),
  };
};

it('lets a page open a thing of ours once, and again only after a hand was there', async () => {
  const { asked, later, hand } = desk();
  expect([await asked.print(), await asked.print(), await asked.print()]).toEqual([true, false, false]);
  later(60_000);
  expect(await asked.print()).toBe(false);
  hand();
  later(200);
  expect([await asked.print(), await asked.print()]).toEqual([true, false]);
});

it('takes the first for asked for, by whoever opened the page', async () => {
  const asked = oncePerInput({ monotonicMs: () => 1_000, idleMs: async () => Infinity });
  expect([await asked.print(), await asked.print()]).toEqual([true, false]);
});

it('counts a print and a document apart', async () => {
  const { asked } = desk();
  expect([await asked.print(), await asked.download(), await asked.download(), await asked.print()]).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

it('tells that a site sent too much beside the announcement of what came, once for each hand', async () => {
  const { asked, later, hand } = desk();
  expect([await asked.download(), await asked.limit(), await asked.limit()]).toEqual([true, true, false]);
  later(100);
  hand();
  later(200);
  expect(await asked.limit()).toBe(true);
});

it('leaves time between two where the devices say nothing', async () => {
  const { asked, later, untold } = desk();
  untold();
  expect([await asked.print(), await asked.print()]).toEqual([true, false]);
  later(21_000);
  expect(await asked.print()).toBe(true);
});

it('lets nothing more of a page that insists come for a while, whoever presses what meanwhile', async () => {
  const { asked, later, hand } = desk();
  const inAMoment = async (): Promise<readonly boolean[]> => {
    const all: boolean[] = [];
    for (let i = 0; i < 12; i++) {
      later(80);
      all.push(await asked.download());
    }
    return all.filter(Boolean);
  };
  expect(await inAMoment()).toEqual([true]);
  hand(); // puts the announcement away
  expect(await inAMoment()).toEqual([]);
  hand(); // presses "J’ai fini"
  expect(await inAMoment()).toEqual([]);
  later(20_000);
  hand();
  expect(await inAMoment()).toEqual([true]);
});

it('does not take for insisting a site that sends each document twice', async () => {
  const { asked, later, hand } = desk();
  for (let i = 0; i < 6; i++) {
    expect([await asked.download(), await asked.download()]).toEqual([true, false]);
    later(500);
    hand();
    later(500);
  }
});
