/** Hostile files under Electron: in a process of its own that gets nothing of ours and is ended when it takes too much. */
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

beforeEach(() => {
  fake = createFakeElectron();
  clock = createManualClock();
  decoder = createAskThread<Operations>({
    clock,
    startThread: electronDecoders({ electron: fake.api, clock })(new URL('file:///opt/kiosk/pdf-thread.js')),
    timeoutMs: () => 20_000,
    maxHeapMb: 512,
  });
});

describe('a decoder of Electron', () => {
  it('is a utility process with nothing of our surroundings and a heap of its own', () => {
    void decoder.ask('draw', { page: 1 });
    expect(service().script).toBe('/opt/kiosk/pdf-thread.js');
    expect(service().options).toMatchObject({ env: {}, execArgv: ['--max-old-space-size=512'], stdio: 'ignore' });
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
    fake.app.memoryKb.set(first.pid, 700 * 1024);
    await clock.advance(1_000);
    fake.app.memoryKb.set(first.pid, 900 * 1024);
    await clock.advance(1_000);
    expect(await asked).toEqual({ ok: false, error: 'too-large' });
    void decoder.ask('draw', { page: 2 });
    expect(service()).not.toBe(first);
  });

  it('is gone when it is cleared', async () => {
    const asked = decoder.ask('draw', { page: 1 });
    await decoder.clear();
    expect(await asked).toEqual({ ok: false, error: 'died' });
  });
});
