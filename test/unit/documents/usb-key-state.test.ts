import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../main/contract/result.ts';
import { createUsbKeySlot } from '../../../main/features/documents/usb-key-state.ts';
import type { KeyFault, OpenKey, UsbKeys } from '../../../main/devices/usb-keys.ts';

const createFixture = () => {
  const port: {
    opens: Result<OpenKey, KeyFault>;
    writes: Result<null, KeyFault>;
    write?: (over: AbortSignal) => Promise<Result<null, KeyFault>>;
    released: number;
    /** Which keys were opened, read and written. */
    used: string[];
  } = {
    opens: ok({ files: [], more: false, canWrite: true }),
    writes: ok(null),
    released: 0,
    used: [],
  };
  let plug: (plugged: readonly string[]) => void = () => undefined;
  const keys: UsbKeys = {
    watch(onChange) {
      plug = onChange;
      return () => undefined;
    },
    async open(key) {
      port.used.push(`open ${key}`);
      return port.opens;
    },
    async read(key) {
      port.used.push(`read ${key}`);
      return ok(new Uint8Array(1));
    },
    async write(key, _files, _onDone, over) {
      port.used.push(`write ${key}`);
      return port.write ? port.write(over) : port.writes;
    },
    async release() {
      port.released += 1;
    },
    leftovers: async () => [],
  };
  const logged: [event: string, fields: object | undefined][] = [];
  const slot = createUsbKeySlot({
    keys,
    logger: { log: (event, fields) => void logged.push([event, fields]) },
    newRef: () => 'A1B2C3',
    onChange: () => undefined,
  });
  /** The keys that are in from now on. */
  const look = async (...plugged: string[]): Promise<void> => {
    plug(plugged);
    await new Promise((resolve) => setImmediate(resolve));
  };
  const plugIn = async (): Promise<void> => {
    await look();
    await look('mine');
  };
  return { port, slot, logged, plugIn, look };
};

describe('a key that cannot be opened', () => {
  it.each(['not-allowed', 'no-helper'] as const)('because of the machine (%s): its reference is said', async (code) => {
    const { port, slot, logged, plugIn } = createFixture();
    const key = slot.begin();
    port.opens = fail(code);
    await plugIn();
    expect(key.state).toEqual({ kind: 'fault', fault: code, ref: 'A1B2C3' });
    expect(logged).toEqual([['usb.failed', { code, ref: 'A1B2C3' }]]);
    expect(slot.status.trouble).toBe(code);
    port.opens = ok({ files: [], more: false, canWrite: true });
    await plugIn();
    expect(slot.status.trouble).toBeUndefined();
  });

  it('because of the key: nothing for the agent', async () => {
    const { port, slot, plugIn } = createFixture();
    const key = slot.begin();
    port.opens = fail('unreadable');
    await plugIn();
    expect(key.state).toEqual({ kind: 'fault', fault: 'unreadable' });
    expect(slot.status.trouble).toBeUndefined();
  });
});

it('a key on which nothing could be copied may be taken out', async () => {
  const { port, slot, plugIn } = createFixture();
  const key = slot.begin();
  await plugIn();
  port.writes = fail('full');
  expect(await key.put([])).toEqual({ ok: false, error: 'full' });
  expect(key.state).toEqual({ kind: 'fault', fault: 'full' });
  expect(port.released).toBe(1);
});

it('a session that ends during a copy stops it before the key is unmounted, and logs no fault of the key', async () => {
  const { port, slot, logged, plugIn } = createFixture();
  const key = slot.begin();
  await plugIn();
  const order: string[] = [];
  port.write = (over) =>
    new Promise((resolve) => {
      over.addEventListener('abort', () => {
        order.push(`told, ${port.released} released`);
        resolve(fail('pulled-out'));
      });
    });
  const put = key.put([{ name: 'a.pdf', bytes: new Uint8Array(1) }]);
  await slot.end();
  expect(order).toEqual(['told, 0 released']);
  expect(await put).toEqual({ ok: false, error: 'no-key' });
  expect(port.released).toBe(1);
  expect(logged).toEqual([]);
});

describe('a file of the key', () => {
  const file = { path: '/k/a.jpg', name: 'a.jpg', folder: 'photos', kind: 'picture', sizeBytes: 9 } as const;

  it('that turned out to be something else stays listed with the reason, and is not read again', async () => {
    const { port, slot, plugIn } = createFixture();
    const key = slot.begin();
    port.opens = ok({ files: [{ ...file, refused: null }], more: true, canWrite: true });
    await plugIn();
    const [listed] = key.state.kind === 'ready' ? key.state.files : [];
    key.markRefused(listed!.id, 'program');
    expect(key.state).toMatchObject({ kind: 'ready', more: true, files: [{ name: 'a.jpg', refused: 'program' }] });
    expect(await key.take(listed!.id, 100)).toEqual({ ok: false, error: 'no-key' });
  });

  it('is named without where it lies on the machine', async () => {
    const { port, slot, plugIn } = createFixture();
    const key = slot.begin();
    port.opens = ok({ files: [{ ...file, refused: null }], more: false, canWrite: true });
    await plugIn();
    expect(JSON.stringify(key.state)).not.toContain('/k/');
  });
});

describe('a key that was in before the session', () => {
  const file = { path: '/k/a.pdf', name: 'a.pdf', folder: '', kind: 'pdf', sizeBytes: 9, refused: null } as const;
  const files = ok({ files: [file], more: false, canWrite: true });
  const paper = [{ name: 'b.pdf', bytes: new Uint8Array(1) }];

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
    port.opens = files;
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
    port.opens = files;
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
    const write = Promise.withResolvers<Result<null, KeyFault>>();
    port.write = () => write.promise;
    const put = key.put([]);
    expect(key.leavingItem).toBeUndefined();
    await look('another');
    write.resolve(fail('pulled-out'));
    expect(await put).toEqual({ ok: false, error: 'pulled-out' });
    expect(key.state.kind).toBe('ready');
    expect(port.released).toBe(0);
  });
});
