import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { GUEST_DIALOG, GUEST_PRINT, TO_MAIN, TO_SCREENS } from '../../../main/shell/electron/channels.ts';
import { Emitter } from '../../fakes/electron/emitter.ts';

const folder = join(import.meta.dirname, '../../../main/shell/electron');

interface Script {
  readonly func: (...args: unknown[]) => void;
  readonly args: readonly unknown[];
}

/** Bundles a preload as the build does and runs it against a recording `electron`. */
const load = async (name: string) => {
  const { outputFiles } = await build({
    entryPoints: [join(folder, `${name}.ts`)],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['electron'],
    write: false,
  });
  const required: string[] = [];
  const exposed = new Map<string, Record<string, (...args: never[]) => void>>();
  const scripts: Script[] = [];
  const sent: unknown[][] = [];
  const ipc = new Emitter();
  let answer: unknown;
  const electron = {
    contextBridge: {
      exposeInMainWorld: (key: string, api: Record<string, () => void>) => exposed.set(key, api),
      executeInMainWorld: (script: Script) => scripts.push(script),
    },
    ipcRenderer: {
      on: (channel: string, listener: (...args: never[]) => void) => ipc.on(channel, listener),
      send: (...args: unknown[]) => void sent.push(args),
      sendSync: (...args: unknown[]) => {
        sent.push(args);
        return answer;
      },
    },
  };
  const code = outputFiles[0]?.text ?? '';
  new Function('require', 'module', 'exports', code)(
    (what: string) => {
      required.push(what);
      return electron;
    },
    { exports: {} },
    {},
  );
  return {
    required,
    exposed,
    scripts,
    sent,
    tell: (text: unknown) => ipc.fire(TO_SCREENS, {}, text),
    answerWith: (value: unknown) => (answer = value),
  };
};

describe.each(['preload', 'guest-preload'])('%s', (name) => {
  it('is under 60 lines and imports only electron, so that the sandbox can load it', async () => {
    expect(readFileSync(join(folder, `${name}.ts`), 'utf8').split('\n').length).toBeLessThan(60);
    expect((await load(name)).required).toEqual(['electron']);
  });
});

describe('the bridge of our screens', () => {
  it('exposes two functions and nothing of Electron', async () => {
    const { exposed } = await load('preload');
    expect([...exposed.keys()]).toEqual(['pointNumerique']);
    expect(Object.keys(exposed.get('pointNumerique') ?? {})).toEqual(['send', 'receive']);
  });

  it('queues messages until the screens listen, in order', async () => {
    const { exposed, tell } = await load('preload');
    const received: string[] = [];
    tell('1');
    tell('2');
    exposed.get('pointNumerique')?.['receive']?.(((text: string) => received.push(text)) as never);
    tell('3');
    tell({ not: 'text' });
    expect(received).toEqual(['1', '2', '3']);
  });

  it('sends text on one channel', async () => {
    const { exposed, sent } = await load('preload');
    exposed.get('pointNumerique')?.['send']?.('{"id":1}' as never);
    expect(sent).toEqual([[TO_MAIN, '{"id":1}']]);
  });
});

describe('a guest’s page', () => {
  /** Runs the script that the preload injects into the page, on a fake of its window. */
  const inPage = async (more: object = {}) => {
    const loaded = await load('guest-preload');
    const page: Record<string, unknown> = { ...more };
    const script = loaded.scripts[0];
    if (script === undefined) throw new Error('no script was sent into the page');
    // Electron serializes the function, so it loses its closure.
    const alone = new Function('window', `return (${script.func.toString()})`)(page) as Script['func'];
    alone(...script.args);
    return { ...loaded, page: page as Record<string, (...args: unknown[]) => unknown> };
  };

  it('asks us for alert, confirm and prompt, and returns the value that the page expects', async () => {
    const { page, sent, answerWith } = await inPage();
    answerWith(true);
    expect([page['alert']?.('A'), page['confirm']?.('B')]).toEqual([undefined, true]);
    answerWith('Martin');
    expect(page['prompt']?.('C', 'Dupont')).toBe('Martin');
    answerWith(null);
    expect([page['confirm']?.(), page['prompt']?.()]).toEqual([false, null]);
    expect(sent.slice(0, 3)).toEqual([
      [GUEST_DIALOG, { type: 'alert', message: 'A', defaultText: '' }],
      [GUEST_DIALOG, { type: 'confirm', message: 'B', defaultText: '' }],
      [GUEST_DIALOG, { type: 'prompt', message: 'C', defaultText: 'Dupont' }],
    ]);
  });

  it('asks us to print, and cannot put the old functions back', async () => {
    const { page, sent } = await inPage();
    page['print']?.();
    expect(sent).toEqual([[GUEST_PRINT, -1]]);
    for (const name of ['alert', 'confirm', 'prompt', 'print']) {
      expect(() => Object.defineProperty(page, name, { value: null })).toThrow(TypeError);
    }
  });

  it('names the frame to print when that frame has no preload', async () => {
    const frames = [{ name: 'cadre' }, { name: 'recu' }];
    const { page, sent } = await inPage({ ...frames, length: frames.length });
    for (const of of [frames[1], frames[0], {}, 1, 'recu']) page['print']?.(of);
    expect(sent.map(([, at]) => at)).toEqual([1, 0, -1, -1, -1]);
  });

  // Electron lets any script close its page (`allow_scripts_to_close_windows`,
  // `shell/browser/electron_browser_client.cc`), which destroys the page and everything typed in it. In a browser, «
  // Fermer la fenêtre » does nothing on such a page.
  it('stays open when it closes itself, like any page that no script opened', async () => {
    let closed = 0;
    const { page } = await inPage({ close: () => (closed += 1) });
    expect(page['close']?.()).toBeUndefined();
    expect(() => Object.defineProperty(page, 'close', { value: null })).toThrow(TypeError);
    expect(closed).toBe(0);
  });

  it('has no picker that opens a system window', async () => {
    const { page } = await inPage({ showOpenFilePicker: () => 'opened', showDirectoryPicker: () => 'opened' });
    expect([page['showOpenFilePicker'], page['showDirectoryPicker']]).toEqual([undefined, undefined]);
    expect('showSaveFilePicker' in page).toBe(false);
  });
});
