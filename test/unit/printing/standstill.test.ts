import { describe, expect, it } from 'vitest';
import {
  StandstillWatch,
  type QueueReading,
  type Standstill,
  type StandstillInput,
} from '../../../main/devices/standstill.ts';
import { meaningOf } from '../../../main/devices/state-message.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

const reading = (change: Partial<QueueReading> = {}): QueueReading => ({
  state: 'processing',
  reasons: ['job-printing'],
  message: '',
  progress: 0,
  ...change,
});

const watching = () => {
  const clock = createManualClock();
  const watch = new StandstillWatch(clock);
  const input: StandstillInput = {
    readings: [reading()],
    delivered: true,
    sides: 3,
    sidesOut: 0,
    ended: 0,
    reasons: [],
  };
  const see = (change: Partial<StandstillInput> = {}): Standstill => watch.update({ ...input, ...change });
  see();
  /** Minutes later, nothing having moved. */
  const after = async (seconds: number, change: Partial<StandstillInput> = {}): Promise<Standstill> => {
    await clock.advance(seconds * 1000);
    return see(change);
  };
  return { see, after };
};

describe('a stuck job', () => {
  it('is reported after a minute, and given up some minutes later', async () => {
    const { after } = watching();
    expect(await after(59, { sidesOut: 1 })).toMatchObject({ reasons: [], hopeless: false });
    expect(await after(59, { sidesOut: 1 })).toMatchObject({ reasons: [], hopeless: false });
    expect(await after(1, { sidesOut: 1 })).toMatchObject({ reasons: ['stalled'], hopeless: false });
    expect(await after(219, { sidesOut: 1 })).toMatchObject({ reasons: ['stalled'], hopeless: false });
    expect(await after(2, { sidesOut: 1 })).toMatchObject({ reasons: ['stalled'], hopeless: true });
  });

  it('is reported later while nothing was counted: some printers count only at the end', async () => {
    const { after } = watching();
    expect((await after(60 + 6 * 20 - 1, { sides: 20 })).reasons).toEqual([]);
    expect((await after(1, { sides: 20 })).reasons).toEqual(['stalled']);
    const waiting = watching();
    const pending = { sides: 20, readings: [reading({ state: 'pending' })] };
    expect((await waiting.after(60, pending)).reasons).toEqual(['stalled']);
  });

  it.each<[string, Partial<StandstillInput>]>([
    ['a page', { sidesOut: 1 }],
    ['an ended part', { ended: 1 }],
    ['a counter of the queue, though it counts no paper', { readings: [reading({ progress: 1 })] }],
  ])('is one no more once there is %s', async (_, moved) => {
    const { after } = watching();
    expect((await after(80)).reasons).toEqual(['stalled']);
    expect((await after(1, moved)).reasons).toEqual([]);
    expect((await after(59, moved)).reasons).toEqual([]);
  });

  it('is still given up when the queue keeps retrying', async () => {
    const { after } = watching();
    for (let i = 0; i < 5; i += 1) {
      await after(10, { readings: [reading({ state: 'pending' })] });
      await after(10, { readings: [reading()] });
    }
    expect((await after(1)).reasons).toEqual(['stalled']);
  });

  it('gets more time behind someone else’s document', async () => {
    const { after } = watching();
    const behind = { readings: [reading({ state: 'pending' })], reasons: ['busy'] as const };
    expect((await after(170, behind)).reasons).toEqual([]);
    expect(await after(11, behind)).toMatchObject({ reasons: ['stalled'], hopeless: false });
    expect((await after(10 * 60, behind)).hopeless).toBe(true);
  });

  it('is given more time for more pages, since some queues count none before the end', async () => {
    const { after } = watching();
    expect((await after(300, { sides: 60 })).hopeless).toBe(false);
    expect((await after(1200, { sides: 60 })).hopeless).toBe(true);
  });

  it('is held only once its document is in', async () => {
    const incoming = [reading({ state: 'pending-held', reasons: ['job-incoming'] })];
    const held = [reading({ state: 'pending-held', reasons: ['job-hold-until-specified'] })];
    const { after } = watching();
    expect((await after(6, { readings: incoming })).reasons).toEqual([]);
    expect((await after(1, { readings: held, delivered: false })).reasons).toEqual([]);
    expect((await after(1, { readings: held })).reasons).toEqual(['held']);
    expect((await after(240, { readings: held })).hopeless).toBe(true);
  });

  it('is never given up while paper is missing', async () => {
    const { after } = watching();
    expect(await after(3600, { reasons: ['paper-out'] })).toMatchObject({ reasons: [], hopeless: false });
  });

  it('lacks paper, as its queue says in words, only once nothing moves', async () => {
    const empty = (progress: number) => ({ readings: [reading({ message: 'No paper', progress })] });
    const { after } = watching();
    for (const page of [1, 2, 3]) expect((await after(9, empty(page))).reasons).toEqual([]);
    expect((await after(11, empty(3))).reasons).toEqual(['paper-out']);
    expect((await after(1, empty(4))).reasons).toEqual([]);
  });

  it('gets ten minutes when the queue is paused', async () => {
    const { after } = watching();
    expect((await after(599, { reasons: ['paused'] })).hopeless).toBe(false);
    expect((await after(2, { reasons: ['paused'] })).hopeless).toBe(true);
  });

  it('looks for a printer that may be waking up before it says that it does not answer', async () => {
    const away = { readings: [reading({ message: 'The printer is not responding.' })] };
    const { after } = watching();
    expect(await after(1, away)).toMatchObject({ reasons: ['connecting'], neverReached: true });
    expect(await after(15, away)).toMatchObject({ reasons: ['offline'], neverReached: true });
    expect(await after(1, { readings: [reading({ message: 'Connected to printer.' })] })).toMatchObject({
      neverReached: false,
    });
    expect((await after(30, away)).neverReached).toBe(false);
  });

  it('reports nothing for a printer without a status text', async () => {
    expect((await watching().after(1000)).neverReached).toBe(false);
  });
});

describe('what a queue says in words', () => {
  it.each([
    ['The printer may not exist or is unavailable at this time.', 'offline'],
    ['The printer is not responding.', 'offline'],
    ['The printer is unreachable at this time.', 'offline'],
    ['Unable to locate printer "hp-accueil.local".', 'offline'],
    ['Unable to connect to printer; will retry in 30 seconds...', 'offline'],
    ['Waiting for printer to become available.', 'offline'],
    ['Unplugged or turned off', 'offline'],
    ['Destination printer does not exist.', 'offline'],
    ['L’imprimante ne répond pas.', 'offline'],
    ["L'imprimante n'existe peut-être pas ou n'est pas disponible pour le moment.", 'offline'],
    ['The printer is in use.', 'busy'],
    ['Network host "10.0.0.4" is busy; will retry in 30 seconds...', 'busy'],
    ['Printer error: No Paper (03)', 'paper-out'],
    ['Paper jam in tray 2', 'jam'],
    ['Cover open', 'cover-open'],
    ['Connecting to printer.', 'connecting'],
    ['Looking up "imprimante.local".', 'connecting'],
    ['Printing.', undefined],
    ['Idle.', undefined],
    ['Connected to printer.', undefined],
    ['Color Manager: no profiles specified in PPD', undefined],
    ['Finished page 2.', undefined],
    ['', undefined],
  ])('%s', (message, reason) => {
    expect(meaningOf(message)).toBe(reason);
  });
});
