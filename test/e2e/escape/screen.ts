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

interface TreeWindow {
  readonly id: number;
  readonly windowClass: string;
  readonly big: boolean;
  /** How far it stands in; the root's own children the least. */
  readonly indent: number;
}

const TREE_LINE = /^( +)(0x[0-9a-f]+) .*: \((?:"[^"]*" "([^"]*)")?\) +(\d+)x(\d+)\+/;

const readTree = (text: string): readonly TreeWindow[] =>
  text.split('\n').flatMap((line) => {
    const [, indent, id, windowClass, width, height] = TREE_LINE.exec(line) ?? [];
    return indent === undefined || id === undefined
      ? []
      : [
          {
            id: Number(id),
            windowClass: windowClass ?? '',
            big: Number(width) > 1 && Number(height) > 1,
            indent: indent.length,
          },
        ];
  });

/** Those the window manager knows, and those that asked nobody; not the frames it puts around the former, nor its own specks. */
const candidates = (tree: readonly TreeWindow[], known: ReadonlySet<number>): readonly TreeWindow[] => {
  const outermost = Math.min(...tree.map((one) => one.indent));
  return tree.filter((one, index) => {
    // A site's own window lies inside one that the window manager knows.
    if (known.has(one.id) || one.windowClass === 'point-numerique-guest') return true;
    if (one.indent > outermost || !one.big) return false;
    const next = tree.findIndex((other, at) => at > index && other.indent <= one.indent);
    return !tree.slice(index + 1, next < 0 ? undefined : next).some((inner) => known.has(inner.id));
  });
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
  /** The whole tree can't be read while a window in it closes: it is asked again, or the look would see nothing. */
  const readWholeTree = async (tries = 10): Promise<string> => {
    try {
      return (await exec('xwininfo', ['-root', '-tree'], { env, timeout: 10_000 })).stdout;
    } catch (error) {
      if (tries <= 1) throw error;
      return readWholeTree(tries - 1);
    }
  };
  const ids = (text: string): readonly string[] => text.match(/0x[0-9a-f]+/g) ?? [];
  const act = async (...args: readonly string[]): Promise<string> => run('xdotool', args);

  return {
    ...size,
    do: act,
    async windows() {
      const [managed, tree] = await Promise.all([run('xprop', ['-root', '_NET_CLIENT_LIST']), readWholeTree()]);
      const known = new Set(ids(managed).map(Number));
      const asked = candidates(readTree(tree), known);
      const described = await Promise.all(
        asked.map(async ({ id, windowClass }) => {
          const one = describe(await run('xwininfo', ['-id', String(id), '-stats']));
          return one && { ...one, class: windowClass };
        }),
      );
      return described.filter((one) => one !== undefined);
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
