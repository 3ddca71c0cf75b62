/** Quirks of Electron, each tested on the whole adapter. `test/fakes/electron/` quotes their sources. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { SystemPages } from '../../../main/devices/handover/system-printer.ts';
import { TO_MAIN } from '../../../main/shell/electron/channels.ts';
import { guestUse } from '../../../main/shell/electron/guest-use.ts';
import { FakeDownload } from '../../fakes/electron/fake-download.ts';
import { FAKE_DISPLAY } from '../../fakes/electron/fake-electron.ts';
import { openKiosk, openVisit, type FakeKiosk, type FakeVisit } from './fake-kiosk.ts';

const PAPERS: SystemPages = {
  count: 1,
  page: async () => Buffer.from('picture'),
  copies: 1,
  twoSided: false,
  colour: false,
};

let kiosk: FakeKiosk;
let visit: FakeVisit;
beforeEach(async () => {
  kiosk = await openKiosk();
  visit = await openVisit(kiosk);
});

describe('a password that a server asks for', () => {
  const details = { url: 'https://caf.test/', isRequestForNavigation: true };

  it('is answered once, and reported when the response has nothing to read', async () => {
    expect(visit.page.askLogin(details)).toMatchObject({ event: { defaultPrevented: true }, answers: [[]] });
    const { debugger: cdp } = visit.page;
    const url = 'https://caf.test/';
    cdp.answers.set('Runtime.evaluate', async () => ({ result: { value: false } }));
    cdp.tell('Network.requestWillBeSent', {
      requestId: 'r',
      type: 'Document',
      frameId: 'main-frame',
      request: { url },
    });
    cdp.tell('Network.responseReceived', { requestId: 'r', response: { url, status: 401 } });
    cdp.tell('Page.frameNavigated', { frame: { id: 'main-frame', loaderId: 'r', url } });
    cdp.tell('Page.domContentEventFired', {});
    await kiosk.clock.advance(0);
    expect(visit.events).toEqual([{ kind: 'load-failed', url, fault: 'login-wanted', status: 401 }]);
  });

  it('is answered once for our own screens too', () => {
    expect(kiosk.ownPage.askLogin(details).answers).toEqual([[]]);
  });

  it('is not confused with a certificate error, which the page answers first', () => {
    expect(visit.page.showBadCertificate('https://caf.test/').answers).toEqual([[false]]);
  });
});

it('answers a page that asks for full screen: the page may wait for that', () => {
  expect(visit.page.requestFullscreen()).toBe('refused');
});

it('offers no translator to a page: it would never answer', () => {
  expect(visit.page.askTranslator()).toBe('absent');
});

it('lets no page take the pointer to pick a colour of the screen', () => {
  expect(visit.page.openEyeDropper()).toBe('absent');
});

it('lets no page make a sound before the person has touched it', () => {
  expect(visit.page.playSound()).toBe('waits');
});

describe('the window', () => {
  it('fills the display, under a window manager that enforces a window’s size limits', () => {
    expect(kiosk.window.getContentBounds()).toEqual({ x: 0, y: 0, ...FAKE_DISPLAY });
    expect(kiosk.ownPage.layout).toEqual(FAKE_DISPLAY);
    expect(kiosk.window.options).toMatchObject({ kiosk: true, hasShadow: false, frame: false });
  });

  it('stays full screen when a page says that it leaves full screen', () => {
    visit.page.exitFullscreen();
    kiosk.ownPage.exitFullscreen();
    expect(kiosk.window.getContentBounds()).toEqual({ x: 0, y: 0, ...FAKE_DISPLAY });
  });
});

it('delivers all early messages of our screens once the caller has the view', async () => {
  const messages: string[] = [];
  const early = await openKiosk(
    undefined,
    { onReady: () => messages.push('ready'), onMessage: (text) => messages.push(text) },
    (fake) =>
      (fake.onContents = (contents) =>
        void (contents.load = async () => void contents.sendFromPage(TO_MAIN, '{"id":1}'))),
  );
  expect(messages).toEqual([]);
  await early.clock.advance(0);
  expect(messages).toEqual(['{"id":1}', 'ready']);
  early.ownPage.sendFromPage(TO_MAIN, '{"id":2}');
  expect(messages.at(-1)).toBe('{"id":2}');
});

// On Windows Pro no keyboard filter blocks the keys that show the desktop. The Start menu then only offers the kiosk,
// which starts a second program; that one exits, and the first must come forward (`docs/api/app.md`,
// `requestSingleInstanceLock`).
describe('behind the desktop', () => {
  it('the window comes back when the kiosk is started again, with the keyboard where it was', async () => {
    await visit.guest.show({ x: 0, y: 100, width: 800, height: 600 });
    kiosk.window.showDesktop();
    kiosk.fake.app.fire('second-instance', {}, ['point-numerique.exe'], 'C:\\', undefined);
    expect(kiosk.window.inFront).toBe(true);
    expect(visit.page.focused).toBe(true);
  });

  it('a minimized window restores itself', async () => {
    kiosk.window.minimize();
    await kiosk.clock.advance(0);
    expect([kiosk.window.isMinimized(), kiosk.window.inFront]).toEqual([false, true]);
  });

  it('a developer’s window may be minimized', async () => {
    const other = await openKiosk(undefined, { window: { width: 1280, height: 800 } });
    other.window.minimize();
    await other.clock.advance(0);
    expect(other.window.isMinimized()).toBe(true);
  });
});

describe('a guest that is not shown', () => {
  it('is laid out at full size, beneath our screens', () => {
    expect(visit.page.layout).toEqual(FAKE_DISPLAY);
    expect(kiosk.window.children[0]).toBe(visit.view);
    expect(kiosk.window.children.at(-1)).toBe(kiosk.ownView);
  });

  it('comes above them when it is shown, goes beneath them when it is hidden, and keeps its size', async () => {
    await visit.guest.show({ x: 0, y: 96, width: 1_500, height: 900 });
    expect(kiosk.window.children.at(-1)).toBe(visit.view);
    await visit.guest.hide();
    expect(kiosk.window.children.at(-1)).toBe(kiosk.ownView);
    expect(visit.page.layout).toEqual({ width: 1_500, height: 900 });
    expect(kiosk.ownPage.calls.at(-1)).toBe('focus');
  });
});

describe('the keyboard', () => {
  const CORNER = { x: 0, y: 96, width: 1_500, height: 900 };

  it('stays with our screens, or with the site in use, while the next guest is prepared', async () => {
    kiosk.ownPage.focus();
    await kiosk.shell.warmUp();
    expect(kiosk.ownPage.focused).toBe(true);
    await visit.guest.show(CORNER);
    const second = await openVisit(kiosk); // takes the warm one
    await kiosk.shell.warmUp();
    await second.guest.navigate('https://caf.test/2');
    await kiosk.clock.advance(0);
    expect(visit.page.focused).toBe(true);
  });

  it('stays with the site in use when another one ends', async () => {
    const second = await openVisit(kiosk);
    await visit.guest.show(CORNER);
    await second.guest.close();
    expect(visit.page.focused).toBe(true);
    await visit.guest.close();
    expect(kiosk.ownPage.focused).toBe(true);
  });

  it('returns to our screens when a site is hidden, and stays there beside a visible site', async () => {
    await visit.guest.show(CORNER);
    await visit.guest.hide();
    expect(kiosk.ownPage.focused).toBe(true);
    await visit.guest.show(CORNER);
    kiosk.ownPage.focus();
    await kiosk.shell.warmUp();
    expect(kiosk.ownPage.focused).toBe(true);
  });
});

describe('the user agent of a page', () => {
  const plain = 'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/150.0.0.0 Safari/537.36';

  it('is that of a browser from the first request on', () => {
    expect(visit.page.userAgent).toBe(plain);
  });

  it('has the person’s language for scripts too, in the page and in its frames before their scripts run', async () => {
    const override = { acceptLanguage: 'fr-FR,fr', userAgent: plain };
    expect(visit.page.debugger.sent).toContainEqual({
      command: 'Emulation.setUserAgentOverride',
      params: expect.objectContaining(override) as unknown,
      sessionId: undefined,
    });
    visit.page.debugger.tell('Target.attachedToTarget', {
      sessionId: 'f1',
      targetInfo: { type: 'iframe' },
      waitingForDebugger: true,
    });
    await kiosk.clock.advance(0);
    const inFrame = visit.page.debugger.sent
      .filter(({ sessionId }) => sessionId === 'f1')
      .map(({ command }) => command);
    expect(inFrame.indexOf('Emulation.setUserAgentOverride')).toBeGreaterThanOrEqual(0);
    expect(inFrame.at(-1)).toBe('Runtime.runIfWaitingForDebugger');
  });

  it('has Chromium’s version in the client hints, and no Electron', () => {
    const [override] = visit.page.debugger.sent.filter(({ command }) => command === 'Emulation.setUserAgentOverride');
    const { userAgentMetadata } = override?.params as {
      userAgentMetadata: { brands: readonly object[]; platform: string };
    };
    expect(userAgentMetadata.brands).toContainEqual({ brand: 'Chromium', version: '150' });
    expect(JSON.stringify(userAgentMetadata)).not.toContain('Electron');
  });
});

describe('a PDF', () => {
  const pdf = { type: 'application/pdf' };
  const became = (answer: object) => visit.session.answer({ ...pdf, ...answer }, visit.page);

  it.each([
    ['in the place of the page', { resourceType: 'mainFrame' }],
    ['in the place of the page, “inline”', { resourceType: 'mainFrame', disposition: 'inline; filename="a.pdf"' }],
    ['in a frame', { resourceType: 'subFrame' }],
    ['in an object or an embed', { resourceType: 'object' }],
    ['under its older name', { resourceType: 'subFrame', type: 'application/x-pdf; charset=binary' }],
  ])('%s becomes a document of the tray', async (_where, answer) => {
    expect(await became(answer)).toBe('download');
    expect(visit.session.downloads[0]?.savePath).toMatch(/^\/memory\/pn-download-/);
    expect(visit.session.systemDialogs).toEqual([]);
    expect(visit.events).toContainEqual(expect.objectContaining({ kind: 'download-started' }));
  });

  it('keeps the name that the site gives it', async () => {
    await became({ disposition: 'inline; filename="avis.pdf"' });
    expect(visit.session.downloads[0]?.name).toBe('avis.pdf');
  });

  it('becomes one too when Electron decodes its name with a line break', async () => {
    expect(await became({ disposition: ' inline; filename="avis\r\nd’impôt.pdf"' })).toBe('download');
    expect(visit.session.downloads[0]?.name).toBe('avis d’impôt.pdf');
  });

  it('that a script fetches is left to the script', async () => {
    expect(await became({ resourceType: 'xhr' })).toBe('pdf viewer'); // unchanged: the fake reports any PDF in this way
    expect(visit.session.downloads).toEqual([]);
  });

  it('a page stays a page', async () => {
    expect(await became({ type: 'text/html' })).toBe('page');
  });

  const blob = 'blob:https://caf.test/1-2-3';
  const made = async (value: 'pdf' | 'other', event: string, isMainFrame: boolean) => {
    const { page } = visit;
    const { answers, sent } = page.debugger;
    const frame = { id: 'main-frame', securityOrigin: 'https://caf.test' };
    answers.set('Page.getFrameTree', async () => ({ frameTree: { frame } }));
    answers.set('Page.createIsolatedWorld', async () => ({ executionContextId: 5 }));
    answers.set('Runtime.evaluate', async () => ({ result: { value } }));
    const before = sent.length;
    const held = page.fire(event, { url: blob, isMainFrame }).defaultPrevented;
    await kiosk.clock.advance(0);
    const ran = sent.slice(before).filter(({ command }) => command === 'Runtime.evaluate');
    return { held, ran: ran.map(({ params }) => (params as { expression: string }).expression) };
  };

  it.each([
    ['the page', true, 'will-navigate'],
    ['a frame, an object or an embed', false, 'will-frame-navigate'],
  ])('that the page created itself (blob:), in %s, is recognised and saved', async (_where, isMainFrame, event) => {
    const { held, ran } = await made('pdf', event, isMainFrame);
    expect(held).toBe(isMainFrame);
    expect(ran).toHaveLength(1);
    expect(ran[0]).toContain(JSON.stringify(blob));
    expect(ran[0]).toContain('download');
    expect(visit.events).toEqual([]);
  });

  it('a created document that is not a PDF opens as usual', async () => {
    const { held, ran } = await made('other', 'will-navigate', true);
    expect({ held, then: ran[1] }).toEqual({ held: true, then: `location.assign("${blob}")` });
    expect(visit.page.fire('will-navigate', { url: blob, isMainFrame: true }).defaultPrevented).toBe(false);
  });

  it('of a host outside the journey is saved, while pages of that host are not shown', async () => {
    const elsewhere = { url: 'https://stockage.test/avis' };
    expect(await became(elsewhere)).toBe('download');
    expect(await became({ ...elsewhere, type: 'text/html' })).toBe('nothing');
    expect(await became({ ...elsewhere, type: 'application/zip' })).toBe('download');
    expect(visit.events).toContainEqual({ kind: 'blocked', url: elsewhere.url, reason: 'outside-journey' });
  });

  it('of a host outside the journey is saved from a frame, where nothing of that host is shown', async () => {
    const inFrame = { url: 'https://stockage.test/avis', resourceType: 'subFrame' } as const;
    expect(await visit.session.request(inFrame.url, 'subFrame')).toBe(true);
    expect(await became(inFrame)).toBe('download');
    expect(await became({ ...inFrame, type: 'image/png', disposition: 'attachment' })).toBe('download');
    for (const type of ['text/html', 'image/png', 'text/plain', 'video/mp4', ''])
      expect(await became({ ...inFrame, type })).toBe('nothing');
    expect(await became({ ...inFrame, status: 404 })).toBe('nothing');
    expect(await became({ ...inFrame, url: 'https://evil.test/a.pdf' })).toBe('nothing');
  });
});

it('redirects a page to its allowed address', async () => {
  expect(await visit.session.redirectOf('http://caf.test/')).toBe('https://caf.test/');
});

it('reports the system’s idle time in milliseconds', async () => {
  expect(await kiosk.shell.idleMs()).toBe(7_000);
});

describe('contexts, which live as long as the program', () => {
  it('make the shell ask for a restart after many of them', async () => {
    expect(kiosk.shell.worn?.()).toBe(false);
    for (let i = 1; i < 40; i++) await (await openVisit(kiosk)).guest.close();
    expect(kiosk.fake.sessions.size).toBeGreaterThan(39);
    expect(kiosk.shell.worn?.()).toBe(true);
  });
});

describe('a page that is the response to a form', () => {
  it('is reloaded when the person tries again', async () => {
    visit.page.answersForm = true;
    await visit.guest.reload();
    expect([...visit.page.calls, ...visit.page.debugger.commands()]).toContainEqual(expect.stringMatching(/reload$/i));
  });

  it('goes back through the browser’s own history, but never to our blank page', async () => {
    const entries = ['data:text/html,<title>point-numerique</title>', 'https://caf.test/', 'https://caf.test/2'];
    const stands = (currentIndex: number): void =>
      void visit.page.debugger.answers.set('Page.getNavigationHistory', async () => ({
        currentIndex,
        entries: entries.map((url, at) => ({ id: at + 10, url })),
      }));
    const steps = (): readonly unknown[] =>
      visit.page.debugger.sent
        .filter(({ command }) => command === 'Page.navigateToHistoryEntry')
        .map(({ params }) => params);
    stands(1);
    await visit.guest.goBack();
    expect(steps()).toEqual([]);
    stands(2);
    await visit.guest.goBack();
    expect(steps()).toEqual([{ entryId: 11 }]);
  });
});

describe('a window that a page asks for', () => {
  const ledTo = (): readonly string[] =>
    visit.page.debugger.sent
      .filter(({ command }) => command === 'Runtime.evaluate')
      .map(({ params }) => (params as { expression: string }).expression)
      .filter((expression) => expression.includes('top.location'));

  it('never opens; after a user gesture the address loads in the one page, from the page that asked', async () => {
    expect(visit.page.wantWindow('https://caf.test/aide', true)).toEqual({ action: 'deny' });
    await kiosk.clock.advance(0);
    expect(ledTo()).toEqual(['top.location.href = "https://caf.test/aide"']);
  });

  it('loads nothing without a user gesture, whichever frame asked', async () => {
    const before = visit.page.loads.length;
    expect(visit.page.wantWindow('https://caf.test/publicite', false)).toEqual({ action: 'deny' });
    await kiosk.clock.advance(0);
    expect({ led: ledTo(), loads: visit.page.loads.length }).toEqual({ led: [], loads: before });
    expect(kiosk.log).toContain('guest.window-unasked');
  });

  it('is logged once a second, however often the page tries', async () => {
    const logged = (): number => kiosk.log.filter((one) => one === 'guest.window-unasked').length;
    const before = logged();
    for (let i = 0; i < 100; i++) visit.page.wantWindow(`https://caf.test/publicite-${i}`, false);
    await kiosk.clock.advance(1_000);
    expect(logged() - before).toBe(1);
    visit.page.wantWindow('https://caf.test/publicite', false);
    expect(logged() - before).toBe(2);
  });

  it('outside the journey is reported, and nothing loads', async () => {
    visit.page.wantWindow('https://ailleurs.test/', true);
    await kiosk.clock.advance(0);
    expect(ledTo()).toEqual([]);
    expect(visit.events).toEqual([{ kind: 'blocked', url: 'https://ailleurs.test/', reason: 'outside-journey' }]);
  });

  it.each(['', 'about:blank'])('with no address (%j) is refused without an event', async (url) => {
    visit.page.wantWindow(url, true);
    await kiosk.clock.advance(0);
    expect({ led: ledTo(), events: visit.events }).toEqual({ led: [], events: [] });
  });
});

it('leaves the default encoding to Electron, which uses the browsers’ own', () => {
  expect(visit.view.options.webPreferences).not.toHaveProperty('defaultEncoding');
});

describe('a page that is refused', () => {
  const asks = async (url: string): Promise<string> => {
    const stands = visit.session.askPage(url, visit.page);
    await new Promise(setImmediate);
    await kiosk.clock.advance(0);
    return stands;
  };

  it('keeps the current page instead of Chromium’s error page', async () => {
    expect(await asks('https://caf.test/')).toBe('asked');
    expect(await asks('https://ailleurs.test/')).toBe('nothing');
    expect(visit.events).toEqual([{ kind: 'blocked', url: 'https://ailleurs.test/', reason: 'outside-journey' }]);
  });
});

describe('a password that a frame’s server asks for', () => {
  it('is refused, and does not report the page around it', () => {
    const details = { url: 'https://caf.test/cadre', isRequestForNavigation: true, isMainFrame: false };
    expect(visit.page.askLogin(details).answers).toEqual([[]]);
    expect(visit.events).toEqual([]);
  });
});

describe('a permission check from a frame of another origin', () => {
  it('gets the usual verdict, although Electron names no page', () => {
    expect(visit.session.checkPermission('storage-access', null)).toBe(true);
    expect(visit.session.checkPermission('clipboard-sanitized-write', null)).toBe(true);
    expect(visit.session.checkPermission('media', null)).toBe(false);
    expect(kiosk.fake.sessions.get('kiosk-1')?.checkPermission('clipboard-sanitized-write', null)).toBe(false);
  });
});

describe('a view whose page is gone', () => {
  it('has no page any more, and the shell still checks what the page left', async () => {
    await visit.guest.close();
    expect(visit.view.webContents).toBeUndefined();
    expect(await kiosk.shell.leftovers()).toEqual([]);
  });

  it('is left alone when a refusal arrives after the end', async () => {
    const stands = visit.session.askPage('https://ailleurs.test/', visit.page);
    await visit.guest.close();
    await new Promise(setImmediate);
    await kiosk.clock.advance(0);
    expect(await stands).toBe('error page');
  });

  it('refuses a download that starts afterwards', async () => {
    await visit.guest.close();
    expect(visit.session.download(new FakeDownload(), undefined)).toBe(false);
  });

  it('is not shown or hidden when its page closed itself: Electron throws for such a view', async () => {
    visit.page.close();
    await visit.guest.hide();
    await visit.guest.show({ x: 0, y: 80, width: 800, height: 400 });
    await visit.guest.focus();
    await visit.guest.hide();
    expect(visit.events).toEqual([{ kind: 'crashed' }]);
    expect(kiosk.ownPage.isFocused()).toBe(true);
  });

  it('reports that the site is gone when its page closed itself', async () => {
    visit.page.close();
    await kiosk.clock.advance(0);
    expect(visit.events).toEqual([{ kind: 'crashed' }]);
  });
});

it('turns spellcheck off before a session’s first page: otherwise a dictionary is fetched from Google', async () => {
  kiosk.ownPage.printers = ['Bureau USB'];
  await kiosk.shell.systemPrinter?.print(null, PAPERS);
  expect(kiosk.fake.views.map(({ asksForDictionaries }) => asksForDictionaries)).toEqual([false, false, false]);
});

describe('the memory that a site uses', () => {
  it('is zero once its renderer is gone: every member of a frame throws then', () => {
    const { app } = kiosk.fake;
    app.memoryKb.set(visit.page.mainFrame.osProcessId, 1_000);
    expect(guestUse(app, visit.page)).toMatchObject({ processes: 1, memoryBytes: 1_024_000 });
    visit.page.forcefullyCrashRenderer();
    expect(guestUse(app, visit.page)).toMatchObject({ processes: 0, memoryBytes: 0 });
  });

  it('is read from the system on Linux, where Electron does not report it', async () => {
    const { app } = kiosk.fake;
    app.onLinux = true;
    app.memoryKb.set(process.pid, 0);
    const page = { isDestroyed: () => false, mainFrame: { framesInSubtree: [{ osProcessId: process.pid }] } };
    const { processes, memoryBytes } = guestUse(app, page as never);
    expect([processes, memoryBytes > 10_000_000]).toEqual([1, true]);
    app.memoryKb.set(visit.page.mainFrame.osProcessId, 1_000); // no such process here, as if it had just ended
    await kiosk.clock.advance(4_000);
    expect(visit.events).toEqual([]);
  });

  it('ends its page, and nothing else, above the limit', async () => {
    kiosk.fake.app.memoryKb.set(visit.page.mainFrame.osProcessId, 3_500 * 1_024);
    await kiosk.clock.advance(400);
    expect(visit.page.calls).toContain('crash');
    expect(visit.events.map(({ kind }) => kind)).toEqual(['crashed']);
    expect(kiosk.log).toContain('guest.took-too-much');
  });
});
