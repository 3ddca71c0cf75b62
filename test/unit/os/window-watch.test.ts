import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { readFacts, readRootEvent, startWindowWatch } from '../../../main/shell/chromium/window-watch.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';

describe('the window watch reads X', () => {
  it('hears that the list of windows changed', () => {
    expect(
      readRootEvent(
        'PropertyNotify event, serial 18, synthetic NO, window 0x21f,\n    atom 0xf4 (_NET_CLIENT_LIST), time 5, state PropertyNewValue',
      ),
    ).toEqual({ kind: 'list-changed' });
  });

  it('does not look again when only the stacking changed', () => {
    expect(
      readRootEvent(
        'PropertyNotify event, serial 18, synthetic NO, window 0x21f,\n    atom 0xf5 (_NET_CLIENT_LIST_STACKING), time 5, state PropertyNewValue',
      ),
    ).toBeUndefined();
  });

  it('hears of a window that asked no window manager', () => {
    expect(
      readRootEvent(
        'MapNotify event, serial 18, synthetic NO, window 0x21f,\n    event 0x21f, window 0x200307, override YES',
      ),
    ).toEqual({ kind: 'unmanaged', id: '0x200307' });
    expect(
      readRootEvent(
        'MapNotify event, serial 18, synthetic NO, window 0x21f,\n    event 0x21f, window 0x200307, override NO',
      ),
    ).toBeUndefined();
  });

  it('knows a window by its process and its class, not by its title', () => {
    expect(
      readFacts(
        '_NET_WM_PID(CARDINAL) = 42\nWM_CLASS(STRING) = "a title", "point-numerique-guest"\n_NET_WM_WINDOW_TYPE(ATOM) = _NET_WM_WINDOW_TYPE_NORMAL',
      ),
    ).toEqual({ pid: 42, class: 'point-numerique-guest', passing: false });
    expect(readFacts('_NET_WM_PID:  not found.\nWM_CLASS:  not found.')).toEqual({
      pid: undefined,
      class: '',
      passing: false,
    });
  });
});

describe('the window watch acts', () => {
  const OUR_BROWSER = 42;
  /** Answers what the watch asked of X, in order, after `told` was said by the listener. */
  const watched = async (told: string, windows: Readonly<Record<string, string>>): Promise<readonly string[]> => {
    const asked: string[] = [];
    const stdout = new PassThrough();
    const watch = await startWindowWatch({
      clock: createManualClock(),
      logger: silentLogger,
      browsers: () => new Set([OUR_BROWSER]),
      spawn: () => Object.assign(new EventEmitter(), { stdout, kill: () => true }) as unknown as ChildProcess,
      async run(program, args) {
        asked.push(`${program} ${args.join(' ')}`);
        const text = args[0] === '-root' ? '' : (windows[args[1] ?? ''] ?? '');
        return ok({ stdout: Buffer.from(text), stderr: '' });
      },
    });
    stdout.write(told);
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    watch.stop();
    return asked.filter((one) => one.startsWith('xdotool'));
  };
  const mapped = (id: string): string =>
    `\nMapNotify event, serial 19, synthetic NO, window 0x21f,\n    event 0x21f, window ${id}, override YES\n`;

  it('at once, without waiting for the event after', async () => {
    expect(await watched(mapped('0xa1'), { '0xa1': '_NET_WM_PID(CARDINAL) = 7' })).toEqual([
      'xdotool windowunmap 0xa1',
      'xdotool windowquit 0xa1',
    ]);
  });

  it('hides all that came together with one command', async () => {
    const foreign = '_NET_WM_PID(CARDINAL) = 7';
    const asked = await watched(mapped('0xa1') + mapped('0xa2'), { '0xa1': foreign, '0xa2': foreign });
    expect(asked[0]).toBe('xdotool windowunmap 0xa1 windowunmap 0xa2');
  });

  it('leaves the list of choices of a site open', async () => {
    const list = `_NET_WM_PID(CARDINAL) = ${OUR_BROWSER}\n_NET_WM_WINDOW_TYPE(ATOM) = _NET_WM_WINDOW_TYPE_MENU`;
    expect(await watched(mapped('0xa1'), { '0xa1': list })).toEqual([]);
  });
});
