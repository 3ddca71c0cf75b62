import { describe, expect, it } from 'vitest';
import { createUsbKeySlot } from '../../../main/features/documents/usb-key-state.ts';
import { createMemoryKeys } from '../../fakes/memory-keys.ts';

const createFixture = () => {
  const { keys, controller: port } = createMemoryKeys();
  const logged: [event: string, fields: object | undefined][] = [];
  const slot = createUsbKeySlot({
    keys,
    logger: { log: (event, fields) => void logged.push([event, fields]) },
    newRef: () => 'A1B2C3',
    onChange: () => undefined,
  });
  /** The keys that are in from now on. */
  const look = async (...plugged: string[]): Promise<void> => {
    port.setPlugged(...plugged);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const plugIn = async (): Promise<void> => {
    await look();
    await look('mine');
  };
  return { port, slot, logged, plugIn, look };
};

const paper = [{ name: 'b.pdf', bytes: new Uint8Array(1) }];

describe('a key that cannot be opened', () => {
  it.each(['not-allowed', 'no-helper'] as const)('because of the machine (%s): its reference is said', async (code) => {
    const { port, slot, logged, plugIn } = createFixture();
    const key = slot.begin();
    port.fault = code;
    await plugIn();
    expect(key.state).toEqual({ kind: 'fault', fault: code, ref: 'A1B2C3' });
    expect(logged).toEqual([['usb.failed', { code, ref: 'A1B2C3' }]]);
    expect(slot.status.trouble).toBe(code);
    port.fault = undefined;
    await plugIn();
    expect(slot.status.trouble).toBeUndefined();
  });

  it('because of the key: nothing for the agent', async () => {
    const { port, slot, plugIn } = createFixture();
    const key = slot.begin();
    port.fault = 'unreadable';
    await plugIn();
    expect(key.state).toEqual({ kind: 'fault', fault: 'unreadable' });
    expect(slot.status.trouble).toBeUndefined();
  });
});

it('a key on which nothing could be copied may be taken out', async () => {
  const { port, slot, plugIn } = createFixture();
  const key = slot.begin();
  await plugIn();
  port.setKey('mine', { room: 0 });
  expect(await key.put(paper)).toEqual({ ok: false, error: 'full' });
  expect(key.state).toEqual({ kind: 'fault', fault: 'full' });
  expect(port.released).toBe(1);
});

it('a session that ends during a copy stops it before the key is unmounted, and logs no fault of the key', async () => {
  const { port, slot, logged, plugIn } = createFixture();
  const key = slot.begin();
  await plugIn();
  port.gate = new Promise(() => undefined);
  const put = key.put(paper);
  await slot.end();
  expect(await put).toEqual({ ok: false, error: 'no-key' });
  expect(port.released).toBe(1);
  expect(logged).toEqual([]);
});

describe('a file of the key', () => {
  const files = new Map([['photos/a.jpg', new Uint8Array(9)]]);

  it('that turned out to be something else stays listed with the reason, and is not read again', async () => {
    const { port, slot, plugIn } = createFixture();
    const key = slot.begin();
    port.setKey('mine', { files, more: true });
    await plugIn();
    const [listed] = key.state.kind === 'ready' ? key.state.files : [];
    key.markRefused(listed!.id, 'program');
    expect(key.state).toMatchObject({ kind: 'ready', more: true, files: [{ name: 'a.jpg', refused: 'program' }] });
    expect(await key.take(listed!.id, 100)).toEqual({ ok: false, error: 'no-key' });
  });

  it('that is damaged is the fault of this file: the others can still be taken', async () => {
    const { port, slot, logged, plugIn } = createFixture();
    const key = slot.begin();
    port.setKey('mine', { files: new Map([...files, ['b.jpg', new Uint8Array(9)]]), damaged: new Set(['b.jpg']) });
    await plugIn();
    const [good, bad] = key.state.kind === 'ready' ? key.state.files : [];
    expect(await key.take(bad!.id, 100)).toEqual({ ok: false, error: 'damaged' });
    expect(key.state.kind).toBe('ready');
    expect(logged).toEqual([]);
    expect((await key.take(good!.id, 100)).ok).toBe(true);
  });

  it('is named without where it lies on the machine', async () => {
    const { port, slot, plugIn } = createFixture();
    const key = slot.begin();
    port.setKey('mine', { files });
    await plugIn();
    expect(JSON.stringify(key.state)).not.toContain('/mine/');
  });
});

describe('a key that was in before the session', () => {
  const files = new Map([['a.pdf', new Uint8Array(9)]]);

  it.each([
    ['since before the start', async ({ look }: ReturnType<typeof createFixture>) => look('old')],
    [
      'since the accueil was shown',
      async ({ look }: ReturnType<typeof createFixture>) => {
        await look();
        await look('old');
      },
    ],
    [
      'since the session before',
      async ({ slot, look }: ReturnType<typeof createFixture>) => {
        await look();
        slot.begin();
        await look('old');
        await slot.end();
      },
    ],
  ])('%s is of nobody: neither listed nor written, and the person and the agent are told', async (_since, before) => {
    const its = createFixture();
    const { port, slot, look } = its;
    port.setKey('old', { files });
    await before(its);
    port.used = [];
    const key = slot.begin();
    await look('old');
    expect(key.state).toEqual({ kind: 'older' });
    expect(key.leavingItem).toEqual({ kind: 'older-usb-key' });
    expect(await key.put(paper)).toEqual({ ok: false, error: 'no-key' });
    expect(port.used).toEqual([]);
    expect(slot.status.older).toBe(true);
  });

  it('is told to the agent as soon as its session has ended, and until it is pulled out', async () => {
    const { slot, look } = createFixture();
    await look();
    slot.begin();
    await look('old');
    expect(slot.status.older).toBe(false);
    await slot.end();
    expect(slot.status.older).toBe(true);
    await look();
    expect(slot.status.older).toBe(false);
  });

  it('when nobody had looked before the session began, is of nobody too', async () => {
    const { port, slot, look } = createFixture();
    const key = slot.begin();
    await look('old');
    expect(key.state).toEqual({ kind: 'older' });
    expect(port.used).toEqual([]);
  });

  it('is theirs once they have plugged it in again', async () => {
    const { port, slot, look } = createFixture();
    await look('old');
    const key = slot.begin();
    await look();
    expect(key.state).toEqual({ kind: 'none' });
    expect(key.leavingItem).toBeUndefined();
    await look('old');
    expect(key.state.kind).toBe('ready');
    expect(key.leavingItem).toEqual({ kind: 'usb-key' });
    expect(port.used).toEqual(['open old']);
    expect(slot.status.older).toBe(false);
  });

  it('leaves the person their own key, which is the one that is listed, read and written', async () => {
    const { port, slot, look } = createFixture();
    port.setKey('mine', { files });
    await look('old');
    const key = slot.begin();
    await look('old', 'mine');
    const [listed] = key.state.kind === 'ready' ? key.state.files : [];
    expect((await key.take(listed!.id, 100)).ok).toBe(true);
    expect((await key.put(paper)).ok).toBe(true);
    expect(key.state).toEqual({ kind: 'may-be-removed', copied: 1 });
    await look('old');
    expect(key.state).toEqual({ kind: 'older' });
    expect(await key.put(paper)).toEqual({ ok: false, error: 'no-key' });
    expect(port.used).toEqual(['open mine', 'read mine', 'write mine']);
  });
});

describe('a second key that is plugged in during the session', () => {
  it('changes nothing while the first is in, and then takes its place', async () => {
    const { port, slot, look } = createFixture();
    await look();
    const key = slot.begin();
    await look('first');
    await look('another', 'first');
    await key.put([]);
    expect(port.used).toEqual(['open first', 'write first']);
    await look('another');
    expect(port.used).toEqual(['open first', 'write first', 'open another']);
    expect(key.state.kind).toBe('ready');
  });

  it('keeps its list when the copy to the first, which was pulled out, fails after it was opened', async () => {
    const { port, slot, look } = createFixture();
    await look();
    const key = slot.begin();
    await look('first');
    const write = Promise.withResolvers<void>();
    port.gate = write.promise;
    const put = key.put(paper);
    expect(key.leavingItem).toBeUndefined();
    await look('another');
    write.resolve();
    expect(await put).toEqual({ ok: false, error: 'pulled-out' });
    await look('another'); // the key is opened after the copy
    expect(key.state.kind).toBe('ready');
    expect(port.released).toBe(0);
  });
});

describe('« Retirer ma clé », pressed and followed at once', () => {
  const files = new Map([['a.pdf', new Uint8Array(9)]]);
  const opened = async () => {
    const its = createFixture();
    const key = its.slot.begin();
    its.port.setKey('mine', { files });
    await its.plugIn();
    return { ...its, key };
  };

  it('by a file: the key is not said to have been pulled out', async () => {
    const { key, logged } = await opened();
    const [listed] = key.state.kind === 'ready' ? key.state.files : [];
    const [, taken] = await Promise.all([key.release(), key.take(listed!.id, 100)]);
    expect(taken).toEqual({ ok: false, error: 'no-key' });
    expect(key.state).toEqual({ kind: 'may-be-removed', copied: 0 });
    expect(logged).toEqual([]);
  });

  it('by a copy: the key may be taken out only after it', async () => {
    const { port, key } = await opened();
    const write = Promise.withResolvers<void>();
    port.gate = write.promise;
    const released = key.release();
    const put = key.put(paper);
    await released;
    expect(key.state).toEqual({ kind: 'copying', done: 0, total: 1 });
    write.resolve();
    await put;
    expect(key.state).toEqual({ kind: 'may-be-removed', copied: 1 });
  });
});
