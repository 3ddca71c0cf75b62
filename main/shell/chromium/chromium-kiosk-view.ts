/**
 * Our own screens, in their own browser: served by `Fetch.fulfillRequest` at `https://kiosk.localhost/` (a secure
 * context without a server), with messages over a binding. No request of this view ever leaves the machine.
 */
import type { CdpSession } from '../guest/cdp-session.ts';
import type { Clock } from '../../platform/clock.ts';
import { withTimeout } from '../../platform/clock.ts';
import type { Logger } from '../../log/logger.ts';
import { isolatedSource } from '../guest/in-page.ts';
import { keyRules } from '../guest/reserved-keys.ts';
import type { KioskView, KioskViewOptions, Rect } from '../port.ts';
import { SCREEN_HEADERS } from '../screen-headers.ts';
import type { BrowserProcess } from './browser-process.ts';
import { restrictToOnePage } from './one-page.ts';

export const KIOSK_ORIGIN = 'https://kiosk.localhost';

export interface KioskViewDeps {
  /** A window manager runs, and will honour our requests. */
  readonly isManaged: boolean;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly randomName: () => string;
}

export interface OpenedKioskView {
  /** Without the clipboard, which outlives the view. */
  readonly view: Pick<KioskView, 'send' | 'reload' | 'leftovers'>;
  /** Sends the view the key that moves to the next part of the screen (F6), which was grabbed at the X server. */
  readonly pressPart: (backwards: boolean) => void;
  /** Its position on the screen. */
  readonly area: Rect;
}

/** Runs in the page before our bundle: the screens' only access to the main process. */
const bridge = (send: string, deliver: string): void => {
  const scope = globalThis as unknown as Record<string, ((text: string) => void) | undefined>;
  const binding = scope[send];
  const waiting: string[] = [];
  let listener: ((text: string) => void) | undefined;
  scope[deliver] = (text) => {
    if (listener) listener(text);
    else waiting.push(text);
  };
  Object.defineProperty(globalThis, 'pointNumerique', {
    value: Object.freeze({
      send: (text: string) => binding?.(text),
      receive(next: (text: string) => void) {
        listener = next;
        for (const text of waiting.splice(0)) next(text);
      },
    }),
  });
};

/** Runs in our own page: lists everything that an origin can store. The screens use none of it. */
const keptByOrigin = async (): Promise<string[]> => {
  const scope = globalThis as unknown as {
    localStorage: { length: number };
    sessionStorage: { length: number };
    indexedDB: { databases(): Promise<unknown[]> };
    caches: { keys(): Promise<unknown[]> };
    navigator: { serviceWorker: { getRegistrations(): Promise<unknown[]> } };
  };
  const counts: [string, number][] = [
    ['local storage', scope.localStorage.length],
    ['session storage', scope.sessionStorage.length],
    ['databases', (await scope.indexedDB.databases()).length],
    ['caches', (await scope.caches.keys()).length],
    ['service workers', (await scope.navigator.serviceWorker.getRegistrations()).length],
  ];
  return counts.filter(([, count]) => count > 0).map(([name, count]) => `${name}: ${count}`);
};

/** Shorter than the time allowed for one step of the end of a session. */
const LOADS_WITHIN_MS = 6_000;

/**
 * A failure is reported by whoever awaits it; without the catch, one that nobody awaits would count as an unhandled
 * rejection.
 */
const pending = (): PromiseWithResolvers<void> => {
  const one = Promise.withResolvers<void>();
  one.promise.catch(() => undefined); // see above
  return one;
};

/**
 * Maximised rather than full screen, which a window manager stacks above the guest, or the size of the screen, from
 * which Chromium subtracts a pixel so as not to look full screen. Without a window manager: one pixel more than the
 * screen.
 */
const boundsOf = (inWindow: boolean, isManaged: boolean, area: Rect) => {
  const { x: left, y: top, width, height } = area;
  if (inWindow) return { left, top, width, height };
  return isManaged ? { windowState: 'maximized' as const } : { left, top, width, height: height + 1 };
};

/** Windows key code and modifier bit, as the protocol uses them. */
const F6 = 117;
const SHIFT = 8;

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Sends the key that moves to the next part of the screen, as if pressed in our own view. */
const pressPart = (session: CdpSession, backwards: boolean): void => {
  const key = {
    key: keyRules.part,
    code: keyRules.part,
    windowsVirtualKeyCode: F6,
    modifiers: backwards ? SHIFT : 0,
  };
  for (const type of ['rawKeyDown', 'keyUp'] as const)
    void session.send('Input.dispatchKeyEvent', { type, ...key }).catch(() => undefined); // our view is closing
};

export const openChromiumKioskView = async (
  deps: KioskViewDeps,
  browser: BrowserProcess,
  options: KioskViewOptions,
): Promise<OpenedKioskView> => {
  const { root } = browser;
  const names = {
    zone: '', // our own screens pick files through the contract
    send: `pn_${deps.randomName()}`,
    deliver: `pn_${deps.randomName()}`,
    report: `pn_${deps.randomName()}`,
    again: `pn_${deps.randomName()}`,
  };
  const page = await restrictToOnePage({
    clock: deps.clock,
    root,
    onIntruder: (type) => deps.logger.log('shell.window-closed', { type }),
    onGone: options.onClosed,
  });
  const { session } = page;
  void browser.exited.then(options.onClosed);

  root.on('Fetch.requestPaused', ({ requestId, request }) => {
    const answer = async (): Promise<void> => {
      const url = new URL(request.url);
      if (url.origin !== KIOSK_ORIGIN || request.method !== 'GET') {
        deps.logger.log('contract.refused', { reason: 'the kiosk view asked for another address' });
        await root.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
        return;
      }
      const bytes = await options.serve(url.pathname);
      await root.send('Fetch.fulfillRequest', {
        requestId,
        responseCode: bytes ? 200 : 404,
        responseHeaders: [
          { name: 'content-type', value: bytes?.type ?? 'text/plain' },
          ...Object.entries(SCREEN_HEADERS).map(([name, value]) => ({ name, value })),
        ],
        body: bytes ? Buffer.from(bytes.body).toString('base64') : base64('not found'),
      });
    };
    void answer().catch(() => undefined); // the page was left meanwhile
  });

  // The sender guard: accept messages only from the main frame's own world, at our origin.
  let ourContextId: number | undefined;
  session.on('Runtime.executionContextCreated', ({ context }) => {
    const aux = context.auxData as { isDefault?: boolean; frameId?: string } | undefined;
    if (aux?.isDefault !== true || aux.frameId !== page.targetId) return;
    ourContextId = context.origin === KIOSK_ORIGIN ? context.id : undefined;
    // Remove the history before this page: the browser's initial blank page, and an earlier person's pages.
    if (ourContextId === undefined) return;
    const { resolve, reject } = historyReset; // captured now, because another page may be loading when the answer comes
    void session.send('Page.resetNavigationHistory').then(() => resolve(), reject);
  });
  session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId === ourContextId) ourContextId = undefined;
  });
  session.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name === names.report) return;
    if (name !== names.send || executionContextId !== ourContextId) {
      deps.logger.log('contract.refused', { reason: 'a message from another frame' });
      return;
    }
    options.onMessage(payload);
  });
  session.on(
    'Page.javascriptDialogOpening',
    // The page may be gone, and its dialog with it.
    () => void session.send('Page.handleJavaScriptDialog', { accept: true }).catch(() => undefined),
  );
  /** Settled when our page is the only one in the view's history; only then can it be inspected. */
  let historyReset = pending();
  /** Settled when its screens have loaded. */
  let loaded = pending();
  session.on('Page.domContentEventFired', () => {
    // Ignore a late event of the browser's initial blank page.
    if (ourContextId === undefined) return;
    loaded.resolve();
    options.onReady();
  });

  const [, { result: screenSize }] = await Promise.all([
    root.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] }),
    session.send('Runtime.evaluate', { expression: '[screen.width, screen.height]', returnByValue: true }),
    root.send('Browser.setDownloadBehavior', { behavior: 'deny' }),
    session.send('Page.enable'),
    session.send('Runtime.enable'),
    session.send('Page.setInterceptFileChooserDialog', { enabled: true }),
    session.send('Runtime.addBinding', { name: names.send }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: `(${bridge.toString()})(${JSON.stringify(names.send)},${JSON.stringify(names.deliver)});`,
    }),
    session.send('Page.addScriptToEvaluateOnNewDocument', {
      source: isolatedSource(names, 'kiosk', 'here'),
      worldName: `pn-${deps.randomName()}`,
    }),
  ]);
  const [width, height] = screenSize.value as [number, number];
  const area: Rect = { x: 0, y: 0, ...(options.window ?? { width, height }) };
  await Promise.all([
    root.send('Browser.setWindowBounds', {
      windowId: page.windowId,
      bounds: boundsOf(options.window !== undefined, deps.isManaged, area),
    }),
    session.send('Page.navigate', { url: `${KIOSK_ORIGIN}/` }),
  ]);

  const view: OpenedKioskView['view'] = {
    send(text) {
      if (ourContextId === undefined) return; // no listener yet: the snapshot will contain everything
      void session
        .send('Runtime.evaluate', {
          expression: `globalThis[${JSON.stringify(names.deliver)}](${JSON.stringify(text)})`,
          contextId: ourContextId,
        })
        .catch(() => undefined); // the page was left; the next one requests the snapshot
    },
    async reload() {
      ourContextId = undefined;
      await root.send('Storage.clearCookies', {});
      await session.send('Storage.clearDataForOrigin', { origin: KIOSK_ORIGIN, storageTypes: 'all' });
      historyReset = pending();
      loaded = pending();
      await session.send('Page.navigate', { url: `${KIOSK_ORIGIN}/` });
      await withTimeout(deps.clock, LOADS_WITHIN_MS, 'our own screens', loaded.promise);
      // The previous screens are gone, but what they showed of a person may still be in the page's heap, which is
      // rarely collected.
      await session.send('HeapProfiler.collectGarbage');
    },
    async leftovers() {
      await withTimeout(deps.clock, LOADS_WITHIN_MS, 'our own screens', historyReset.promise);
      const [{ result }, { entries }, { cookies }] = await Promise.all([
        session.send('Runtime.evaluate', {
          expression: `(${keptByOrigin.toString()})()`,
          awaitPromise: true,
          returnByValue: true,
        }),
        session.send('Page.getNavigationHistory'),
        root.send('Storage.getCookies', {}),
      ]);
      const found = Array.isArray(result.value) ? (result.value as string[]) : ['storage that cannot be looked at'];
      if (entries.length > 1) found.push(`history: ${entries.length - 1} pages`);
      if (cookies.length > 0) found.push(`cookies: ${cookies.length}`);
      return found;
    },
  };
  return { view, area, pressPart: (backwards) => pressPart(session, backwards) };
};
