/** Claims on windows of a fake X server with a window manager, which can lose a window at any moment. */
import { expect, it } from 'vitest';
import { words, type XConnection } from '../../../../main/platform/x11/connection.ts';
import { GET_PROPERTY, UNMAP, WM_CLASS } from '../../../../main/platform/x11/requests.ts';
import { openXWindowClaims } from '../../../../main/platform/x11/window-claims.ts';

const ROOT = 1;
const KIND = { pid: 42, class: 'site-of-a-test', role: 'pop-up' };

const fakeServer = () => {
  /** In the order of the window manager's list; false: released, and no longer on it. */
  const windows = new Map<number, boolean>();
  const atoms: string[] = [];
  const property = (content: Buffer, format: 8 | 32): Buffer => {
    const head = Buffer.alloc(32);
    head.writeUInt8(format, 1);
    head.writeUInt32LE((content.length * 8) / format, 16);
    return Buffer.concat([head, content]);
  };
  const read = (id: number, atom: number): Buffer | undefined => {
    if (id === ROOT) return property(words(...[...windows].flatMap(([one, managed]) => (managed ? [one] : []))), 32);
    if (!windows.has(id)) return undefined;
    if (atom === WM_CLASS) return property(Buffer.from(`${KIND.class}\0${KIND.class}\0`), 8);
    return atoms[atom - 1_000] === '_NET_WM_PID' ? property(words(KIND.pid), 32) : property(Buffer.from(KIND.role), 8);
  };
  const x = {
    root: ROOT,
    async ask(opcode: number, _detail: number, body: Buffer) {
      if (opcode === GET_PROPERTY) return read(body.readUInt32LE(0), body.readUInt32LE(4));
      const name = body.subarray(4, 4 + body.readUInt16LE(0)).toString('latin1');
      return words(0, 0, 999 + atoms.push(name));
    },
    // Released as asked.
    tell: (opcode: number, _detail: number, body: Buffer) =>
      void (opcode === UNMAP && windows.set(body.readUInt32LE(0), false)),
  };
  return { x: x as unknown as XConnection, windows };
};

it('takes a window once the window manager has released it', async () => {
  const { x, windows } = fakeServer();
  const claim = (await openXWindowClaims(x)).make(KIND);
  expect(await claim.take()).toBeUndefined();
  windows.set(7, true);
  expect(await claim.take()).toBeUndefined();
  expect(await claim.take()).toBe(7);
  expect(await claim.take()).toBe(7);
});

it('looks for another window when the one that it found closes before it has it', async () => {
  const { x, windows } = fakeServer();
  const claims = await openXWindowClaims(x);
  const claim = claims.make(KIND);
  windows.set(7, true);
  expect(await claim.take()).toBeUndefined();
  windows.delete(7);
  expect(await claim.take()).toBeUndefined();
  expect(claims.isAwaited(KIND.pid, KIND.role)).toBe(true);
  windows.set(8, true);
  expect(await claim.take()).toBeUndefined();
  expect(await claim.take()).toBe(8);
});
