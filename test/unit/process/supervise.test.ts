import { beforeEach, describe, expect, it } from 'vitest';
import { EXIT_ALREADY_RUNNING, EXIT_BUG, EXIT_RESTART } from '../../../main/process/exit-codes.ts';
import { supervise, type ChildExit, type Supervisor } from '../../../main/process/watcher-supervise.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

interface Run {
  readonly mode: string;
  asked: boolean;
  killed: boolean;
  beat: () => void;
  exit: (exit: Partial<ChildExit>) => void;
}

let clock: ManualClock;
let runs: Run[];
let logged: string[];
let supervisor: Supervisor;
let code: number | undefined;
const latest = (): Run => runs.at(-1) as Run;
/** Lives and beats for so long. */
const live = async (seconds: number): Promise<void> => {
  for (let i = 0; i < seconds; i++) {
    latest().beat();
    await clock.advance(1_000);
  }
};
const die = async (): Promise<void> => {
  latest().exit({ signal: 'SIGKILL' });
  await clock.advance(0);
};

beforeEach(() => {
  clock = createManualClock();
  [runs, logged, code] = [[], [], undefined];
  supervisor = supervise({
    clock,
    logger: { log: (event) => void logged.push(event) },
    launch(mode) {
      const run: Run = { mode, asked: false, killed: false, beat: () => undefined, exit: () => undefined };
      runs.push(run);
      return {
        onBeat: (listener) => void (run.beat = listener),
        onExit: (listener) => void (run.exit = (exit) => listener({ code: null, signal: null, ...exit })),
        stop: () => void (run.asked = true),
        kill: () => void (run.killed = true),
      };
    },
  });
  void supervisor.ended.then((value) => (code = value));
});

describe('the watch over the main process', () => {
  it('leaves one that beats alone', async () => {
    await live(600);
    expect(runs.map(({ killed }) => killed)).toEqual([false]);
  });

  it('kills one that stopped beating for ten seconds, and starts another', async () => {
    await live(20);
    await clock.advance(8_000);
    expect(latest().killed).toBe(false);
    await clock.advance(3_000);
    expect(latest().killed).toBe(true);
    await die();
    await clock.advance(250);
    expect(runs.length).toBe(2);
    expect(logged).toEqual(['kiosk.hung', 'kiosk.died']);
  });

  it('is patient with one that still reads its code', async () => {
    await clock.advance(50_000);
    expect(latest().killed).toBe(false);
    await clock.advance(15_000);
    expect(latest().killed).toBe(true);
  });

  it('starts one that died again, later each time, then lets it rest behind the maintenance screen', async () => {
    for (const delayMs of [250, 1_000, 3_000, 10_000]) {
      const before = runs.length;
      await die();
      await clock.advance(delayMs - 1);
      expect(runs.length).toBe(before);
      await clock.advance(1);
      expect(runs.length).toBe(before + 1);
    }
    await die();
    await clock.advance(10_000);
    expect(runs.map(({ mode }) => mode)).toEqual(['work', 'work', 'work', 'work', 'work', 'rest']);
    await live(299);
    expect(latest().asked).toBe(false);
    await live(2);
    expect(latest().asked).toBe(true);
    latest().exit({ code: 0 });
    expect(latest().mode).toBe('work');
    // Dying at once means another rest, not another volley.
    await die();
    await clock.advance(10_000);
    expect(latest().mode).toBe('rest');
  });

  it('forgets earlier deaths after a calm minute', async () => {
    for (const delayMs of [250, 1_000, 3_000]) {
      await die();
      await clock.advance(delayMs);
    }
    await live(61);
    await die();
    await clock.advance(250);
    expect(runs.length).toBe(5);
  });

  it('starts another at once when the kiosk asks for it, and after a bug of ours', async () => {
    latest().exit({ code: EXIT_RESTART });
    expect(runs.length).toBe(2);
    latest().exit({ code: EXIT_BUG });
    await clock.advance(250);
    expect(runs.length).toBe(3);
  });

  it.each([0, 2])('ends with a kiosk that ended in order or was told nonsense (%i)', async (exit) => {
    latest().exit({ code: exit });
    await clock.advance(60_000);
    expect([code, runs.length]).toEqual([exit, 1]);
  });

  it('tries again when a kiosk after the first found its place taken', async () => {
    await live(2);
    await die();
    await clock.advance(250);
    latest().exit({ code: EXIT_ALREADY_RUNNING }); // by what is left of the one that died
    await clock.advance(1_000);
    expect([code, runs.length]).toEqual([undefined, 3]);
  });

  it('tries again when the kiosk that it starts anew finds the place of the last one taken', async () => {
    await live(600);
    latest().exit({ code: EXIT_RESTART });
    latest().exit({ code: EXIT_ALREADY_RUNNING });
    await clock.advance(1_000);
    expect([code, runs.length]).toEqual([undefined, 3]);
  });

  // Of a watcher that was killed, whose kiosk ends in order meanwhile: the system starts the next watcher at once.
  it('waits for a kiosk of before, which may still be ending', async () => {
    latest().exit({ code: EXIT_ALREADY_RUNNING });
    await clock.advance(2_000);
    latest().exit({ code: EXIT_ALREADY_RUNNING });
    await clock.advance(2_000);
    expect([code, runs.length, logged]).toEqual([undefined, 3, []]);
    await live(600);
    expect(runs.map(({ mode }) => mode)).toEqual(['work', 'work', 'work']);
  });

  it('ends with a kiosk that found its place taken all the while', async () => {
    for (let seconds = 0; seconds < 60 && code === undefined; seconds += 2) {
      latest().exit({ code: EXIT_ALREADY_RUNNING });
      await clock.advance(2_000);
    }
    expect(code).toBe(EXIT_ALREADY_RUNNING);
    expect(runs.length).toBeGreaterThan(15 / 2); // as long as a kiosk is given to end
  });

  it('waits no longer for its place when it is asked to end', async () => {
    latest().exit({ code: EXIT_ALREADY_RUNNING });
    supervisor.stop();
    await clock.advance(60_000);
    expect([code, runs.length]).toEqual([0, 1]);
  });

  it('asks the kiosk to end, waits for it, and does not start another', async () => {
    supervisor.stop();
    expect(latest().asked).toBe(true);
    await clock.advance(5_000);
    expect(code).toBeUndefined();
    latest().exit({ code: 0 });
    await clock.advance(60_000);
    expect([code, latest().killed, runs.length]).toEqual([0, false, 1]);
  });

  it('leaves one that is busy ending its time, then kills it', async () => {
    await live(5);
    supervisor.stop();
    await clock.advance(14_000); // longer than a silence that would mean that it hangs
    expect([latest().killed, logged]).toEqual([false, []]);
    await clock.advance(1_000);
    expect(latest().killed).toBe(true);
  });

  it('ends at once between two runs', async () => {
    await die();
    supervisor.stop();
    await clock.advance(60_000);
    expect([code, runs.length]).toEqual([0, 1]);
  });
});
