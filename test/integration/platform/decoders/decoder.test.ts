/**
 * The decoder process for hostile files, as if it were compromised: what it can reach, its resource limits, how it
 * ends.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDecoderClient, type DecoderClient } from '../../../../main/platform/decoders/client.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import { decoderProcesses } from '../../../../main/platform/decoders/process.ts';
import type { SandboxLayer } from '../../../../main/platform/decoders/sandbox.ts';
import { treeUse } from '../../../../main/platform/process-tree.ts';
import { run } from '../../../../main/platform/run.ts';
import { until } from '../../../harness/until.ts';

type Probe = Readonly<Record<string, (args: never) => unknown>>;

const SCRIPT = new URL('../../../harness/probe-decoder/probe.ts', import.meta.url);
const isRoot = process.getuid?.() === 0;

let folder: string;
let server: Server;
let connections = 0;
let port: number;
let missing: readonly SandboxLayer[] = [];
let died = 0;
let decoder: DecoderClient<Probe>;
const decoderOf = decoderProcesses({ clock: systemClock, run, onSandbox: (lacks) => (missing = lacks) });

const ask = async (operation: string, args: unknown = {}): Promise<unknown> => {
  const answer = await decoder.ask(operation, args as never);
  return answer.ok ? answer.value : `problem: ${answer.error}`;
};
const probes = (): readonly number[] =>
  treeUse(process.pid).pids.filter((pid) => readCommand(pid).includes('probe.ts'));
const readCommand = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1');
  } catch {
    return '';
  }
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'decoder-'));
  await run('chmod', ['755', folder], { timeoutMs: 5_000 });
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: '#fff' } })
    .png()
    .toBuffer();
  writeFileSync(join(folder, 'of-somebody.png'), picture, { mode: 0o644 });
  server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  port = typeof address === 'object' && address !== null ? address.port : 0;
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  died = 0;
  decoder = createDecoderClient<Probe>({
    clock: systemClock,
    startDecoder: decoderOf(SCRIPT),
    timeoutMs: (operation) => (operation === 'spin' ? 1_000 : 30_000),
    maxHeapMb: 256,
    onDied: () => (died += 1),
  });
});
afterEach(() => decoder.clear());

describe('a compromised decoder', () => {
  it('is confined by every mechanism that this machine supports', async () => {
    await ask('echo');
    if (missing.length > 0)
      console.warn(`SKIPPED: layers of the sandbox that this machine lacks: ${missing.join(', ')}`);
    expect(missing).not.toContain('memory');
  });

  it('gets none of our environment, and its own account when we are root', async () => {
    const { uid, env } = (await ask('account')) as { uid: number; env: readonly string[] };
    expect(uid).toBe(isRoot || !missing.includes('network') ? 65_534 : process.getuid?.());
    for (const name of ['DISPLAY', 'XAUTHORITY', 'DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'USER'])
      expect(env).not.toContain(name);
  });

  it('cannot read our files, through Node or native code', async () => {
    const picture = join(folder, 'of-somebody.png');
    expect(await ask('readByNode', { path: picture })).toBe('ERR_ACCESS_DENIED');
    expect(await ask('readByNode', { path: '/proc/self/environ' })).toBe('ERR_ACCESS_DENIED');
    if (!missing.includes('files')) expect(await ask('readByNative', { path: picture })).toBe('refused');
  });

  it('cannot write files', async () => {
    expect(await ask('writeByNative', { path: join(folder, 'left.png') })).toBe('refused');
    expect(await ask('writeByNative', { path: '/dev/shm/left.png' })).toBe('refused');
  });

  it('cannot reach the network, system sockets or other processes', async () => {
    if (missing.includes('network') && missing.includes('calls')) return console.warn('SKIPPED: neither layer is here');
    expect(await ask('connect', { port })).not.toBe('connected');
    expect(await ask('connect', { path: '/tmp/.X11-unix/X0' })).not.toBe('connected');
    expect(connections).toBe(0);
    if (!missing.includes('calls')) expect(await ask('signal', { pid: process.pid })).toBe('EPERM');
  });
});

describe('the limits of a decoder', () => {
  it('memory: a decoder over the limit is killed, its request fails, and our own memory does not grow', async () => {
    await ask('echo');
    const before = process.memoryUsage().rss;
    expect(await ask('eat', { megabytes: 4_000 })).toBe('problem: too-large');
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
    expect(await ask('echo', { still: 'here' })).toEqual({ still: 'here' });
  });

  it('memory between two checks: the kernel enforces a limit, set before the first file', async () => {
    await ask('echo');
    const [pid] = probes();
    const bound = await until(
      'the bound',
      () => /^Max data size +(\d+)/m.exec(readFileSync(`/proc/${pid}/limits`, 'utf8'))?.[1],
    );
    expect(Number(bound)).toBeLessThan(4 * 1024 * 1024 * 1024);
    expect(await ask('gulp', { megabytes: 6_000 })).toMatch(/^problem: (too-large|died)$/);
  });

  it('time: a request that takes too long ends the decoder, and a new one serves the next request', async () => {
    await ask('echo');
    expect(await ask('spin')).toBe('problem: slow');
    await until('the old one gone', () => probes().length === 0);
    expect(await ask('echo', 1)).toBe(1);
  });

  it('reply size: a reply that would fill our memory is not read', async () => {
    expect(await ask('answer', { megabytes: 300 })).toBe('problem: too-large');
    expect(died).toBe(1);
  });
});

it('ends when it is cleared', async () => {
  await ask('echo');
  expect(probes()).toHaveLength(1);
  await decoder.clear();
  expect(probes()).toHaveLength(0);
});

it('transfers bytes, empty bytes and text unchanged', async () => {
  const values = { a: Uint8Array.of(1, 2, 3), list: [{ b: new Uint8Array(0) }, 'été'], no: null };
  expect(await ask('echo', values)).toEqual(values);
});

it('reports an expected refusal by its code', async () => {
  expect(await ask('refuse')).toBe('problem: locked');
});
