import { describe, expect, it } from 'vitest';
import type { RunningProgram, Stage } from '../../e2e/escape/stage.ts';
import { judge, type Verdict } from '../../e2e/escape/usable.ts';

const EMPTIES: RunningProgram = {
  pid: 70,
  program: '/usr/bin/dash',
  commandLine: '/bin/sh\0-c\0chmod -R u+rwX -- "$@"; rm -rf -- "$@"\0sh\0/dev/shm/pne-1/a\0',
};
const FOREIGN: RunningProgram = { pid: 70, program: '/usr/bin/dash', commandLine: 'sh\0-c\0id\0' };

/** A kiosk that is as it should be, below which `one` runs from the n-th look at its processes on. */
const stageWhere = (one: RunningProgram, fromLook: number): Stage => {
  let looks = 0;
  const look = (): readonly RunningProgram[] => (++looks >= fromLook ? [one] : []);
  const given: Partial<Stage> = {
    windows: async () => ({
      kiosk: [{ id: 1, class: '', name: '', x: 0, y: 0, width: 1280, height: 800, unmanaged: false }],
      sites: [],
      others: [],
    }),
    sinceHandMs: () => Infinity,
    screensSpeak: async () => true,
    screen: { click: async () => undefined } as unknown as Stage['screen'],
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
  return given as Stage;
};
const judged = (one: RunningProgram): Promise<readonly Verdict[]> =>
  Promise.all([1, 2, 3, 4, 5].map((look) => judge(stageWhere(one, look))));

describe('programs below a kiosk', () => {
  it('are not told when an account that ended begins to empty its folders while somebody looks', async () => {
    expect(await judged(EMPTIES)).toEqual(Array.from({ length: 5 }, () => ({ kind: 'held' })));
  });

  it('are told when a page started one', async () => {
    const [verdict] = await judged(FOREIGN);
    expect(verdict).toEqual({ kind: 'escaped', why: 'a program was started: /usr/bin/dash' });
  });
});
