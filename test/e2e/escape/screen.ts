/** The X display seen and driven from outside: windows, keys, the pointer. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const exec = promisify(execFile);

export interface SeenWindow {
  readonly id: number;
  readonly class: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** Drawn without asking the window manager: menus, lists, tooltips. */
  readonly unmanaged: boolean;
}

export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Every window that a person can see, whoever made it. */
  windows(): Promise<readonly SeenWindow[]>;
  key(...chords: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  click(x: number, y: number, button?: number, times?: number): Promise<void>;
  drag(from: readonly [number, number], to: readonly [number, number]): Promise<void>;
  do(...args: readonly string[]): Promise<string>;
}

const MAPPED = 'IsViewable';

const describe = (text: string): SeenWindow | undefined => {
  const id = /xwininfo: Window id: (0x[0-9a-f]+)/.exec(text)?.[1];
  const number = (label: string): number => Number(new RegExp(`${label}:\\s+(-?\\d+)`).exec(text)?.[1] ?? Number.NaN);
  if (id === undefined || /Map State: (\w+)/.exec(text)?.[1] !== MAPPED || !text.includes('InputOutput'))
    return undefined;
  return {
    id: Number(id),
    class: '',
    name: /Window id: \S+ "(.*)"/.exec(text)?.[1] ?? '',
    x: number('Absolute upper-left X'),
    y: number('Absolute upper-left Y'),
    width: number('Width'),
    height: number('Height'),
    unmanaged: text.includes('Override Redirect State: yes'),
  };
};

export const openScreen = (display: string, size: { readonly width: number; readonly height: number }): Screen => {
  const env = { ...process.env, DISPLAY: display };
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    try {
      return (await exec(program, [...args], { env, timeout: 10_000 })).stdout;
    } catch (error) {
      return (error as { stdout?: string }).stdout ?? ''; // the window went while it was asked about
    }
  };
  const ids = (text: string): readonly string[] => text.match(/0x[0-9a-f]+/g) ?? [];
  const act = async (...args: readonly string[]): Promise<string> => run('xdotool', args);

  return {
    ...size,
    do: act,
    async windows() {
      const [managed, children] = await Promise.all([
        run('xprop', ['-root', '_NET_CLIENT_LIST']),
        run('xwininfo', ['-root', '-children', '-int']),
      ]);
      const known = new Set(ids(managed).map(Number));
      // A window manager's own decorations are children of the root too: only those of one pixel or unmapped.
      const top = [...children.matchAll(/^\s+(\d+) .* (\d+)x(\d+)\+/gm)]
        .filter(([, , width, height]) => Number(width) > 1 && Number(height) > 1)
        .map(([, id]) => Number(id));
      const seen: SeenWindow[] = [];
      for (const id of new Set([...known, ...top])) {
        const one = describe(await run('xwininfo', ['-id', String(id), '-all']));
        if (!one) continue;
        const properties = await run('xprop', ['-id', String(id), 'WM_CLASS', 'WM_STATE']);
        const windowClass = /WM_CLASS\(STRING\) = "[^"]*", "([^"]*)"/.exec(properties)?.[1] ?? '';
        // openbox's frame around a client: the client inside it is in the list.
        if (!known.has(id) && (await holdsClient(id))) continue;
        seen.push({ ...one, class: windowClass });
      }
      return seen;

      async function holdsClient(id: number): Promise<boolean> {
        const inside = await run('xwininfo', ['-id', String(id), '-children', '-int']);
        return [...inside.matchAll(/^\s+(\d+) /gm)].some(([, child]) => known.has(Number(child)));
      }
    },
    async key(...chords) {
      await act('key', '--clearmodifiers', '--delay', '20', ...chords);
    },
    async type(text) {
      await act('type', '--delay', '10', text);
    },
    async click(x, y, button = 1, times = 1) {
      await act('mousemove', String(x), String(y), 'click', '--repeat', String(times), '--delay', '40', String(button));
    },
    async drag([fromX, fromY], [toX, toY]) {
      const half = [String(Math.round((fromX + toX) / 2)), String(Math.round((fromY + toY) / 2))];
      await act(
        'mousemove',
        String(fromX),
        String(fromY),
        'mousedown',
        '1',
        'sleep',
        '0.1',
        'mousemove',
        ...half,
        'sleep',
        '0.05',
      );
      await act('mousemove', String(toX), String(toY), 'sleep', '0.1', 'mouseup', '1');
    },
  };
};
