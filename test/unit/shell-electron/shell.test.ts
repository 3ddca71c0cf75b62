import { beforeEach, describe, expect, it } from 'vitest';
import { GUEST_DIALOG } from '../../../main/shell/electron/channels.ts';
import { createElectronShell } from '../../../main/shell/electron/electron-shell.ts';
import { BLANK_PAGE } from '../../../main/shell/electron/request-gate.ts';
import type { Guest, GuestEvent, GuestPolicy, Shell } from '../../../main/shell/port.ts';
import type { FakeContents } from '../../fakes/electron/fake-contents.ts';
import { createFakeElectron, type FakeElectron, type FakeView } from '../../fakes/electron/fake-electron.ts';
import type { FakeSession } from '../../fakes/electron/fake-session.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { fakeEgresses } from './fake-kiosk.ts';

const policy: GuestPolicy = {
  decide: ({ url }) =>
    url.startsWith('https://caf.test/') ? { allow: true } : { allow: false, reason: 'outside-journey' },
};

let fake: FakeElectron;
let clock: ManualClock;
let shell: Shell;
let events: GuestEvent[];
let folders: Set<string>;
let log: string[];
/** A folder that cannot be removed, as if another program had a file in it open. */
let held: string | undefined;

beforeEach(async () => {
  fake = createFakeElectron();
  clock = createManualClock();
  events = [];
  folders = new Set();
  log = [];
  held = undefined;
  let count = 0;
  fake.app.becomeReady();
  shell = createElectronShell({
    electron: fake.api,
    openEgress: fakeEgresses().open,
    silence: () => undefined,
    clock,
    logger: { log: (event, fields) => log.push(`${event} ${JSON.stringify(fields ?? {})}`) },
    files: {
      mkdir: async (path) => {
        folders.add(path);
        return { ok: true, value: null };
      },
      remove: async (path) => {
        if (path !== held) folders.delete(path);
        return { ok: true, value: null };
      },
      exists: async (path) => folders.has(path),
      list: async () => ({
        ok: true,
        value: [...folders].map((path) => ({ name: path.split('/').at(-1) ?? '', kind: 'folder' as const })),
      }),
    },
    removeNow: () => undefined,
    randomId: () => `${++count}`,
    folder: '/memory',
    preloads: { kiosk: '/app/preload.cjs', guest: '/app/guest-preload.cjs' },
    platform: 'linux',
    pid: 4_242,
  });
  await shell.openKioskView({
    serve: async () => undefined,
    onMessage: () => undefined,
    onReady: () => undefined,
    onClosed: () => undefined,
  });
});

const openGuest = (): Promise<Guest> => shell.openGuest({ policy, on: (event) => events.push(event) });
const lastView = (): FakeView => fake.views.at(-1) as FakeView;
const page = (): FakeContents => lastView().page;
const sessionOf = (guest: Guest): FakeSession => fake.sessions.get(guest.id) as FakeSession;
const eventsOf = (kind: GuestEvent['kind']): readonly GuestEvent[] => events.filter((event) => event.kind === kind);

describe('a guest', () => {
  it('has a fresh profile in memory, the sandbox, and its own preload in every frame', async () => {
    const guest = await openGuest();
    expect(guest.id).toMatch(/^guest-/);
    expect(lastView().options.webPreferences).toMatchObject({
      partition: guest.id,
      preload: '/app/guest-preload.cjs',
      nodeIntegrationInSubFrames: true,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
    });
    expect([...fake.sessions.keys()].filter((name) => name.startsWith('persist:'))).toEqual([]);
    expect((await openGuest()).id).not.toBe(guest.id);
  });

  it('is armed on a blank page before it goes anywhere', async () => {
    const guest = await openGuest();
    const commands = page().debugger.commands();
    expect(page().loads.map(({ url }) => url)).toEqual([BLANK_PAGE]);
    expect(commands).toEqual(
      expect.arrayContaining(['Page.enable', 'Page.setInterceptFileChooserDialog', 'Target.setAutoAttach']),
    );
    await guest.navigate('https://caf.test/');
    expect(page().loads.map(({ url }) => url)).toEqual([BLANK_PAGE, 'https://caf.test/']);
  });

  it('is not left alive when arming fails', async () => {
    fake.onContents = (contents) =>
      contents.debugger.answers.set('Page.setInterceptFileChooserDialog', () => Promise.reject(new Error('refused')));
    await expect(openGuest()).rejects.toThrow('refused');
    expect({ destroyed: page().destroyed, folders: [...folders] }).toEqual({ destroyed: true, folders: [] });
    expect(await shell.leftovers()).toEqual([]);
  });

  it('arms a frame of another origin before its scripts run', async () => {
    await openGuest();
    const cdp = page().debugger;
    cdp.tell('Target.attachedToTarget', { sessionId: 'f1', targetInfo: { type: 'iframe' }, waitingForDebugger: true });
    await clock.advance(0);
    const inFrame = cdp.sent.filter(({ sessionId }) => sessionId === 'f1').map(({ command }) => command);
    expect(inFrame).toContain('Page.setInterceptFileChooserDialog');
    expect(inFrame.at(-1)).toBe('Runtime.runIfWaitingForDebugger');
  });

  it('lies beneath our screens, then exactly over the rectangle, above them', async () => {
    const guest = await openGuest();
    expect(fake.windows[0]?.children[0]).toBe(lastView());
    await guest.show({ x: 0.4, y: 96, width: 1_499.6, height: 984 });
    expect({ bounds: lastView().bounds, visible: lastView().visible }).toEqual({
      bounds: { x: 0, y: 96, width: 1_500, height: 984 },
      visible: true,
    });
    expect(fake.windows[0]?.children.at(-1)).toBe(lastView());
    await guest.hide();
    expect(fake.windows[0]?.children[0]).toBe(lastView());
    // A page that loads behind our screens has the size that it will be shown in.
    await guest.hide({ x: 0, y: 96, width: 1_020, height: 984 });
    expect(fake.windows[0]?.children[0]).toBe(lastView());
    expect(lastView().bounds).toEqual({ x: 0, y: 96, width: 1_020, height: 984 });
  });

  it('loads nothing outside the journey', async () => {
    const guest = await openGuest();
    await guest.navigate('https://evil.test/');
    expect(page().loads).toHaveLength(1);
    expect(events).toEqual([{ kind: 'blocked', url: 'https://evil.test/', reason: 'outside-journey' }]);
    expect(log.join()).not.toContain('evil.test');
  });

  it('reports a refused request once, not again as a failed load', async () => {
    const guest = await openGuest();
    const cdp = page().debugger;
    const left = sessionOf(guest).request('https://evil.test/');
    await new Promise(setImmediate);
    await clock.advance(0);
    expect(await left).toBe(false);
    const request = { url: 'https://evil.test/' };
    cdp.tell('Network.requestWillBeSent', { requestId: 'r', type: 'Document', frameId: 'main-frame', request });
    cdp.tell('Network.loadingFailed', { requestId: 'r', errorText: 'net::ERR_BLOCKED_BY_CLIENT' });
    expect(events.map(({ kind }) => kind)).toEqual(['blocked']);
  });

  it('refuses a password window', async () => {
    await openGuest();
    const { event, answers } = page().askLogin({ url: 'https://caf.test/', isRequestForNavigation: true });
    expect({ prevented: event.defaultPrevented, answers }).toEqual({ prevented: true, answers: [[]] });
  });

  it('reports a refused permission', async () => {
    const guest = await openGuest();
    expect(sessionOf(guest).askPermission('geolocation')).toBe(false);
    expect(events).toEqual([{ kind: 'permission-refused', what: 'geolocation' }]);
  });

  it('keeps the chosen zoom from page to page, within limits', async () => {
    const guest = await openGuest();
    await guest.setZoom(1.5);
    page().zoom = 1;
    page().fire('did-navigate', {}, 'https://caf.test/2', 200, 'OK');
    expect(page().zoom).toBe(1.5);
    await guest.setZoom(50);
    expect(page().zoom).toBe(3);
    await guest.setZoom(0);
    expect(page().zoom).toBe(0.5);
  });

  it('reports a zoom key instead of zooming', async () => {
    await openGuest();
    const key = { type: 'keyDown', key: '+', code: '', control: true, alt: false, shift: false, meta: false };
    expect(page().fire('before-input-event', {}, key).defaultPrevented).toBe(true);
    expect(events).toEqual([{ kind: 'zoom-in' }]);
  });

  it('gives our screens the focus before it reports the key that left the site, and takes it back', async () => {
    const guest = await openGuest();
    const ours = (fake.views[0] as FakeView).page;
    const f6 = { type: 'keyDown', key: 'F6', code: 'F6', control: false, alt: false, shift: true, meta: false };
    const press = (): boolean => page().fire('before-input-event', {}, f6).defaultPrevented;
    const focused = (): number => ours.calls.filter((call) => call === 'focus').length;
    const atFirst = focused();
    expect(press()).toBe(true); // hidden: the key was not meant for it
    expect([events, focused()]).toEqual([[], atFirst]);
    await guest.show({ x: 0, y: 0, width: 10, height: 10 });
    press();
    expect(events).toEqual([{ kind: 'keyboard-left', by: 'part-key', backwards: true }]);
    expect(focused()).toBe(atFirst + 1);
    page().calls.length = 0;
    await guest.focus();
    expect(page().calls).toEqual(['focus']);
    await guest.hide();
    page().calls.length = 0;
    await guest.focus();
    expect(page().calls).toEqual([]);
  });

  it('leaves that key to our own screens, where it moves between parts', async () => {
    const ours = (fake.views[0] as FakeView).page;
    const f6 = { type: 'keyDown', key: 'F6', code: 'F6', control: false, alt: false, shift: false, meta: false };
    expect(ours.fire('before-input-event', {}, f6).defaultPrevented).toBe(false);
  });

  it('has Chromium’s user agent, and asks for French', async () => {
    const guest = await openGuest();
    expect(sessionOf(guest).userAgent).toBe(
      'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36',
    );
    expect(sessionOf(guest).acceptLanguages).toBe('fr-FR,fr');
  });

  it('does not wait forever for a PDF', async () => {
    const guest = await openGuest();
    page().pdf = () => new Promise(() => undefined);
    const refused = expect(guest.printToPdf()).rejects.toThrow('printing the page to PDF');
    await clock.advance(30_000);
    await refused;
  });
});

describe('a guest that goes wrong', () => {
  it('reports a crash once, whichever event came first', async () => {
    await openGuest();
    page().debugger.tell('Inspector.targetCrashed', {});
    page().fire('render-process-gone', {}, { reason: 'crashed' });
    page().fire('render-process-gone', {}, { reason: 'crashed' });
    expect(eventsOf('crashed')).toHaveLength(1);
  });

  it('reports a hang once, and the recovery once', async () => {
    await openGuest();
    for (const event of ['unresponsive', 'unresponsive', 'responsive', 'responsive']) page().fire(event);
    expect(events.map(({ kind }) => kind)).toEqual(['unresponsive', 'responsive']);
  });

  it('reports no hang while the page waits in a dialog', async () => {
    const guest = await openGuest();
    const dialog = page().sendFromPage(GUEST_DIALOG, { type: 'confirm', message: 'Oui ?', defaultText: '' });
    page().fire('unresponsive');
    expect(eventsOf('unresponsive')).toEqual([]);
    await guest.answerDialog('page-dialog-1', true);
    page().fire('responsive');
    expect({ answer: dialog.returnValue, events: eventsOf('responsive') }).toEqual({ answer: true, events: [] });
  });

  it('does not outlive the loss of its debugger: a file input would open a system window', async () => {
    await openGuest();
    page().debugger.fire('detach', {}, 'replaced by DevTools');
    expect(page().calls).toContain('crash');
    expect(eventsOf('crashed')).toHaveLength(1);
  });

  it('answers the open dialog when the person goes to another page', async () => {
    const guest = await openGuest();
    const dialog = page().sendFromPage(GUEST_DIALOG, { type: 'confirm', message: 'Oui ?', defaultText: '' });
    await guest.navigate('https://caf.test/');
    expect(dialog.returnValue).toBe(false);
    expect(eventsOf('dialog-gone')).toHaveLength(1);
  });
});

describe('the end of a guest', () => {
  it('leaves nothing', async () => {
    const guest = await openGuest();
    const session = sessionOf(guest);
    session.cookieList = [{ name: 'a', value: '', domain: 'caf.test', sameSite: 'lax' }];
    await guest.close();
    expect(page().destroyed).toBe(true);
    expect(session.wiped).toEqual(['connections', 'storage', 'cache', 'auth', 'names']);
    expect(fake.windows[0]?.children).not.toContain(lastView());
    expect({ folders: [...folders], left: await shell.leftovers() }).toEqual({ folders: [], left: [] });
  });

  it('emits no more events', async () => {
    const guest = await openGuest();
    await guest.close();
    page().fire('unresponsive');
    sessionOf(guest).askPermission('usb');
    expect(events).toEqual([]);
  });

  it('kills a page that does not close', async () => {
    const guest = await openGuest();
    page().closes = false;
    const closing = guest.close();
    await clock.advance(3_000);
    await closing;
    expect(page().calls).toContain('crash');
    expect({ destroyed: page().destroyed, left: await shell.leftovers() }).toEqual({ destroyed: true, left: [] });
  });

  it('has a time limit when the session does not answer, and the audit reports what stayed', async () => {
    const guest = await openGuest();
    const session = sessionOf(guest);
    session.cookieList = [{ name: 'a', value: '', domain: 'caf.test', sameSite: 'lax' }];
    session.clearStorageData = () => new Promise(() => undefined);
    const closing = guest.close();
    await clock.advance(5_000);
    await closing;
    expect(await shell.leftovers()).toEqual([`${guest.id}: cookies`]);
  });

  it('reports a profile that reached the disk', async () => {
    const guest = await openGuest();
    sessionOf(guest).storagePath = '/somewhere';
    await guest.close();
    expect(await shell.leftovers()).toEqual([`${guest.id}: profile on disk`]);
  });

  it('removes its documents once no program has them open, as on Windows, and reports them until then', async () => {
    const guest = await openGuest();
    const folder = `/memory/pn-download-${guest.id}`;
    held = folder;
    await guest.close();
    expect(await shell.leftovers()).toEqual([`${guest.id}: download folder`]);
    held = undefined;
    expect({ left: await shell.leftovers(), folders: [...folders] }).toEqual({ left: [], folders: [] });
  });

  it('reports a guest that was not closed, and an unknown folder', async () => {
    await openGuest();
    folders.add('/memory/pn-download-guest-of-an-earlier-run');
    folders.add('/memory/of-another-program');
    expect(await shell.leftovers()).toEqual(['guest: 1 still open', 'download folders: 1 too many']);
  });
});

describe('what an interrupted run left', () => {
  it('is removed and reported, and nothing else is', async () => {
    folders.add('/memory/pn-download-guest-7');
    folders.add('/memory/of-another-program');
    await openGuest();
    expect(await shell.purge()).toBe(true);
    expect([...folders].filter((path) => !path.includes('pn-download-'))).toEqual(['/memory/of-another-program']);
    expect(folders.has('/memory/pn-download-guest-7')).toBe(false);
    expect(folders.size).toBe(2);
    expect(await shell.purge()).toBe(false);
  });
});

/** A guest that is still being created, and has its folder already. */
const openSlowly = async () => {
  const loaded = Promise.withResolvers<void>();
  fake.onContents = (contents) => {
    contents.load = () => loaded.promise;
  };
  const opening = openGuest();
  while (folders.size === 0) await Promise.resolve();
  return { loaded, opening };
};

it('waits for a guest that is still being created, instead of reporting its folder as a stray', async () => {
  const { loaded, opening } = await openSlowly();
  const left = shell.leftovers();
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  loaded.resolve();
  await (await opening).close();
  expect(await left).not.toContain('download folders: 1 too many');
  expect(await shell.leftovers()).toEqual([]);
});

describe('the warm guest', () => {
  it('is the one that is opened, and loads nothing before', async () => {
    await shell.warmUp();
    const view = lastView();
    const warm = fake.sessions.get(view.options.webPreferences?.partition ?? '') as FakeSession;
    expect(await warm.request('https://caf.test/')).toBe(false);
    const guest = await openGuest();
    expect(guest.id).toBe(view.options.webPreferences?.partition);
    expect(fake.views).toHaveLength(2);
    expect(await warm.request('https://caf.test/')).toBe(true);
  });

  it('is not a leftover', async () => {
    await shell.warmUp();
    expect(await shell.leftovers()).toEqual([]);
  });

  it('is created once for two concurrent calls', async () => {
    await Promise.all([shell.warmUp(), shell.warmUp()]);
    expect(fake.views).toHaveLength(2);
  });

  it('is replaced when it has crashed', async () => {
    await shell.warmUp();
    const dead = page();
    dead.fire('render-process-gone', {}, { reason: 'oom' });
    await openGuest();
    expect(page()).not.toBe(dead);
    expect(dead.destroyed).toBe(true);
  });

  it('goes to only one of two concurrent callers, and ending one does not affect the other', async () => {
    const warming = shell.warmUp();
    const [first, second] = await Promise.all([openGuest(), openGuest()]);
    await warming;
    expect(first.id).not.toBe(second.id);
    await first.close();
    await second.navigate('https://caf.test/');
    expect(page().loads.at(-1)?.url).toBe('https://caf.test/');
    await shell.warmUp();
    expect((await openGuest()).id).not.toBe(second.id);
  });

  it('never rejects, and the next call tries again', async () => {
    fake.onContents = (contents) => {
      contents.load = () => Promise.reject(new Error('no renderer'));
    };
    await shell.warmUp();
    fake.onContents = () => undefined;
    expect((await openGuest()).id).toMatch(/^guest-/);
  });
});

it('ends a guest that is still being created, and its folder, so that the next run sees no interruption', async () => {
  const { loaded, opening } = await openSlowly();
  const closing = shell.close();
  loaded.resolve();
  await Promise.all([opening, closing]);
  expect({ destroyed: page().destroyed, folders: [...folders] }).toEqual({ destroyed: true, folders: [] });
});

it('ends every guest and the window', async () => {
  const guest = await openGuest();
  await shell.warmUp();
  await shell.close();
  expect(fake.views.map(({ page: one }) => one.destroyed)).toEqual([true, true, true]);
  expect({ window: fake.windows[0]?.destroyed, folders: [...folders] }).toEqual({ window: true, folders: [] });
  await shell.warmUp();
  expect(fake.views).toHaveLength(3);
  await guest.close();
});
