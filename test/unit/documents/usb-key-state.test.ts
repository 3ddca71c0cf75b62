import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../main/contract/result.ts';
import { createUsbKeySlot } from '../../../main/features/documents/usb-key-state.ts';
import type { KeyFault, OpenKey, UsbKeys } from '../../../main/devices/usb-keys.ts';

const stage = (interrupted = false) => {
  const port: {
    opens: Result<OpenKey, KeyFault>;
    writes: Result<null, KeyFault>;
    write?: (over: AbortSignal) => Promise<Result<null, KeyFault>>;
    released: number;
    opened: number;
  } = {
    opens: ok({ files: [], more: false, canWrite: true }),
    writes: ok(null),
    released: 0,
    opened: 0,
  };
  let plug: (present: boolean) => void = () => undefined;
  const keys: UsbKeys = {
    watch(onChange) {
      plug = onChange;
      return () => undefined;
    },
    async open() {
      port.opened += 1;
      return port.opens;
    },
    read: async () => fail('unreadable'),
    write: (_files, _onDone, over) => port.write?.(over) ?? Promise.resolve(port.writes),
    async release() {
      port.released += 1;
    },
    leftovers: async () => [],
  };
  const logged: [event: string, fields: object | undefined][] = [];
  const desk = createUsbKeySlot({
    keys,
    logger: { log: (event, fields) => void logged.push([event, fields]) },
    newRef: () => 'A1B2C3',
    interrupted,
    onChange: () => undefined,
  });
  const plugIn = async (): Promise<void> => {
    plug(false);
    plug(true);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { port, desk, logged, plugIn, look: (present: boolean) => plug(present) };
};

describe('a key that cannot be opened', () => {
  it.each(['not-allowed', 'no-helper'] as const)('because of the machine (%s): its reference is said', async (code) => {
    const { port, desk, logged, plugIn } = stage();
    const key = desk.begin();
    port.opens = fail(code);
    await plugIn();
    expect(key.state).toEqual({ kind: 'fault', fault: code, ref: 'A1B2C3' });
    expect(logged).toEqual([['usb.failed', { code, ref: 'A1B2C3' }]]);
    expect(desk.trouble).toBe(code);
    port.opens = ok({ files: [], more: false, canWrite: true });
    await plugIn();
    expect(desk.trouble).toBeUndefined();
  });

  it('because of the key: nothing for the agent', async () => {
    const { port, desk, plugIn } = stage();
    const key = desk.begin();
    port.opens = fail('unreadable');
    await plugIn();
    expect(key.state).toEqual({ kind: 'fault', fault: 'unreadable' });
    expect(desk.trouble).toBeUndefined();
  });
});

it('a key on which nothing could be copied may be taken out', async () => {
  const { port, desk, plugIn } = stage();
  const key = desk.begin();
  await plugIn();
  port.writes = fail('full');
  expect(await key.put([])).toEqual({ ok: false, error: 'full' });
  expect(key.state).toEqual({ kind: 'fault', fault: 'full' });
  expect(port.released).toBe(1);
});

it('a session that ends during a copy stops it before the key is unmounted, and logs no fault of the key', async () => {
  const { port, desk, logged, plugIn } = stage();
  const key = desk.begin();
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
  await desk.end();
  expect(order).toEqual(['told, 0 released']);
  expect(await put).toEqual({ ok: false, error: 'no-key' });
  expect(port.released).toBe(1);
  expect(logged).toEqual([]);
});

describe('a file of the key', () => {
  const file = { path: '/k/a.jpg', name: 'a.jpg', folder: 'photos', kind: 'picture', sizeBytes: 9 } as const;

  it('that turned out to be something else stays listed with the reason, and is not read again', async () => {
    const { port, desk, plugIn } = stage();
    const key = desk.begin();
    port.opens = ok({ files: [{ ...file, refused: null }], more: true, canWrite: true });
    await plugIn();
    const [listed] = key.state.kind === 'ready' ? key.state.files : [];
    key.markRefused(listed!.id, 'program');
    expect(key.state).toMatchObject({ kind: 'ready', more: true, files: [{ name: 'a.jpg', refused: 'program' }] });
    expect(await key.take(listed!.id, 100)).toEqual({ ok: false, error: 'no-key' });
  });

  it('is named without where it lies on the machine', async () => {
    const { port, desk, plugIn } = stage();
    const key = desk.begin();
    port.opens = ok({ files: [{ ...file, refused: null }], more: false, canWrite: true });
    await plugIn();
    expect(JSON.stringify(key.state)).not.toContain('/k/');
  });
});

describe('a key that is in when the kiosk starts', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  it('belongs to the next session', async () => {
    const { desk, look } = stage();
    look(true);
    const key = desk.begin();
    await settled();
    expect(key.state.kind).toBe('ready');
  });

  it('is of nobody when the run before was cut short, until it is plugged in again; what was left mounted is closed', async () => {
    const { port, desk, look } = stage(true);
    look(true);
    const key = desk.begin();
    await settled();
    expect(key.state).toEqual({ kind: 'none' });
    expect(port).toMatchObject({ opened: 0, released: 1 });
    look(false);
    look(true);
    await settled();
    expect(key.state.kind).toBe('ready');
  });

  it('is theirs when it comes later, whatever the run before was', async () => {
    const { desk, look } = stage(true);
    const key = desk.begin();
    look(false);
    look(true);
    await settled();
    expect(key.state.kind).toBe('ready');
  });
});
