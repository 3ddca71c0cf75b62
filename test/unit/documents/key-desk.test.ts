import { describe, expect, it } from 'vitest';
import { fail, ok, type Result } from '../../../main/contract/result.ts';
import { createKeyDesk } from '../../../main/features/documents/key-desk.ts';
import type { KeyFault, OpenKey, UsbKeys } from '../../../main/features/documents/usb-keys.ts';

const stage = () => {
  const port: { opens: Result<OpenKey, KeyFault>; writes: Result<null, KeyFault>; released: number } = {
    opens: ok({ files: [], canWrite: true }),
    writes: ok(null),
    released: 0,
  };
  let plug: (present: boolean) => void = () => undefined;
  const keys: UsbKeys = {
    watch(onChange) {
      plug = onChange;
      return () => undefined;
    },
    open: async () => port.opens,
    read: async () => fail('unreadable'),
    write: async () => port.writes,
    async release() {
      port.released += 1;
    },
    leftovers: async () => [],
  };
  const logged: [event: string, fields: object | undefined][] = [];
  const desk = createKeyDesk({
    keys,
    logger: { log: (event, fields) => void logged.push([event, fields]) },
    newRef: () => 'A1B2C3',
    inSession: () => true,
    onChange: () => undefined,
  });
  const plugIn = async (): Promise<void> => {
    plug(false);
    plug(true);
    await Promise.resolve();
    await Promise.resolve();
  };
  return { port, desk, logged, plugIn };
};

describe('a key that cannot be opened', () => {
  it.each(['not-allowed', 'no-helper'] as const)('because of the machine (%s): its reference is said', async (code) => {
    const { port, desk, logged, plugIn } = stage();
    port.opens = fail(code);
    await plugIn();
    expect(desk.state).toEqual({ kind: 'fault', fault: code, ref: 'A1B2C3' });
    expect(logged).toEqual([['usb.failed', { code, ref: 'A1B2C3' }]]);
    expect(desk.trouble).toBe(code);
    port.opens = ok({ files: [], canWrite: true });
    await plugIn();
    expect(desk.trouble).toBeUndefined();
  });

  it('because of the key: nothing for the agent', async () => {
    const { port, desk, plugIn } = stage();
    port.opens = fail('unreadable');
    await plugIn();
    expect(desk.state).toEqual({ kind: 'fault', fault: 'unreadable' });
    expect(desk.trouble).toBeUndefined();
  });
});

it('a key on which nothing could be copied may be taken out', async () => {
  const { port, desk, plugIn } = stage();
  await plugIn();
  port.writes = fail('full');
  expect(await desk.put([])).toEqual({ ok: false, error: 'full' });
  expect(desk.state).toEqual({ kind: 'fault', fault: 'full' });
  expect(port.released).toBe(1);
});
