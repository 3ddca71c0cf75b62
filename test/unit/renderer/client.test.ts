import { beforeEach, describe, expect, test } from 'vitest';
import type { Outgoing, RequestEnvelope } from '../../../main/contract/envelope.ts';
import { connect, LONG_WORK_TIMEOUT_MS, REPLY_TIMEOUT_MS, type Timers } from '../../../renderer/client/client.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

/** A window's timers on a clock that the test advances. */
const timersOf = (clock: ManualClock): Timers => {
  const cancels: (() => void)[] = [];
  return {
    setTimeout: (run, delayMs) => cancels.push(clock.after(delayMs, run)) - 1,
    clearTimeout: (id) => cancels[id]?.(),
  };
};

const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

let sent: RequestEnvelope[];
let say: (message: Outgoing) => void;
let clock: ManualClock;
let snapshots: unknown[];
let changes: [string, unknown][];

const open = (firstId = 1) => {
  sent = [];
  snapshots = [];
  changes = [];
  clock = createManualClock();
  const connection = connect({
    transport: {
      send: (text) => void sent.push(JSON.parse(text) as RequestEnvelope),
      receive: (listener) => {
        say = (message) => listener(JSON.stringify(message));
      },
    },
    timers: timersOf(clock),
    firstId,
    onSnapshot: (state) => void snapshots.push(state),
    onChanged: (feature, state) => void changes.push([feature, state]),
  });
  return connection;
};
const snapshotRequests = () => sent.filter(({ message }) => message === 'snapshot');

describe('the client', () => {
  let connection: ReturnType<typeof open>;
  beforeEach(() => {
    connection = open();
  });

  test('requests a snapshot first', () => {
    expect(sent).toEqual([{ id: 1, feature: 'kiosk', message: 'snapshot', input: {} }]);
  });

  test('takes no reply to a request of the screens before', async () => {
    const { client } = open(4_000);
    let answered = false;
    void client.session.begin({}).then(() => (answered = true));
    for (const id of [1, 2]) say({ kind: 'reply', id, ok: true, value: null });
    await settled();
    expect(answered).toBe(false);
    say({ kind: 'reply', id: 4_001, ok: true, value: null });
    await settled();
    expect(answered).toBe(true);
  });

  test('builds the envelope from the names used', () => {
    void connection.client.browsing.open({ demarche: 'caf-aide-logement' });
    expect(sent.at(-1)).toEqual({
      id: 2,
      feature: 'browsing',
      message: 'open',
      input: { demarche: 'caf-aide-logement' },
    });
  });

  test('matches replies to requests in any order', async () => {
    const first = connection.client.session.begin({});
    const second = connection.client.session.stay({});
    say({ kind: 'reply', id: 3, ok: true, value: null });
    say({ kind: 'failed', id: 2, ok: false, error: { code: 'session.not-ready', ref: 'A1' } });
    expect(await second).toEqual({ ok: true, value: null });
    expect(await first).toEqual({ ok: false, error: { code: 'session.not-ready', ref: 'A1' } });
  });

  test('fails a request after ten seconds without a reply, and ignores a late reply', async () => {
    const reply = connection.client.session.begin({});
    await clock.advance(REPLY_TIMEOUT_MS - 1);
    await clock.advance(1);
    expect(await reply).toEqual({ ok: false, error: { code: 'client.timeout' } });
    say({ kind: 'reply', id: 2, ok: true, value: null });
  });

  test('has a longer timeout for messages that take long', async () => {
    const reply = connection.client.scanning.finish({});
    await clock.advance(LONG_WORK_TIMEOUT_MS - 1);
    say({ kind: 'reply', id: 2, ok: true, value: { document: 'd', name: 'Bail' } });
    expect(await reply).toEqual({ ok: true, value: { document: 'd', name: 'Bail' } });
  });

  test('ignores a reply to an unknown request', () => {
    expect(() => say({ kind: 'reply', id: 999, ok: true, value: null })).not.toThrow();
  });

  test('applies numbered changes after the snapshot', () => {
    say({ kind: 'snapshot', seq: 4, state: { session: 1 } });
    say({ kind: 'changed', seq: 5, feature: 'session', state: 2 });
    expect(snapshots).toEqual([{ session: 1 }]);
    expect(changes).toEqual([['session', 2]]);
  });

  test('drops a change that the snapshot already contains', () => {
    say({ kind: 'changed', seq: 3, feature: 'session', state: 'too early' });
    say({ kind: 'snapshot', seq: 4, state: {} });
    say({ kind: 'changed', seq: 4, feature: 'session', state: 'already inside' });
    expect(changes).toEqual([]);
    expect(snapshotRequests()).toHaveLength(1);
  });

  test('requests a new snapshot when a sequence number is missing, and continues from there', async () => {
    say({ kind: 'reply', id: 1, ok: true, value: null });
    say({ kind: 'snapshot', seq: 4, state: {} });
    await settled();
    say({ kind: 'changed', seq: 6, feature: 'session', state: 'after a hole' });
    expect(changes).toEqual([]);
    expect(snapshotRequests()).toHaveLength(2);
    say({ kind: 'snapshot', seq: 6, state: { session: 'whole' } });
    say({ kind: 'changed', seq: 7, feature: 'session', state: 'next' });
    expect(changes).toEqual([['session', 'next']]);
  });

  test('retries the snapshot after each timeout until one arrives', async () => {
    await clock.advance(REPLY_TIMEOUT_MS);
    expect(snapshotRequests()).toHaveLength(2);
    await clock.advance(REPLY_TIMEOUT_MS);
    expect(snapshotRequests()).toHaveLength(3);
    say({ kind: 'snapshot', seq: 0, state: {} });
    await clock.advance(REPLY_TIMEOUT_MS);
    expect(snapshotRequests()).toHaveLength(3);
  });

  test('can be awaited by mistake without sending anything', async () => {
    await (connection.client as unknown as Promise<unknown>);
    expect(sent).toHaveLength(1);
  });
});
