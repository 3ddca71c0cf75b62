import { expect, it } from 'vitest';
import { hostResolvers, unlessMapped, type Lookup } from '../../../../main/platform/network/resolve-host.ts';
import { createManualClock, type ManualClock } from '../../../fakes/manual-clock.ts';

/** Half of libuv's threads (`THREADS_ENV`). */
const SYSTEM_THREADS = 16;

/** The system's lookup: a bounded number at a time, first in, first out, and nothing can be cancelled. */
const fakeSystem = (clock: ManualClock, takesMs: (host: string) => number) => {
  const queue: (() => void)[] = [];
  const asked: string[] = [];
  let busy = 0;
  const next = (): void => {
    if (busy < SYSTEM_THREADS) queue.shift()?.();
  };
  const lookup: Lookup = (host) =>
    new Promise((resolve, reject) => {
      asked.push(host);
      queue.push(() => {
        busy += 1;
        const ms = takesMs(host);
        clock.after(ms, () => {
          busy -= 1;
          if (ms < HANGS_MS) resolve(['203.0.113.1']);
          else reject(Object.assign(new Error('no server answers'), { code: 'EAI_AGAIN' }));
          next();
        });
      });
      next();
    });
  return { lookup, asked };
};

const HANGS_MS = 20_000;
const createFixture = () => {
  const clock = createManualClock();
  const system = fakeSystem(clock, (host) => (host.endsWith('.dead.test') ? HANGS_MS : 40));
  return { clock, ...system, open: hostResolvers(clock, system.lookup) };
};

/** When a promise resolves, and to what. */
const timed = (clock: ManualClock, what: Promise<readonly string[] | undefined>) => {
  const startMs = clock.monotonicMs();
  const seen: { ms?: number; addresses?: readonly string[] | undefined } = {};
  void what.then((addresses) => Object.assign(seen, { ms: clock.monotonicMs() - startMs, addresses }));
  return seen;
};

/** A page that asks for 80 names a second in a zone whose server is dead. */
const flood = async (
  clock: ManualClock,
  resolve: (host: string) => Promise<unknown>,
  seconds: number,
): Promise<void> => {
  for (let i = 0; i < seconds * 80; i++) {
    void resolve(`x${i}-${clock.monotonicMs()}.dead.test`);
    await clock.advance(12.5);
  }
};

it('answers the next guest and ourselves at once after a flood of names that hang', async () => {
  const { clock, lookup, open } = createFixture();
  const hostile = open();
  await flood(clock, hostile.resolve, 30);
  const ours = timed(clock, lookup('printer.lan.test'));
  const beside = timed(clock, open().resolve('mail.exemple.test'));
  hostile.stop();
  const next = timed(clock, open().resolve('www.exemple.test'));
  await clock.advance(4_000);
  expect([ours, beside, next]).toEqual(Array(3).fill({ ms: 40, addresses: ['203.0.113.1'] }));
});

it('keeps threads for ourselves, however many guests ask', async () => {
  const { clock, lookup, open } = createFixture();
  const guests = [open(), open(), open()];
  await Promise.all(guests.map((one, index) => flood(clock, (host) => one.resolve(`${index}-${host}`), 2)));
  const ours = Array.from({ length: 4 }, (_, index) => timed(clock, lookup(`printer-${index}.lan.test`)));
  await clock.advance(4_000);
  expect(ours.map((one) => one.ms)).toEqual([40, 40, 40, 40]);
});

it('never looks up a name that nobody waits for any more', async () => {
  const { clock, asked, open } = createFixture();
  const guest = open();
  await flood(clock, guest.resolve, 1);
  await clock.advance(HANGS_MS - 2_000);
  void guest.resolve('www.exemple.test');
  await clock.advance(4_000);
  expect(asked).toHaveLength(9);
  expect(asked.at(-1)).toBe('www.exemple.test');
});

it('never looks up the waiting names of a guest that ended', async () => {
  const { clock, asked, open } = createFixture();
  const guest = open();
  for (let index = 0; index < 20; index++) void guest.resolve(`slow-${index}.exemple.test`);
  guest.stop();
  await clock.advance(4_000);
  expect(asked).toHaveLength(8);
});

it('costs an honest page with sixty hosts less than half a second', async () => {
  const { clock, open } = createFixture();
  const { resolve } = open();
  const hosts = Array.from({ length: 60 }, (_, index) => timed(clock, resolve(`h${index}.exemple.test`)));
  await clock.advance(4_000);
  expect(Math.max(...hosts.map((one) => one.ms ?? Infinity))).toBe(320);
});

it('caches a name for a minute, for its guest alone', async () => {
  const { clock, asked, open } = createFixture();
  const { resolve } = open();
  void resolve('un.exemple.test');
  await clock.advance(100);
  expect(await resolve('un.exemple.test')).toEqual(['203.0.113.1']);
  expect(asked).toHaveLength(1);
  void open().resolve('un.exemple.test');
  expect(asked).toHaveLength(2);
  await clock.advance(61_000);
  void resolve('un.exemple.test');
  expect(asked).toHaveLength(3);
});

it('caches that a name does not exist', async () => {
  let asked = 0;
  const { resolve } = hostResolvers(createManualClock(), () => {
    asked += 1;
    return Promise.reject(Object.assign(new Error('unknown'), { code: 'ENOTFOUND' }));
  })();
  expect([await resolve('un.exemple.test'), await resolve('un.exemple.test'), asked]).toEqual([[], [], 1]);
});

// glibc asks the second name server after five seconds, and the third after ten.
it.each([5_040, 10_040])('waits for a name server that answers after %s ms', async (takesMs) => {
  const clock = createManualClock();
  const { lookup } = fakeSystem(clock, () => takesMs);
  const answer = timed(clock, hostResolvers(clock, lookup)().resolve('un.exemple.test'));
  await clock.advance(takesMs);
  expect(answer).toEqual({ ms: takesMs, addresses: ['203.0.113.1'] });
});

it('gives a name that had to wait its turn the same time for its answer', async () => {
  const clock = createManualClock();
  const { lookup } = fakeSystem(clock, (host) => (host.startsWith('h') ? 3_000 : 10_000));
  const { resolve } = hostResolvers(clock, lookup)();
  for (let index = 0; index < 8; index++) void resolve(`h${index}.exemple.test`);
  const next = timed(clock, resolve('un.exemple.test'));
  await clock.advance(13_000);
  expect(next).toEqual({ ms: 13_000, addresses: ['203.0.113.1'] });
});

it('gives up a name that still waits its turn after four seconds', async () => {
  const { clock, asked, open } = createFixture();
  const { resolve } = open();
  for (let index = 0; index < 8; index++) void resolve(`h${index}.dead.test`);
  const next = timed(clock, resolve('un.exemple.test'));
  await clock.advance(HANGS_MS);
  expect([next, asked.includes('un.exemple.test')]).toEqual([{ ms: 4_000, addresses: [] }, false]);
});

it('says that no server answered, and asks again', async () => {
  const clock = createManualClock();
  let takesMs = 14_000;
  const { lookup, asked } = fakeSystem(clock, () => takesMs);
  const { resolve } = hostResolvers(clock, lookup)();
  const first = timed(clock, resolve('un.exemple.test'));
  await clock.advance(12_000);
  expect(first).toStrictEqual({ ms: 12_000, addresses: undefined });
  // The same lookup is still going on, and answers late: no second one is needed.
  const second = timed(clock, resolve('un.exemple.test'));
  await clock.advance(2_000);
  expect([second, asked.length]).toEqual([{ ms: 2_000, addresses: ['203.0.113.1'] }, 1]);
  takesMs = HANGS_MS;
  void resolve('deux.exemple.test');
  await clock.advance(HANGS_MS);
  // The egress asks right after the gate: the person does not wait twice.
  const atOnce = timed(clock, resolve('deux.exemple.test'));
  await clock.advance(5_000);
  expect(atOnce).toStrictEqual({ ms: 0, addresses: undefined });
  takesMs = 40;
  const again = timed(clock, resolve('deux.exemple.test'));
  await clock.advance(100);
  expect(again).toEqual({ ms: 40, addresses: ['203.0.113.1'] });
});

it('caches the latest thousand names', async () => {
  const { clock, asked, open } = createFixture();
  const { resolve } = open();
  for (let index = 0; index < 1_001; index++) {
    void resolve(`h${index}.exemple.test`);
    if (index % 100 === 99) await clock.advance(1_000);
  }
  await clock.advance(1_000);
  void resolve('h1.exemple.test');
  expect(asked).toHaveLength(1_001);
  void resolve('h0.exemple.test');
  expect(asked).toHaveLength(1_002);
});

it('looks up no name of the demonstration', async () => {
  const { asked, open } = createFixture();
  const { resolve } = unlessMapped('MAP *.demo.test 127.0.0.1:4433', open)();
  expect(await resolve('www.demo.test')).toEqual([]);
  expect(asked).toEqual([]);
});

it('keeps the best addresses of both families, however many a name has', async () => {
  const fours = Array.from({ length: 4_000 }, (_, index) => `203.0.${index >> 8}.${index & 255}`);
  const sixes = Array.from({ length: 2_300 }, (_, index) => `2606:4700::${index.toString(16)}`);
  const { resolve } = hostResolvers(createManualClock(), async () => [...sixes, ...fours])();
  expect(await resolve('un.exemple.test')).toEqual([...sixes.slice(0, 8), ...fours.slice(0, 8)]);
});

it('keeps the order that the system gave', async () => {
  const answer = ['203.0.113.1', '2606:4700::1', '203.0.113.2'];
  const { resolve } = hostResolvers(createManualClock(), async () => answer)();
  expect(await resolve('un.exemple.test')).toEqual(answer);
});
