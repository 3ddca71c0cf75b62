import { beforeEach, describe, expect, it } from 'vitest';
import type { LogFields } from '../../../main/log/logger.ts';
import { TO_MAIN, TO_SCREENS } from '../../../main/shell/electron/channels.ts';
import { openElectronKioskView, type OpenedKioskView } from '../../../main/shell/electron/kiosk-view.ts';
import { trackOwnContents } from '../../../main/shell/electron/own-contents.ts';
import type { KioskViewOptions } from '../../../main/shell/port.ts';
import type { FakeContents } from '../../fakes/electron/fake-contents.ts';
import {
  createFakeElectron,
  type FakeElectron,
  type FakeView,
  type FakeWindow,
} from '../../fakes/electron/fake-electron.ts';
import type { FakeSession } from '../../fakes/electron/fake-session.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';

interface Opened {
  readonly fake: FakeElectron;
  readonly clock: ManualClock;
  readonly kiosk: OpenedKioskView;
  readonly contents: FakeContents;
  readonly view: FakeView;
  readonly window: FakeWindow;
  readonly session: FakeSession;
  readonly received: string[];
  readonly log: string[];
}

const must = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('not there');
  return value;
};

const open = async (window?: KioskViewOptions['window']): Promise<Opened> => {
  const fake = createFakeElectron();
  const clock = createManualClock();
  const received: string[] = [];
  const log: string[] = [];
  const kiosk = await openElectronKioskView(
    {
      electron: fake.api,
      own: trackOwnContents(),
      clock,
      logger: {
        log(event, fields: LogFields = {}) {
          log.push(`${event} ${String(fields['what'] ?? fields['reason'] ?? '')}`.trim());
        },
      },
      randomId: () => 'abc',
      preload: '/app/preload.cjs',
      onWindow: () => undefined,
    },
    {
      serve: async (path) => ({ type: 'text/plain', body: new TextEncoder().encode(path) }),
      onMessage: (text) => received.push(`message ${text}`),
      onReady: () => received.push('ready'),
      onClosed: () => received.push('closed'),
      ...(window === undefined ? {} : { window }),
    },
  );
  received.length = 0; // drops the messages of the first load, which `as-electron-does.test.ts` tests
  const view = must(fake.views[0]);
  return {
    fake,
    clock,
    kiosk,
    received,
    log,
    view,
    contents: view.page,
    window: must(fake.windows[0]),
    session: must(fake.sessions.get('kiosk-abc')),
  };
};

let fixture: Opened;
beforeEach(async () => {
  fixture = await open();
});

describe('the kiosk view', () => {
  it('is one full-screen window without a frame, shown only once our screens have loaded', () => {
    expect(fixture.fake.windows).toHaveLength(1);
    expect(fixture.window.options).toMatchObject({
      kiosk: true,
      frame: false,
      closable: false,
      resizable: true,
      show: false,
    });
    expect(fixture.window.shown).toBe(true);
    expect(fixture.view.bounds).toEqual({ x: 0, y: 0, width: 1920, height: 1080 });
    expect(fixture.contents.loads.map(({ url }) => url)).toEqual(['kiosk://kiosk.localhost/']);
  });

  it('is a window of the given size for a developer, who may close it', async () => {
    const small = await open({ width: 1280, height: 800 });
    expect(small.window.options).toMatchObject({ kiosk: false, width: 1280, height: 800, useContentSize: true });
    expect(small.window.fire('close').defaultPrevented).toBe(false);
    small.window.fireWith('closed');
    expect(small.received).toEqual(['closed']);
  });

  it('keeps its profile in memory, with the sandbox and our preload', () => {
    expect(fixture.view.options.webPreferences).toMatchObject({
      partition: 'kiosk-abc',
      preload: '/app/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
    });
  });

  it('does not close on Alt+F4', () => {
    expect(fixture.window.fire('close').defaultPrevented).toBe(true);
  });

  it('serves our screens', async () => {
    const handler = must(fixture.session.schemes.get('kiosk'));
    const response = await handler(new Request('kiosk://kiosk.localhost/bytes/documents/1'));
    expect(await response.text()).toBe('/bytes/documents/1');
  });

  it.each([
    'https://example.test/',
    'http://127.0.0.1/',
    'file:///etc/passwd',
    'kiosk://other/',
    'blob:https://x.test/1',
    'wss://x.test/',
  ])('lets no request out to %s', async (url) => {
    expect(await fixture.session.request(url, 'xhr')).toBe(false);
    expect(fixture.log).toContain('contract.refused request');
  });

  it.each(['kiosk://kiosk.localhost/app.js', 'blob:kiosk://kiosk.localhost/1'])('lets %s pass', async (url) => {
    expect(await fixture.session.request(url, 'script')).toBe(true);
  });

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])('stays on our screens at %s', (event) => {
    expect(fixture.contents.fire(event, { url: 'https://x.test/', isMainFrame: true }).defaultPrevented).toBe(true);
    expect(fixture.contents.fire(event, { url: 'kiosk://kiosk.localhost/', isMainFrame: false }).defaultPrevented).toBe(
      true,
    );
    expect(fixture.contents.fire(event, { url: 'kiosk://kiosk.localhost/', isMainFrame: true }).defaultPrevented).toBe(
      false,
    );
  });

  it('opens no window, downloads nothing, is granted nothing', () => {
    expect(fixture.contents.openWindow('kiosk://kiosk.localhost/')).toEqual({ action: 'deny' });
    expect(fixture.session.fire('will-download', {}, {}, {}).defaultPrevented).toBe(true);
    expect(fixture.session.askPermission('clipboard-sanitized-write')).toBe(false);
    expect(fixture.session.checkPermission('fullscreen')).toBe(false);
  });
});

describe('messages of our screens', () => {
  it('are accepted from our main frame at our origin', () => {
    fixture.contents.sendFromPage(TO_MAIN, '{"id":1}');
    expect(fixture.received).toEqual(['message {"id":1}']);
  });

  it.each([
    ['another page', { id: 9_999 }, 'other-contents'],
    ['an inner frame', { inner: true }, 'inner-frame'],
    ['a frame that is gone', { gone: true }, 'frame-gone'],
    ['another origin', { origin: 'https://kiosk.localhost' }, 'other-origin'],
    ['an opaque origin', { origin: 'null' }, 'other-origin'],
  ])('are refused and logged from %s', (_from, sender, reason) => {
    fixture.contents.sendFromPage(TO_MAIN, '{"id":1}', sender);
    expect({ received: fixture.received, log: fixture.log }).toEqual({
      received: [],
      log: [`contract.refused ${reason}`],
    });
  });

  it.each([[undefined], [{ id: 1 }], [42], ['x'.repeat(1_000_001)]])(
    'are refused when they are not a text of acceptable length',
    (message) => {
      fixture.contents.sendFromPage(TO_MAIN, message);
      expect({ received: fixture.received, log: fixture.log }).toEqual({
        received: [],
        log: ['contract.refused not-a-message'],
      });
    },
  );

  it('are sent to them on one channel', () => {
    fixture.kiosk.send('{"kind":"event"}');
    expect(fixture.contents.messages).toEqual([{ channel: TO_SCREENS, args: ['{"kind":"event"}'] }]);
  });

  it('start again when the screens are reloaded', () => {
    fixture.contents.fire('dom-ready');
    fixture.contents.fire('dom-ready');
    expect(fixture.received).toEqual(['ready', 'ready']);
  });
});

describe('when our screens die', () => {
  const loads = (): number => fixture.contents.loads.length;

  it('loads them again, waiting longer each time', async () => {
    for (const waitMs of [250, 1_000, 3_000, 10_000, 30_000, 30_000]) {
      const before = loads();
      fixture.contents.fire('render-process-gone', {}, { reason: 'oom' });
      await fixture.clock.advance(waitMs - 1);
      expect(loads()).toBe(before);
      await fixture.clock.advance(1);
      expect(loads()).toBe(before + 1);
    }
    expect(fixture.log).toContain('shell.browser-died oom');
    expect(fixture.log).toContain('shell.browser-restarted');
  });

  it('begins with a short wait again after a quiet minute', async () => {
    fixture.contents.fire('render-process-gone', {}, { reason: 'crashed' });
    await fixture.clock.advance(250);
    await fixture.clock.advance(60_001);
    const before = loads();
    fixture.contents.fire('render-process-gone', {}, { reason: 'crashed' });
    await fixture.clock.advance(250);
    expect(loads()).toBe(before + 1);
  });

  it('reloads them after a failed load, but not when a newer load replaced it', async () => {
    fixture.contents.fire('did-fail-load', {}, -3, 'ERR_ABORTED', 'kiosk://kiosk.localhost/', true);
    fixture.contents.fire('did-fail-load', {}, -2, 'ERR_FAILED', 'kiosk://kiosk.localhost/x', false);
    await fixture.clock.advance(1_000);
    expect(loads()).toBe(1);
    fixture.contents.fire('did-fail-load', {}, -2, 'ERR_FAILED', 'kiosk://kiosk.localhost/', true);
    await fixture.clock.advance(250);
    expect(loads()).toBe(2);
  });

  it('replaces a page that hangs', async () => {
    fixture.contents.fire('unresponsive');
    await fixture.clock.advance(250);
    expect(loads()).toBe(2);
  });

  it('does nothing once the kiosk ends', async () => {
    fixture.kiosk.close();
    fixture.contents.fire('render-process-gone', {}, { reason: 'crashed' });
    await fixture.clock.advance(60_000);
    expect(loads()).toBe(1);
    expect({ destroyed: fixture.window.destroyed, received: fixture.received }).toEqual({
      destroyed: true,
      received: [],
    });
  });
});

it('empties the clipboard and the primary selection', async () => {
  expect(await fixture.kiosk.clipboardLeftovers()).toEqual(['CLIPBOARD', 'PRIMARY']);
  await fixture.kiosk.clearClipboard();
  expect(await fixture.kiosk.clipboardLeftovers()).toEqual([]);
  expect(fixture.fake.cleared).toEqual(['clipboard', 'selection']);
});

it('follows the size of its window', () => {
  fixture.window.resize({ width: 1080, height: 1920 });
  expect(fixture.view.bounds).toEqual({ x: 0, y: 0, width: 1080, height: 1920 });
});
