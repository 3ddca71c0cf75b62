/**
 * Hostile files under Electron: parsed in a process that inherits nothing from us and is killed when it uses too much
 * memory.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { createDecoderClient, type DecoderClient } from '../../../main/platform/decoders/client.ts';
import { electronDecoders } from '../../../main/shell/electron/decoder.ts';
import { createFakeElectron, type FakeElectron, type FakeService } from '../../fakes/electron/fake-electron.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

interface Operations {
  readonly draw: (args: { page: number }) => string;
}

let fake: FakeElectron;
let clock: ManualClock;
let decoder: DecoderClient<Operations>;
const service = (): FakeService => fake.services.at(-1)!;

const decoderOn = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}): DecoderClient<Operations> =>
  createDecoderClient<Operations>({
    clock,
    startDecoder: electronDecoders({ electron: fake.api, clock, platform, env })(
      new URL('file:///opt/kiosk/pdf-decoder.js'),
    ),
    timeoutMs: () => 20_000,
    maxHeapMb: 512,
  });

beforeEach(() => {
  fake = createFakeElectron();
  clock = createManualClock();
  decoder = decoderOn('win32');
});

describe('a decoder of Electron', () => {
  it('is a utility process without our environment, and with a heap limit', () => {
    void decoder.ask('draw', { page: 1 });
    expect(service().script).toBe('/opt/kiosk/pdf-decoder.js');
    expect(service().options).toMatchObject({ stdio: 'ignore' });
    expect(service().heapMb).toBe(512);
    const names = Object.keys(service().environment);
    expect(names.filter((name) => /DISPLAY|DBUS|XDG|USER|APPDATA|TOKEN|npm_/i.test(name))).toEqual([]);
    expect(service().environment['HOME']).toBe('/nonexistent');
  });

  it('has the one variable that Node needs on Windows, and no other', () => {
    void decoderOn('win32', { SystemRoot: 'C:\\Windows', APPDATA: 'C:\\Users\\kiosque' }).ask('draw', { page: 1 });
    expect(service().environment).toMatchObject({ SystemRoot: 'C:\\Windows' });
    expect(Object.keys(service().environment)).not.toContain('APPDATA');
  });

  it('loads the WebAssembly sharp before its script on Linux', () => {
    void decoderOn('linux').ask('draw', { page: 1 });
    expect(service().script).toMatch(/main\/shell\/electron\/decoder-entry\.ts$/);
    expect(service().args).toEqual(['file:///opt/kiosk/pdf-decoder.js']);
  });

  it('answers a request', async () => {
    const pending = decoder.ask('draw', { page: 1 });
    service().fireWith('message', { kind: 'loaded' });
    service().fireWith('message', { id: 1, kind: 'done', value: 'drawn' });
    expect(await pending).toEqual({ ok: true, value: 'drawn' });
  });

  it('that uses too much memory is killed; its request is answered, and the next goes to another', async () => {
    const pending = decoder.ask('draw', { page: 1 });
    const first = service();
    await Promise.resolve(); // started
    const pid = first.pid ?? 0;
    fake.app.memoryKb.set(pid, 700 * 1024);
    await clock.advance(1_000);
    fake.app.memoryKb.set(pid, 900 * 1024);
    await clock.advance(1_000);
    expect(await pending).toEqual({ ok: false, error: 'too-large' });
    void decoder.ask('draw', { page: 2 });
    expect(service()).not.toBe(first);
  });

  it('is checked on Linux too, where Electron reports no memory', async () => {
    fake.app.onLinux = true;
    decoder = decoderOn('linux');
    const pending = decoder.ask('draw', { page: 1 });
    await Promise.resolve(); // started
    service().pid = process.pid; // a real process, which uses little memory
    fake.app.memoryKb.set(process.pid, 0);
    await clock.advance(1_000);
    service().fireWith('message', { kind: 'loaded' });
    service().fireWith('message', { id: 1, kind: 'done', value: 'drawn' });
    expect(await pending).toEqual({ ok: true, value: 'drawn' });
  });

  it('ends when it is cleared before it has started, although Electron cannot kill it until then', async () => {
    const pending = decoder.ask('draw', { page: 1 });
    const first = service();
    expect([first.pid, first.kill()]).toEqual([undefined, false]);
    await decoder.clear();
    expect([await pending, first.pid]).toEqual([{ ok: false, error: 'died' }, undefined]);
  });

  it('that never starts is given up, and the next one may start', async () => {
    fake.launches = false;
    const pending = decoder.ask('draw', { page: 1 });
    const first = service();
    await clock.advance(20_000);
    expect(await pending).toEqual({ ok: false, error: 'died' });
    fake.launches = true;
    void decoder.ask('draw', { page: 2 });
    expect(service()).not.toBe(first);
  });

  it('that never starts does not delay the end of a session', async () => {
    fake.launches = false;
    void decoder.ask('draw', { page: 1 });
    let cleared = false;
    void decoder.clear().then(() => (cleared = true));
    await clock.advance(5_000);
    expect(cleared).toBe(true);
  });

  it('that starts after it was given up is killed', async () => {
    fake.launches = false;
    void decoder.ask('draw', { page: 1 });
    const late = service();
    await clock.advance(20_000);
    late.spawn();
    await Promise.resolve();
    expect(late.pid).toBeUndefined();
  });

  it('whose V8 aborts does not take us down', async () => {
    const pending = decoder.ask('draw', { page: 1 });
    await Promise.resolve(); // started
    service().failFatally();
    expect(await pending).toEqual({ ok: false, error: 'died' });
  });

  it('ends when it is cleared', async () => {
    const pending = decoder.ask('draw', { page: 1 });
    await decoder.clear();
    expect(await pending).toEqual({ ok: false, error: 'died' });
  });
});

describe('sharp in a decoder of Electron on Linux', () => {
  const root = new URL('../../../', import.meta.url);
  const play = (args: readonly string[]): { readonly wasm: boolean; readonly size: number; readonly alive: number } =>
    JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', timeout: 60_000 })) as ReturnType<typeof play>;
  const script = `
    import sharp from '${new URL('node_modules/sharp/dist/index.mjs', root).href}';
    const blank = { create: { width: 64, height: 48, channels: 3, background: '#fbf8f2' } };
    const jpeg = await sharp(blank).resize(32, 24).jpeg().toBuffer();
    const { width } = await sharp(jpeg).metadata();
    console.log(JSON.stringify({ wasm: sharp.versions.emscripten !== undefined, size: width }));
    process.exit(0);`;
  const page = `data:text/javascript,${encodeURIComponent(script)}`;
  const entry = fileURLToPath(new URL('main/shell/electron/decoder-entry.ts', root));

  it('is the one in WebAssembly, and draws', () => {
    expect(play(['--disable-warning=ExperimentalWarning', entry, page])).toEqual({ wasm: true, size: 32 });
  });

  it('is the native one everywhere else', () => {
    const args = ['--input-type=module', '-e', script];
    expect(play(args)).toEqual({ wasm: false, size: 32 });
  });
});
