/** The locks that use the X server, on the fake Electron and a fake display on which windows open. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { XChord, XKeysOptions } from '../../../main/platform/x11/keys.ts';
import type { WindowFacts, XWindowEvent, XWindows } from '../../../main/platform/x11/windows.ts';
import { LOCAL_NETWORK_FEATURES, PROMPT_FEATURES } from '../../../main/shell/guest/browser-features.ts';
import { FAKE_X_WINDOW } from '../../fakes/electron/fake-electron.ts';
import { FAKE_PID, openKiosk, openVisit, type FakeKiosk } from './fake-kiosk.ts';

const ours: WindowFacts = { pid: FAKE_PID, class: 'Point numérique', types: [], role: '', above: false };

let kiosk: FakeKiosk;
let done: string[];
let lockKeysReset: number;
let idleFor: number | undefined;
let keys: XKeysOptions | undefined;
let letGo: boolean;
let facts: Map<number, WindowFacts>;
let managed: number[];
let say: (event: XWindowEvent) => void;

const windows = (): XWindows => ({
  managed: async () => managed,
  factsOf: async (id) => facts.get(id),
  keepName: (id, name) => void done.push(`name ${id} ${name}`),
  hide: (id) => void done.push(`hide ${id}`),
  keepOnScreen: () => undefined,
  askToClose: (id) => void done.push(`close ${id}`),
  destroy: (id) => void done.push(`destroy ${id}`),
  isShown: async () => true,
  isPointerHeld: async () => false,
  onEvent: (listener) => (say = listener),
  onEnd: () => undefined,
  end: () => void done.push('end'),
});

beforeEach(async () => {
  done = [];
  idleFor = 7_000;
  lockKeysReset = 0;
  letGo = false;
  facts = new Map([[FAKE_X_WINDOW, ours]]);
  managed = [];
  kiosk = await openKiosk({
    windows: async () => windows(),
    async takeKeys(options) {
      keys = options;
      return () => (letGo = true);
    },
    openIdle: () => ({ idleMs: async () => idleFor, end: () => void done.push('idle ends') }),
    resetLockKeys: async () => void (lockKeysReset += 1),
  });
});

const comes = async (id: number, what: WindowFacts): Promise<void> => {
  facts.set(id, what);
  managed.push(id);
  say({ kind: 'list-changed' });
  await kiosk.clock.advance(0);
};

describe('a window on the display', () => {
  it('that is our own stays, with our name instead of a page’s title', async () => {
    await comes(FAKE_X_WINDOW, ours);
    expect(done).toEqual([`name ${FAKE_X_WINDOW} point-numerique`]);
  });

  it('that is a system dialog of our own process is hidden and closed', async () => {
    await comes(FAKE_X_WINDOW, ours);
    await comes(90, { ...ours, types: ['NORMAL'] });
    expect(done.slice(1)).toEqual(['hide 90', 'close 90']);
    expect(kiosk.log).toContain('shell.window-closed');
  });

  it('that is a dialog is not mistaken for our own, even if it opened first', async () => {
    await comes(90, { ...ours, types: ['NORMAL'] });
    await comes(FAKE_X_WINDOW, ours);
    expect(done).toEqual(['hide 90', 'close 90', `name ${FAKE_X_WINDOW} point-numerique`]);
  });

  it('of another program is closed', async () => {
    await comes(91, { ...ours, pid: 7, class: 'Xev' });
    expect(done).toEqual(['hide 91', 'close 91']);
  });
});

describe('a reserved key, taken at the X server', () => {
  const press = (chord: Partial<XChord>): void =>
    keys?.onChord({ key: 'F6', code: '', control: false, alt: false, shift: false, meta: false, ...chord }, '');

  it('is one that no page may receive', () => {
    const chord = { key: 'F5', code: '', control: false, alt: false, shift: false, meta: false };
    expect(keys?.wanted(chord)).toBe(true);
    expect(keys?.wanted({ ...chord, key: 'a' })).toBe(false);
  });

  it('goes to the site while it has the keyboard focus', async () => {
    const { guest, events, page } = await openVisit(kiosk);
    await guest.show({ x: 0, y: 96, width: 800, height: 600 });
    press({ key: '+', control: true });
    press({});
    expect(events.map(({ kind }) => kind)).toEqual(['zoom-in', 'keyboard-left']);
    page.focused = false;
    press({ shift: true });
    expect(kiosk.ownPage.typed).toEqual(['keyDown F6 shift', 'keyUp F6 shift']);
    expect(events).toHaveLength(2);
  });
});

it('presence comes from the input devices, not from the system’s idle time, which pages can reset', async () => {
  expect(await kiosk.shell.idleMs()).toBe(7_000);
  idleFor = undefined;
  expect(await kiosk.shell.idleMs()).toBeUndefined();
});

it('the lock keys are reset at the start, and for each person', async () => {
  expect(lockKeysReset).toBe(1);
  await kiosk.shell.resetLockKeys();
  expect(lockKeysReset).toBe(2);
});

it('all locks are released at the end', async () => {
  await kiosk.shell.close();
  expect(letGo).toBe(true);
  expect(done).toEqual(['end', 'idle ends']);
});

it('an unreachable display is logged, and the kiosk is shown all the same', async () => {
  const lost = () => Promise.reject(new Error('no display'));
  const { log, window } = await openKiosk({
    windows: lost,
    takeKeys: lost,
    openIdle: () => ({ idleMs: async () => undefined, end: () => undefined }),
    resetLockKeys: lost,
  });
  expect(window.shown).toBe(true);
  expect(log).toEqual(expect.arrayContaining(['shell.no-window-watch', 'shell.no-key-grabs']));
});

it('in a developer’s window, other windows and keys are left alone', async () => {
  const xCalls: string[] = [];
  const desktop = await openKiosk(
    {
      windows: async () => (xCalls.push('windows'), windows()),
      takeKeys: async () => (xCalls.push('keys'), () => undefined),
      openIdle: () => ({ idleMs: async () => undefined, end: () => undefined }),
      resetLockKeys: async () => void xCalls.push('locks'),
    },
    { window: { width: 1_280, height: 800 } },
  );
  await desktop.shell.resetLockKeys();
  expect(xCalls).toEqual([]);
});

it('a swipe leaves no page', () => {
  expect(kiosk.fake.app.switches.get('disable-features')?.split(',')).toContain('OverscrollHistoryNavigation');
});

describe('Chromium’s own checks', () => {
  const list = (name: string): readonly string[] => (kiosk.fake.app.switches.get(name) ?? '').split(',');

  // `InitializeFeatureList` (`shell/browser/feature_list.cc`) disables `LocalNetworkAccessChecks`, and in a feature
  // list that wins over enabling it. Until that changes, the way out is the only lock (`way-out.test.ts`).
  it('of the local network are asked for, and what they would ask us is refused', async () => {
    expect(list('enable-features')).toEqual(expect.arrayContaining([...LOCAL_NETWORK_FEATURES]));
    const { session } = await openVisit(kiosk);
    for (const permission of ['local-network-access', 'local-network', 'loopback-network'])
      expect(session.askPermission(permission), permission).toBe(false);
  });

  it('show no dialog that we cannot refuse', () => {
    expect(list('disable-features')).toEqual(expect.arrayContaining([...PROMPT_FEATURES]));
  });
});
