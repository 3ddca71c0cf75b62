import { describe, expect, it } from 'vitest';
import type { RunningProgram, Fixture } from '../../e2e/escape/fixture.ts';
import { judge, type Verdict } from '../../e2e/escape/usable.ts';

const EMPTIES: RunningProgram = {
  pid: 70,
  program: '/usr/bin/dash',
  commandLine: '/bin/sh\0-c\0chmod -R u+rwX -- "$@"; rm -rf -- "$@"\0sh\0/dev/shm/pne-1/a\0',
};
const FOREIGN: RunningProgram = { pid: 70, program: '/usr/bin/dash', commandLine: 'sh\0-c\0id\0' };

/** A healthy kiosk that has `one` as a child process from the n-th process listing on. */
const fixtureWhere = (one: RunningProgram, fromLook: number): Fixture => {
  let looks = 0;
  const look = (): readonly RunningProgram[] => (++looks >= fromLook ? [one] : []);
  const given: Partial<Fixture> = {
    windows: async () => ({
      kiosk: [{ id: 1, class: '', name: '', x: 0, y: 0, width: 1280, height: 800, unmanaged: false }],
      sites: [],
      others: [],
    }),
    sinceInputMs: () => Infinity,
    screensSpeak: async () => true,
    screen: { click: async () => undefined } as unknown as Fixture['screen'],
    say: async () => ({ ok: true }),
    requests: () => [],
    victim: { port: 1, reached: () => 0 },
    processes: look,
    pidsWith: (text) =>
      look()
        .filter(({ commandLine }) => commandLine.includes(text))
        .map(({ pid }) => pid),
    started: () => '',
    log: () => [],
    phase: () => 'active',
    visit: () => null,
  };
  return given as Fixture;
};
const judged = (one: RunningProgram): Promise<readonly Verdict[]> =>
  Promise.all([1, 2, 3, 4, 5].map((look) => judge(fixtureWhere(one, look))));

describe('child processes of a kiosk', () => {
  it('may include the commands that empty the folders of an ended account, whenever they appear', async () => {
    expect(await judged(EMPTIES)).toEqual(Array.from({ length: 5 }, () => ({ kind: 'held' })));
  });

  it('are an escape when a page started one', async () => {
    const [verdict] = await judged(FOREIGN);
    expect(verdict).toEqual({ kind: 'escaped', why: 'a program was started: /usr/bin/dash' });
  });
});
