import { beforeEach, describe, expect, it } from 'vitest';
import { guardApp } from '../../../main/shell/electron/app-guards.ts';
import { DECODER } from '../../../main/shell/electron/decoder.ts';
import { trackOwnContents, type OwnContents } from '../../../main/shell/electron/own-contents.ts';
import { prepareApp } from '../../../main/shell/electron/prepare-app.ts';
import { electronSwitches } from '../../../main/shell/electron/switches.ts';
import { FakeContents } from '../../fakes/electron/fake-contents.ts';
import { createFakeElectron, type FakeElectron } from '../../fakes/electron/fake-electron.ts';
import { FakeSession } from '../../fakes/electron/fake-session.ts';

let fake: FakeElectron;
let own: OwnContents;
let log: string[];

beforeEach(() => {
  fake = createFakeElectron();
  own = trackOwnContents();
  log = [];
  guardApp({ electron: fake.api, logger: { log: (event) => log.push(event) }, own, onNetworkLost: () => undefined });
});

describe('a page that is not ours', () => {
  it('is closed at once and logged, and can do nothing until then', async () => {
    const stranger = new FakeContents();
    fake.app.fire('web-contents-created', {}, stranger);
    expect(stranger.openWindow('https://caf.test/')).toEqual({ action: 'deny' });
    for (const event of ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview']) {
      expect(stranger.fire(event, { url: 'https://caf.test/' }).defaultPrevented).toBe(true);
    }
    await Promise.resolve();
    expect({ destroyed: stranger.destroyed, log }).toEqual({ destroyed: true, log: ['shell.window-closed'] });
  });

  it('is distinguished from a page that we are creating', () => {
    const ours = new FakeContents();
    own.create(() => fake.app.fire('web-contents-created', {}, ours));
    expect({ destroyed: ours.destroyed, log }).toEqual({ destroyed: false, log: [] });
    expect(() =>
      own.create(() => {
        throw new Error('no view');
      }),
    ).toThrow('no view');
    expect(own.creating).toBe(false);
  });
});

describe('a session that is not ours', () => {
  it('is granted nothing and reaches nothing', async () => {
    const stranger = new FakeSession('');
    fake.app.fireWith('session-created', stranger);
    expect(stranger.askPermission('clipboard-sanitized-write')).toBe(false);
    expect(stranger.checkPermission('storage-access')).toBe(false);
    expect(await stranger.request('https://caf.test/')).toBe(false);
    expect(stranger.fire('will-download', {}, {}, {}).defaultPrevented).toBe(true);
  });
});

describe('an event that reaches the application', () => {
  const ask = (event: string, ...before: unknown[]) => {
    let answer: unknown = 'no answer';
    const fired = fake.app.fire(event, {}, ...before, (...given: unknown[]) => (answer = given));
    return { prevented: fired.defaultPrevented, answer };
  };

  it('gets no client certificate', () => {
    expect(ask('select-client-certificate', {}, 'https://caf.test/', [{ issuerName: 'x' }])).toEqual({
      prevented: true,
      answer: [],
    });
  });

  it('trusts no invalid certificate', () => {
    expect(ask('certificate-error', {}, 'https://caf.test/', 'net::ERR', {})).toEqual({
      prevented: true,
      answer: [false],
    });
  });

  it('gets no password', () => {
    expect(ask('login', {}, {}, {})).toEqual({ prevented: true, answer: [] });
  });

  it('is not answered again when the page has answered for a certificate', () => {
    let answers = 0;
    const answered = { defaultPrevented: true, preventDefault: () => undefined };
    fake.app.fireWith('certificate-error', answered, {}, 'u', 'e', {}, () => (answers += 1));
    expect(answers).toBe(0);
  });
});

it('logs a browser process that crashed, not one that exited normally', () => {
  fake.app.fire('child-process-gone', {}, { type: 'GPU', reason: 'clean-exit', exitCode: 0 });
  expect(log).toEqual([]);
  fake.app.fire('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 1 });
  expect(log).toEqual(['shell.browser-died']);
});

// Electron reports it like any other process, with its service name (`name`; Microsoft's VS Code, pull request 161027).
it('does not log a decoder: we end it after each document, and its caller is notified', () => {
  fake.app.fire('child-process-gone', {}, { type: 'Utility', name: DECODER, reason: 'killed', exitCode: 15 });
  expect(log).toEqual([]);
});

it('keeps running without a window: by default Electron would quit', () => {
  expect(fake.app.listenerCount('window-all-closed')).toBe(1);
});

describe('before Electron is ready', () => {
  it('enables the sandbox, removes the menu, registers our scheme', () => {
    expect(prepareApp(fake.api, {})).toEqual({ ok: true, value: null });
    expect(fake.app.calls).toEqual(['requestSingleInstanceLock', 'enableSandbox']);
    expect(fake.menus).toEqual([null]);
    expect(fake.schemes.map(({ scheme }) => scheme)).toEqual(['kiosk']);
    expect(fake.app.switches.get('webrtc-ip-handling-policy')).toBe('disable_non_proxied_udp');
  });

  it('sets Chromium’s folder in memory before the lock in it, and the user agent before any session', () => {
    prepareApp(fake.api, {}, '/dev/shm/pn-electron-1000');
    expect(fake.app.calls.slice(0, 2)).toEqual(['setPath userData', 'requestSingleInstanceLock']);
    expect(fake.app.paths.get('userData')).toBe('/dev/shm/pn-electron-1000');
    expect(fake.app.userAgentFallback).not.toMatch(/Electron|kiosk/);
    expect(fake.app.switches.get('lang')).toBe('fr');
  });

  it('gives way to a kiosk that already runs', () => {
    fake.app.firstInstance = false;
    expect(prepareApp(fake.api, {})).toEqual({ ok: false, error: { kind: 'already-running' } });
    expect(fake.app.switches.size).toBe(0);
  });

  it.each([
    'no-sandbox',
    'disable-setuid-sandbox',
    'disable-gpu-sandbox',
    'single-process',
    'disable-web-security',
    'ignore-certificate-errors',
    'load-extension',
    'remote-debugging-port',
    'remote-debugging-pipe',
    'inspect',
    'inspect-brk',
  ])('does not run half locked with --%s', (name) => {
    fake.app.switches.set(name, undefined);
    expect(prepareApp(fake.api, {})).toEqual({ ok: false, error: { kind: 'forbidden-switch', name } });
    expect(fake.app.calls).toEqual([]);
  });

  it('lets a test harness attach, and unlocks nothing else', () => {
    fake.app.switches.set('remote-debugging-port', '0');
    expect(prepareApp(fake.api, { allowDebugging: true }).ok).toBe(true);
    fake.app.switches.set('no-sandbox', undefined);
    expect(prepareApp(fake.api, { allowDebugging: true }).ok).toBe(false);
  });

  it('allows no host to get Windows’ own account, even one that looks local', () => {
    expect(fake.app.sendsAccountTo('intranet')).toBe(true);
    prepareApp(fake.api, {});
    expect(fake.app.sendsAccountTo('intranet')).toBe(false);
  });

  it('trusts an extra key only for the demonstration', () => {
    const names = (options: Parameters<typeof electronSwitches>[0]) => electronSwitches(options).map(([name]) => name);
    expect(names({})).not.toContain('ignore-certificate-errors-spki-list');
    expect(names({ trustedSpki: 'x=' })).toContain('ignore-certificate-errors-spki-list');
  });

  // Without `Notification` a page that reads `Notification.permission` throws. `permissions.ts` refuses the request.
  it('leaves Notification to pages, which are refused when they ask', () => {
    expect(electronSwitches({}).map(([name]) => name)).not.toContain('disable-notifications');
  });

  it('never adds a switch that it would refuse', () => {
    for (const [name, value] of electronSwitches({ trustedSpki: 'x=' })) {
      fake.app.switches.set(name, value);
    }
    expect(prepareApp(fake.api, {}).ok).toBe(true);
  });
});
