import { describe, expect, it } from 'vitest';
import { readFacts, readRootEvent } from '../../../main/shell/chromium/window-watch.ts';

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
