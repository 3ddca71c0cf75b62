import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
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

  it('asks us to print', async () => {
    const { page, sent } = await inPage();
    page['print']?.();
    expect(sent).toEqual([[GUEST_PRINT, -1]]);
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
    expect(closed).toBe(0);
  });

  it('has no picker that opens a system window, nor a trace of one: sites then use a file input', async () => {
    const { page } = await inPage({ showOpenFilePicker: () => 'opened', showDirectoryPicker: () => 'opened' });
    expect(Object.keys(page).filter((name) => name.startsWith('show'))).toEqual([]);
  });
});

// ECMAScript (`GlobalDeclarationInstantiation`): a script whose own name is already that of a non-configurable property
// of the window does not run at all. In a browser these names are configurable (Web IDL, "define the global
// operations"). Seen under Electron: byte5ai/omadia's pull request 358, "that aborts the entire script".
describe('the names that a site uses for itself', () => {
  const site = async () => {
    const loaded = await load('guest-preload');
    const page = createContext({});
    runInContext('globalThis.window = globalThis', page);
    const script = loaded.scripts[0];
    runInContext(`(${script?.func.toString() ?? ''})`, page)(...(script?.args ?? []));
    return { ...loaded, run: (code: string): unknown => runInContext(code, page) as unknown };
  };
  const names = ['alert', 'confirm', 'prompt', 'print', 'close'];

  it.each(names)('may be %s: the script runs, with its own meaning of the name', async (name) => {
    for (const declared of [`const ${name} = () => 'own';`, `let ${name} = () => 'own';`])
      expect((await site()).run(`${declared} ${name}()`)).toBe('own');
    // `node:vm` keeps a read-only property here, where a browser replaces it; what matters is that the script runs.
    const own = name === 'prompt' ? null : 'own';
    expect((await site()).run(`function ${name}() { return 'own'; } ${name}() ?? null`)).toBe(own);
  });

  it.each(names.filter((name) => name !== 'prompt'))('may replace %s, as libraries do', async (name) => {
    expect((await site()).run(`'use strict'; window.${name} = () => 'own'; ${name}()`)).toBe('own');
  });

  // Electron puts its own `prompt`, which throws, into the page's world (`SetUpWindow`,
  // `shell/renderer/window_setup.cc`). `v8::Object::Set` leaves a read-only property as it is.
  it('keep our prompt when Electron sets its own after the preload', async () => {
    const { run, answerWith } = await site();
    answerWith('Martin');
    run(`window.prompt = () => { throw new Error('prompt() is not supported.') }`);
    expect(run(`prompt('Votre nom')`)).toBe('Martin');
  });

  it('do not change what frames without a preload ask us with', async () => {
    const { run, sent } = await site();
    run(`window.print = () => 'own'; const ours = window[Symbol.for('point-numerique')];
      try { ours.print = () => 'own' } catch {}`);
    expect(run(`delete window[Symbol.for('point-numerique')]`)).toBe(false);
    run(`ours.print()`);
    expect(sent).toEqual([[GUEST_PRINT, -1]]);
  });
});
