/** One démarche's real site: a view of its own with a profile in memory, armed before it goes anywhere. */
import { join } from 'node:path';
import type { LoadURLOptions, Rectangle } from 'electron';
import type { Logger } from '../../log/logger.ts';
import { withTimeout, type Clock } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { openGuestPage, type GuestPage } from '../guest/guest-page.ts';
import type { Guest, GuestOptions, Rect } from '../port.ts';
import { guardContents, lockedPreferences } from './contents-guards.ts';
import { attachDebugger, withoutEvents, type DebuggerSession } from './debugger-session.ts';
import { catchDownloads } from './downloads.ts';
import type { BrowsingSession, ContentsView, ElectronApi } from './electron-api.ts';
import { createGuestEvents, type GuestEvents } from './guest-events.ts';
import { guardNavigation } from './navigation-guards.ts';
import type { OwnContents } from './own-contents.ts';
import { hearPageDialogs, type PageDialogs } from './page-dialogs.ts';
import { guestMay } from './permissions.ts';
import { BLANK_PAGE, gateRequests, sessionResolver } from './request-gate.ts';
import { guardSession } from './session-guards.ts';
import { acceptLanguages, plainUserAgent } from './user-agent.ts';

const BLANK_WITHIN_MS = 10_000;
const PRINT_WITHIN_MS = 30_000;
const CLOSE_WITHIN_MS = 3_000;
const WIPE_WITHIN_MS = 5_000;
const ZOOM = { min: 0.5, max: 3, step: 0.1 } as const;

/** Electron tells these in a better way: its own window handler, `guest-preload.ts`, `render-process-gone`. */
const MUTED: ReadonlySet<string> = new Set([
  'Page.windowOpen',
  'Page.javascriptDialogOpening',
  'Page.javascriptDialogClosed',
  'Inspector.targetCrashed',
]);

export interface GuestDeps {
  readonly electron: Pick<ElectronApi, 'WebContentsView' | 'session'>;
  readonly own: OwnContents;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Pick<Files, 'mkdir' | 'remove' | 'exists'>;
  readonly randomId: () => string;
  /** Where guests' downloads pass through, in memory if the machine can. */
  readonly folder: string;
  readonly preload: string;
  /** Puts the view into the window, hidden; the answer takes it out. */
  readonly place: (view: ContentsView) => () => void;
}

export class ElectronGuest implements Guest {
  readonly id: string;
  readonly language: string;
  readonly #deps: GuestDeps;
  readonly #folder: string;
  readonly #session: BrowsingSession;
  readonly #view: ContentsView;
  readonly #events: GuestEvents;
  readonly #dialogs: PageDialogs;
  readonly #destroyed: Promise<void>;
  readonly #remove: () => void;
  readonly #cancelDownloads: () => void;
  #options: GuestOptions | undefined;
  #debugger: DebuggerSession | undefined;
  #page: GuestPage | undefined;
  #zoom = 1;
  #closing: Promise<void> | undefined;

  private constructor(deps: GuestDeps, language: string) {
    this.id = `guest-${deps.randomId()}`;
    this.language = language;
    this.#deps = deps;
    this.#folder = join(deps.folder, this.id);
    this.#events = createGuestEvents({
      logger: deps.logger,
      emit: (event) => this.#options?.on(event),
      dialogOpen: () => this.#dialogs.open,
    });
    const { view, session } = deps.own.create(() => ({
      // Without `persist:` the profile lives in memory alone.
      session: deps.electron.session.fromPartition(this.id, { cache: true }),
      view: new deps.electron.WebContentsView({
        webPreferences: {
          ...lockedPreferences,
          partition: this.id,
          preload: deps.preload,
          nodeIntegrationInSubFrames: true, // the preload in inner frames too; Node itself stays out by the sandbox
        },
      }),
    }));
    this.#session = session;
    this.#view = view;
    this.#destroyed = new Promise((resolve) => view.webContents.on('destroyed', () => resolve()));
    this.#cancelDownloads = this.#guardSession();
    this.#dialogs = this.#guardContents();
    this.#remove = deps.place(view);
  }

  /** Ready on a blank page; goes nowhere until `bind`. */
  static async open(deps: GuestDeps, language: string): Promise<ElectronGuest> {
    const guest = new ElectronGuest(deps, language);
    try {
      await guest.#arm();
      return guest;
    } catch (error) {
      await guest.close();
      throw error;
    }
  }

  /** Gives a warm guest to its démarche. */
  bind(options: GuestOptions): void {
    this.#options = options;
  }

  get usable(): boolean {
    return this.#closing === undefined && !this.#events.crashed && !this.#view.webContents.isDestroyed();
  }

  async show(rect: Rect): Promise<void> {
    this.#view.setBounds(toPixels(rect));
    this.#view.setVisible(true);
    this.#view.webContents.focus();
  }

  async hide(): Promise<void> {
    this.#view.setVisible(false);
  }

  async navigate(url: string): Promise<void> {
    const request = { kind: 'main-frame', url } as const;
    const verdict = this.#options?.policy.decide(request);
    if (verdict?.allow === true) this.#load(url, {});
    else this.#events.blocked(request, verdict ?? { allow: false, reason: 'outside-journey' });
  }

  async goBack(): Promise<void> {
    this.#dialogs.dropAll();
    const history = this.#view.webContents.navigationHistory;
    const previous = history.canGoBack() ? history.getEntryAtIndex(history.getActiveIndex() - 1) : undefined;
    if (previous !== undefined && previous.url !== BLANK_PAGE) history.goBack();
  }

  async reload(): Promise<void> {
    this.#dialogs.dropAll();
    this.#view.webContents.reload();
  }

  async setZoom(factor: number): Promise<void> {
    this.#zoom = Math.min(ZOOM.max, Math.max(ZOOM.min, factor));
    this.#view.webContents.setZoomFactor(this.#zoom);
  }

  async printToPdf(): Promise<Uint8Array> {
    const printing = this.#view.webContents.printToPDF({
      pageSize: 'A4',
      printBackground: true,
      preferCSSPageSize: true,
    });
    return withTimeout(this.#deps.clock, PRINT_WITHIN_MS, 'printing the page to PDF', printing);
  }

  async answerFiles(id: string, paths: readonly string[]): Promise<void> {
    await this.#page?.answerFiles(id, paths);
  }

  async answerDialog(id: string, accept: boolean, text?: string): Promise<void> {
    this.#dialogs.answer(id, accept, text);
  }

  async pointAt(selector: string): Promise<boolean> {
    return (await this.#page?.pointAt(selector)) ?? false;
  }

  async signedInSites(): Promise<readonly string[]> {
    const cookies = await this.#session.cookies.get({});
    return [...new Set(cookies.flatMap(({ domain }) => (domain === undefined ? [] : [domain.replace(/^\./, '')])))];
  }

  close(): Promise<void> {
    this.#closing ??= this.#end();
    return this.#closing;
  }

  /** What is still there of a closed guest, without anything personal. */
  async residue(): Promise<readonly string[]> {
    const left: string[] = [];
    if (!this.#view.webContents.isDestroyed()) left.push('page');
    if ((await this.#session.cookies.get({})).length > 0) left.push('cookies');
    if (this.#session.getStoragePath() !== null) left.push('profile on disk');
    if (await this.#deps.files.exists(this.#folder)) left.push('download folder');
    return left.map((what) => `${this.id}: ${what}`);
  }

  async #arm(): Promise<void> {
    const { clock, files } = this.#deps;
    const contents = this.#view.webContents;
    const made = await files.mkdir(this.#folder, 0o700);
    if (!made.ok) throw new Error(`no folder for the guest's downloads: ${made.error.code}`);
    await withTimeout(clock, BLANK_WITHIN_MS, 'the blank page', contents.loadURL(BLANK_PAGE));
    this.#debugger = attachDebugger({ debugger: contents.debugger, clock, onLost: () => this.#unwatched() });
    const session = withoutEvents(this.#debugger.session, MUTED);
    const { frameTree } = await session.send('Page.getFrameTree');
    this.#page = await openGuestPage({
      session,
      mainFrameId: frameTree.frame.id,
      clock,
      emit: this.#events.emit,
      randomName: this.#deps.randomId,
    });
  }

  #guardSession(): () => void {
    const session = this.#session;
    session.setUserAgent(plainUserAgent(session.getUserAgent()), acceptLanguages(this.language));
    guardSession(session, { may: guestMay, onRefused: this.#events.refused });
    gateRequests(session, {
      policy: () => this.#options?.policy,
      resolve: sessionResolver({ session, clock: this.#deps.clock }),
      onBlocked: this.#events.blocked,
      onFault: (url, fault) => this.#events.emit({ kind: 'load-failed', url, fault }),
      onBug: (error) => this.#deps.logger.log('kiosk.bug', { message: String(error) }),
    });
    return catchDownloads(session, {
      folder: this.#folder,
      randomId: this.#deps.randomId,
      contentsId: () => this.#view.webContents.id,
      emit: this.#events.emit,
    });
  }

  #guardContents(): PageDialogs {
    const contents = this.#view.webContents;
    const { emit, refused, blocked } = this.#events;
    guardContents(contents, { view: 'guest', onRefused: refused, onZoom: (zoom) => void this.#zoomBy(zoom) });
    guardNavigation(contents, {
      policy: () => this.#options?.policy,
      onBlocked: blocked,
      // Not inside the handler: Electron is in the middle of making the window.
      open: (url, options) => queueMicrotask(() => this.#load(url, options)),
    });
    contents.on('certificate-error', (event, _url, _error, _certificate, callback) => {
      event.preventDefault();
      callback(false); // the failed load that follows tells the person
    });
    contents.on('login', (event, details, _authInfo, callback) => {
      event.preventDefault();
      callback();
      if (details.isRequestForNavigation) emit({ kind: 'load-failed', url: details.url, fault: 'login-wanted' });
    });
    const dialogs = hearPageDialogs(contents, {
      monotonicMs: () => this.#deps.clock.monotonicMs(),
      emit,
      onRefused: refused,
    });
    contents.on('render-process-gone', () => {
      dialogs.dropAll();
      emit({ kind: 'crashed' });
    });
    contents.on('unresponsive', () => emit({ kind: 'unresponsive' }));
    contents.on('responsive', () => emit({ kind: 'responsive' }));
    // Chromium keeps a zoom for each host: the person chose one for the journey.
    contents.on('did-navigate', () => {
      dialogs.dropAll();
      contents.setZoomFactor(this.#zoom);
    });
    return dialogs;
  }

  #load(url: string, options: LoadURLOptions): void {
    if (this.#closing !== undefined) return;
    this.#dialogs.dropAll();
    this.#view.webContents.loadURL(url, options).catch(() => undefined); // a failed load is told by an event
  }

  async #zoomBy(zoom: 'zoom-in' | 'zoom-out' | 'zoom-reset'): Promise<void> {
    const step = zoom === 'zoom-in' ? ZOOM.step : -ZOOM.step;
    await this.setZoom(zoom === 'zoom-reset' ? 1 : Math.round((this.#zoom + step) * 100) / 100);
  }

  /** Without CDP a file input would open a system dialog: such a page must not live on. */
  #unwatched(): void {
    if (this.#closing !== undefined) return;
    if (!this.#view.webContents.isDestroyed()) this.#view.webContents.forcefullyCrashRenderer();
    this.#events.emit({ kind: 'crashed' });
  }

  async #end(): Promise<void> {
    const contents = this.#view.webContents;
    this.#page?.stop();
    this.#dialogs.dropAll();
    this.#events.stop();
    this.#cancelDownloads();
    this.#debugger?.detach();
    this.#remove();
    if (!contents.isDestroyed()) {
      contents.close({ waitForBeforeUnload: false });
      if (!(await this.#within(CLOSE_WITHIN_MS, this.#destroyed))) {
        contents.forcefullyCrashRenderer();
        contents.close({ waitForBeforeUnload: false });
        await this.#within(CLOSE_WITHIN_MS, this.#destroyed);
      }
    }
    const session = this.#session;
    // After the page, so that nothing writes any more; what could not be cleared shows in `residue`.
    await this.#within(WIPE_WITHIN_MS, session.closeAllConnections());
    await this.#within(
      WIPE_WITHIN_MS,
      Promise.all([
        session.clearStorageData(),
        session.clearCache(),
        session.clearAuthCache(),
        session.clearHostResolverCache(),
      ]),
    );
    await this.#deps.files.remove(this.#folder);
  }

  #within(ms: number, work: Promise<unknown>): Promise<boolean> {
    return withTimeout(this.#deps.clock, ms, 'closing a guest', work).then(
      () => true,
      () => false,
    );
  }
}

const toPixels = (rect: Rect): Rectangle => ({
  x: Math.round(rect.x),
  y: Math.round(rect.y),
  width: Math.round(rect.width),
  height: Math.round(rect.height),
});
