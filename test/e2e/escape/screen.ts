/** Observes and drives the X display from outside the kiosk: windows, keys, the pointer. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { connectX, type XConnection } from '../../../main/platform/x11/connection.ts';
import { seenWindows, type SeenWindow } from './seen-windows.ts';
import { clickAt } from './x-mouse.ts';

const exec = promisify(execFile);

export interface Screen {
  readonly width: number;
  readonly height: number;
  /** Every window that a person can see, whichever program opened it. */
  windows(): Promise<readonly SeenWindow[]>;
  key(...chords: readonly string[]): Promise<void>;
  type(text: string): Promise<void>;
  /** Sets the keyboard layout (`fr,jp`), with the menu key as the compose key. */
  keyboard(layout: string): Promise<void>;
  click(x: number, y: number, button?: number, times?: number): Promise<void>;
  drag(from: readonly [number, number], to: readonly [number, number]): Promise<void>;
  do(...args: readonly string[]): Promise<string>;
  /** Closes the connection before the display is shut down. */
  end(): void;
}

export const openScreen = (display: string, size: { readonly width: number; readonly height: number }): Screen => {
  const env = { ...process.env, DISPLAY: display };
  const run = async (program: string, args: readonly string[]): Promise<string> => {
    try {
      return (await exec(program, [...args], { env, timeout: 10_000 })).stdout;
    } catch (error) {
      return (error as { stdout?: string }).stdout ?? ''; // the window closed during the query
    }
  };
  let talking: Promise<XConnection> | undefined;
  const talk = (): Promise<XConnection> =>
    (talking ??= connectX({ name: display, authority: process.env['XAUTHORITY'] }));
  const act = async (...args: readonly string[]): Promise<string> => run('xdotool', args);

  return {
    ...size,
    do: act,
    windows: async () => seenWindows(await talk()),
    end: () => void talking?.then((x) => x.end()).catch(() => undefined),
    async key(...chords) {
      await act('key', '--clearmodifiers', '--delay', '20', ...chords);
    },
    async type(text) {
      await act('type', '--delay', '10', text);
    },
    async keyboard(layout) {
      await run('setxkbmap', ['-layout', layout, '-option', '', '-option', 'compose:menu']);
    },
    async click(x, y, button = 1, times = 1) {
      await clickAt(await talk(), [x, y], button, times);
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
