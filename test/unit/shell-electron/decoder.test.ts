/** Hostile files under Electron: in a process of its own that gets nothing of ours and is ended when it takes too much. */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { createAskThread, type AskThread } from '../../../main/platform/ask-thread.ts';
import { electronDecoders } from '../../../main/shell/electron/decoder.ts';
import { createFakeElectron, type FakeElectron, type FakeService } from '../../fakes/electron/fake-electron.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

interface Operations {
  readonly draw: (args: { page: number }) => string;
}

let fake: FakeElectron;
let clock: ManualClock;
let decoder: AskThread<Operations>;
const service = (): FakeService => fake.services.at(-1)!;

const decoderOn = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv = {}): AskThread<Operations> =>
  createAskThread<Operations>({
    clock,
    startThread: electronDecoders({ electron: fake.api, clock, platform, env })(
      new URL('file:///opt/kiosk/pdf-thread.js'),
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
  it('is a utility process with nothing of our surroundings and a heap of its own', () => {
    void decoder.ask('draw', { page: 1 });
    expect(service().script).toBe('/opt/kiosk/pdf-thread.js');
    expect(service().options).toMatchObject({ stdio: 'ignore' });
    expect(service().heapMb).toBe(512);
    const names = Object.keys(service().environment);
    expect(names.filter((name) => /DISPLAY|DBUS|XDG|USER|APPDATA|TOKEN|npm_/i.test(name))).toEqual([]);
    expect(service().environment['HOME']).toBe('/nonexistent');
  });

  it('has on Windows what Node’s own random numbers need, and still no more', () => {
    void decoderOn('win32', { SystemRoot: 'C:\\Windows', APPDATA: 'C:\\Users\\kiosque' }).ask('draw', { page: 1 });
    expect(service().environment).toMatchObject({ SystemRoot: 'C:\\Windows' });
    expect(Object.keys(service().environment)).not.toContain('APPDATA');
  });

  it('reads on Linux, before its script, what gives it another sharp', () => {
    void decoderOn('linux').ask('draw', { page: 1 });
    expect(service().script).toMatch(/main\/shell\/electron\/decoder-entry\.ts$/);
    expect(service().args).toEqual(['file:///opt/kiosk/pdf-thread.js']);
  });

  it('answers what it is asked', async () => {
    const asked = decoder.ask('draw', { page: 1 });
    service().fireWith('message', { kind: 'loaded' });
    service().fireWith('message', { id: 1, kind: 'done', value: 'drawn' });
    expect(await asked).toEqual({ ok: true, value: 'drawn' });
  });

  it('that takes too much memory is ended, the question answered, the next one given to another', async () => {
    const asked = decoder.ask('draw', { page: 1 });
    const first = service();
    await Promise.resolve(); // started
    const pid = first.pid ?? 0;
    fake.app.memoryKb.set(pid, 700 * 1024);
    await clock.advance(1_000);
    fake.app.memoryKb.set(pid, 900 * 1024);
    await clock.advance(1_000);
    expect(await asked).toEqual({ ok: false, error: 'too-large' });
    void decoder.ask('draw', { page: 2 });
    expect(service()).not.toBe(first);
  });

  it('is looked at on Linux too, where Electron tells no memory', async () => {
    fake.app.onLinux = true;
    decoder = decoderOn('linux');
    const asked = decoder.ask('draw', { page: 1 });
    await Promise.resolve(); // started
    service().pid = process.pid; // a little of it is in use, and no more
    fake.app.memoryKb.set(process.pid, 0);
    await clock.advance(1_000);
    service().fireWith('message', { kind: 'loaded' });
    service().fireWith('message', { id: 1, kind: 'done', value: 'drawn' });
    expect(await asked).toEqual({ ok: true, value: 'drawn' });
  });

  it('is gone when it is cleared before the system has started it: until then Electron ends nothing', async () => {
    const asked = decoder.ask('draw', { page: 1 });
    const first = service();
    expect([first.pid, first.kill()]).toEqual([undefined, false]);
    await decoder.clear();
    expect([await asked, first.pid]).toEqual([{ ok: false, error: 'died' }, undefined]);
  });

  it('that the system never starts keeps nobody waiting, and the next one may start', async () => {
    fake.launches = false;
    const asked = decoder.ask('draw', { page: 1 });
    const first = service();
    await clock.advance(20_000);
    expect(await asked).toEqual({ ok: false, error: 'died' });
    fake.launches = true;
    void decoder.ask('draw', { page: 2 });
    expect(service()).not.toBe(first);
  });

  it('that the system never starts does not hold up the end of a session', async () => {
    fake.launches = false;
    void decoder.ask('draw', { page: 1 });
    let cleared = false;
    void decoder.clear().then(() => (cleared = true));
    await clock.advance(5_000);
    expect(cleared).toBe(true);
  });

  it('that the system starts so late that it was given up is ended once it has', async () => {
    fake.launches = false;
    void decoder.ask('draw', { page: 1 });
    const late = service();
    await clock.advance(20_000);
    late.spawn();
    await Promise.resolve();
    expect(late.pid).toBeUndefined();
  });

  it('whose V8 cannot go on dies alone', async () => {
    const asked = decoder.ask('draw', { page: 1 });
    await Promise.resolve(); // started
    service().failFatally();
    expect(await asked).toEqual({ ok: false, error: 'died' });
  });

  it('is gone when it is cleared', async () => {
    const asked = decoder.ask('draw', { page: 1 });
    await decoder.clear();
    expect(await asked).toEqual({ ok: false, error: 'died' });
  });
});

describe('sharp in a decoder of Electron on Linux', () => {
  const root = new URL('../../../', import.meta.url);
  const play = (words: readonly string[]): { readonly wasm: boolean; readonly size: number; readonly alive: number } =>
    JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', timeout: 60_000 })) as ReturnType<typeof play>;
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
    const words = ['--input-type=module', '-e', script];
    expect(play(words)).toEqual({ wasm: false, size: 32 });
  });
});
