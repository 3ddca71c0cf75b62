/** Requests to a decoder. The timeout of a request does not run while it waits for its turn. */
import { beforeEach, describe, expect, it } from 'vitest';
import {
  createDecoderClient,
  type DecoderClient,
  type DecoderAsk,
  type DecoderReply,
} from '../../../../main/platform/decoders/client.ts';
import type { DecoderOptions } from '../../../../main/platform/decoders/decoder.ts';
import { createManualClock, type ManualClock } from '../../../fakes/manual-clock.ts';

interface Operations {
  readonly quick: (args: null) => string;
  readonly long: (args: null) => string;
}

let clock: ManualClock;
let started: { readonly options: DecoderOptions; readonly asked: DecoderAsk[]; stopped: boolean }[];
let decoder: DecoderClient<Operations>;

beforeEach(() => {
  clock = createManualClock();
  started = [];
  decoder = createDecoderClient<Operations>({
    clock,
    maxHeapMb: 64,
    timeoutMs: (operation) => (operation === 'quick' ? 5_000 : 60_000),
    startDecoder(options) {
      const one = { options, asked: [] as DecoderAsk[], stopped: false };
      started.push(one);
      return {
        post: (message) => void one.asked.push(message as DecoderAsk),
        stop: async () => void (one.stopped = true),
      };
    },
  });
});

const say = (reply: DecoderReply): void => started.at(-1)!.options.onMessage(reply);
const answer = (at: number): void => say({ id: started.at(-1)!.asked[at]!.id, kind: 'done', value: `answer ${at}` });

describe('the timeout of a request', () => {
  it('does not run while the decoder still loads its libraries', async () => {
    const quick = decoder.ask('quick', null);
    await clock.advance(30_000);
    say({ kind: 'loaded' });
    await clock.advance(4_000);
    answer(0);
    expect(await quick).toEqual({ ok: true, value: 'answer 0' });
    expect(started).toHaveLength(1);
  });

  it('does not run while the decoder works on the previous request', async () => {
    const long = decoder.ask('long', null);
    const quick = decoder.ask('quick', null);
    say({ kind: 'loaded' });
    await clock.advance(50_000);
    answer(0);
    await clock.advance(4_000);
    answer(1);
    expect(await Promise.all([long, quick])).toEqual([
      { ok: true, value: 'answer 0' },
      { ok: true, value: 'answer 1' },
    ]);
  });

  it('stops the decoder when it expires, and only that request fails', async () => {
    const first = decoder.ask('quick', null);
    const second = decoder.ask('long', null);
    const third = decoder.ask('quick', null);
    say({ kind: 'loaded' });
    await clock.advance(5_001);
    expect(await first).toEqual({ ok: false, error: 'slow' });
    expect(started.map(({ stopped }) => stopped)).toEqual([true, false]);
    say({ kind: 'loaded' });
    await clock.advance(50_000);
    answer(0);
    answer(1);
    expect(await Promise.all([second, third])).toEqual([
      { ok: true, value: 'answer 0' },
      { ok: true, value: 'answer 1' },
    ]);
    expect(started).toHaveLength(2);
  });

  it('also expires for a decoder that never loads', async () => {
    const quick = decoder.ask('quick', null);
    const next = decoder.ask('quick', null);
    await clock.advance(60_001);
    expect(await quick).toEqual({ ok: false, error: 'slow' });
    expect(await next).toEqual({ ok: false, error: 'slow' }); // it would wait as long for the next decoder
    expect(started).toHaveLength(1);
    void decoder.ask('quick', null);
    expect(started).toHaveLength(2);
  });
});

describe('a request that kills its decoder', () => {
  it.each([
    [undefined, 'died'],
    ['too-large', 'too-large'],
  ] as const)('fails alone (%s), and a new decoder answers the others', async (end, error) => {
    const deadly = decoder.ask('quick', null);
    const other = decoder.ask('long', null);
    say({ kind: 'loaded' });
    started[0]!.options.onExit(end);
    expect(await deadly).toEqual({ ok: false, error });
    say({ kind: 'loaded' });
    answer(0);
    expect(await other).toEqual({ ok: true, value: 'answer 0' });
    expect(started.map(({ asked }) => asked.map(({ operation }) => operation))).toEqual([['quick'], ['long']]);
  });

  it('takes the others along when no decoder can be loaded', async () => {
    const both = [decoder.ask('quick', null), decoder.ask('long', null)];
    started[0]!.options.onExit();
    expect(await Promise.all(both)).toEqual([
      { ok: false, error: 'died' },
      { ok: false, error: 'died' },
    ]);
    expect(started).toHaveLength(1);
  });
});

describe('a decoder that was warmed up', () => {
  it('answers the first request, and is not started twice', async () => {
    decoder.warmUp();
    decoder.warmUp();
    say({ kind: 'loaded' });
    await clock.advance(600_000);
    const quick = decoder.ask('quick', null);
    answer(0);
    expect(await quick).toEqual({ ok: true, value: 'answer 0' });
    expect(started).toHaveLength(1);
  });

  it('is replaced at the next request when it has died unused', async () => {
    decoder.warmUp();
    started[0]!.options.onExit();
    const quick = decoder.ask('quick', null);
    say({ kind: 'loaded' });
    answer(0);
    expect(await quick).toEqual({ ok: true, value: 'answer 0' });
    expect(started).toHaveLength(2);
  });

  it('ends with the session, unused or not', async () => {
    decoder.warmUp();
    await decoder.clear();
    expect(started.map(({ stopped }) => stopped)).toEqual([true]);
  });
});

it('answers what the person asks for before what a site sent, and each of both in turn', async () => {
  const order: string[] = [];
  const noted = (name: string, answered: Promise<unknown>): void => void answered.then(() => order.push(name));
  noted('site 1', decoder.askLater('long', null));
  noted('site 2', decoder.askLater('long', null));
  noted('person 1', decoder.ask('quick', null));
  noted('person 2', decoder.ask('quick', null));
  say({ kind: 'loaded' });
  for (let at = 0; at < 4; at += 1) {
    answer(at);
    await clock.advance(0);
  }
  expect(order).toEqual(['site 1', 'person 1', 'person 2', 'site 2']);
});

it('starts no decoder for the requests that were waiting when it is cleared', async () => {
  const both = [decoder.ask('quick', null), decoder.askLater('long', null)];
  say({ kind: 'loaded' });
  await decoder.clear();
  expect(await Promise.all(both)).toEqual([
    { ok: false, error: 'died' },
    { ok: false, error: 'died' },
  ]);
  expect(started.map(({ stopped }) => stopped)).toEqual([true]);
});

it('ignores replies of a decoder that was stopped', async () => {
  const old = decoder.ask('long', null);
  say({ kind: 'loaded' });
  await decoder.clear();
  expect(await old).toEqual({ ok: false, error: 'died' });
  const next = decoder.ask('long', null);
  started[0]!.options.onMessage({ id: started[1]!.asked[0]!.id, kind: 'done', value: 'a page of somebody else' });
  started[0]!.options.onExit();
  say({ kind: 'loaded' });
  answer(0);
  expect(await next).toEqual({ ok: true, value: 'answer 0' });
});
