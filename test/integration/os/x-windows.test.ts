import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectX, words } from '../../../main/platform/x11/connection.ts';
import { openXWindows, type XWindowEvent, type XWindows } from '../../../main/platform/x11/windows.ts';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { until } from '../../harness/until.ts';
import { windowNames } from '../../harness/x-windows.ts';

let display: Display;
let windows: XWindows;
let events: XWindowEvent[];
let program: ChildProcess | undefined;

const ask = (program: string, args: readonly string[], shown: string): string =>
  execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, DISPLAY: shown } });
const propertiesOf = (shown: string, id: number): string => ask('xprop', ['-id', String(id)], shown);

beforeAll(async () => {
  display = await openDisplay({ existing: undefined, size: '640x480' });
  windows = await openXWindows({ name: display.name }, ['MENU']);
  events = [];
  windows.onEvent((event) => events.push(event));
});
afterAll(async () => {
  program?.kill('SIGKILL');
  windows?.end();
  await display?.stop();
});

describe('the windows of a real X display', () => {
  it('reports a new window with its owner, hides it and closes it', { timeout: 30_000 }, async () => {
    const before = await windows.managed();
    let printed = '';
    program = spawn('xev', ['-name', 'somebody'], {
      env: { ...process.env, DISPLAY: display.name },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    program.stdout?.on('data', (chunk: Buffer) => (printed += chunk.toString('latin1')));
    await until('the new window', async () => (await windows.managed()).length > before.length);
    expect(events).toContainEqual({ kind: 'list-changed' });
    const id = (await windows.managed()).find((one) => !before.includes(one)) ?? 0;
    expect(await windows.factsOf(id)).toMatchObject({ types: [] });
    await until('the window shown', () => printed.includes('MapNotify'));
    windows.keepName(id, 'borne');
    await until('our name on it', async () => (await windowNames(display.name)).includes('borne'));
    // Keep changing the title meanwhile: the title is removed at once, and no later one stays.
    for (const name of ['Mon compte', 'Mes droits', 'Élodie X'])
      execFileSync('xdotool', ['set_window', '--name', name, '--icon-name', name, String(id)], {
        env: { ...process.env, DISPLAY: display.name },
      });
    await until('no other title', () => !/compte|droits|lodie/.test(propertiesOf(display.name, id)));
    expect(propertiesOf(display.name, id)).toMatch(/WM_NAME\(STRING\) = "borne"/);
    windows.hide(id);
    await until('the window hidden', () => printed.includes('UnmapNotify'));
    windows.destroy(id);
    await until('the window closed', async () => (await windows.factsOf(id)) === undefined);
  });

  it('tells a pointer that another program has grabbed from a pressed button', async () => {
    const other = await connectX({ name: display.name });
    const [grab, release, async] = [26, 27, 1];
    const body = Buffer.concat([words(other.root), Buffer.from([0, 0, async, async]), words(0, 0, 0)]);
    expect(await windows.isPointerHeld()).toBe(false);
    expect((await other.ask(grab, 0, body))?.readUInt8(1)).toBe(0);
    expect(await windows.isPointerHeld()).toBe(true);
    ask('xdotool', ['mousedown', '1'], display.name);
    expect(await windows.isPointerHeld()).toBe(false);
    ask('xdotool', ['mouseup', '1'], display.name);
    expect(await windows.isPointerHeld()).toBe(true);
    other.tell(release, 0, words(0));
    await until('the pointer released', async () => !(await windows.isPointerHeld()));
    other.end();
  });

  it('keeps working after a window it was asked about has closed', async () => {
    expect(await windows.factsOf(0x7fffff)).toBeUndefined();
    expect(await windows.managed()).toEqual([]);
  });

  it('reports a display that does not exist', async () => {
    await expect(openXWindows({ name: ':64999' }, [])).rejects.toThrow();
    await expect(openXWindows({ name: 'nonsense' }, [])).rejects.toThrow('no X display is named');
  });
});
