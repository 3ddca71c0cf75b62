/** The real site of one démarche: a view of its own with an in-memory profile, armed before it loads anything. */
import { totalmem } from 'node:os';
import { join } from 'node:path';
import type { ProxyConfig, Rectangle } from 'electron';
import { withTimeout } from '../../platform/clock.ts';
import type { Files } from '../../platform/files.ts';
import { limitsFor, watchGuest } from '../guest/guest-limits.ts';
import type { ClosedEgress } from '../guest/guest-egress.ts';
import { createFreshInput } from '../guest/fresh-input.ts';
import { openGuestPage, type GuestPage } from '../guest/guest-page.ts';
import { eventOfKey } from '../guest/key-events.ts';
import { throttleToASecond } from '../guest/throttle.ts';
import { MAX_PRINTED_BYTES } from '../guest/printed-page.ts';
import type { KeyCommand } from '../guest/reserved-keys.ts';
import type { Guest, GuestEvent, GuestOptions, GuestRequest, Rect, Verdict } from '../port.ts';
import { attachDebugger, withoutEvents, type DebuggerSession } from './debugger-session.ts';
import type { Contents, ContentsView } from './electron-api.ts';
import { endGuestView, residueOf } from './end-guest.ts';
import { createGuestEvents, type GuestEvents } from './guest-events.ts';
import { giveVoice } from './guest-voice.ts';
import { guestUse } from './guest-use.ts';
import { makeGuestView, type GuestView, type GuestViewDeps } from './guest-view.ts';
import type { GuestPlace } from './kiosk-view.ts';
import type { InnerFrame } from './page-dialogs.ts';
import { BLANK_PAGE } from './request-gate.ts';

const BLANK_WITHIN_MS = 10_000;
const PRINT_WITHIN_MS = 30_000;
const ZOOM = { min: 0.5, max: 3 } as const;

/** Events that we get in a better way from Electron: `guest-preload.ts`, `render-process-gone`. */
const MUTED: ReadonlySet<string> = new Set([
  'Page.javascriptDialogOpening',
  'Page.javascriptDialogClosed',
  'Inspector.targetCrashed',
]);

/** Prefix of our download folders: their parent folder may be shared with other programs. */
export const DOWNLOAD_PREFIX = 'pn-download-';

export interface GuestDeps extends Pick<
  GuestViewDeps,
  'electron' | 'own' | 'clock' | 'logger' | 'randomId' | 'preload'
> {
  readonly files: Pick<Files, 'mkdir' | 'remove' | 'exists'>;
  readonly openEgress: () => Promise<ClosedEgress>;
  /** Guests' downloads are written here first; in memory where possible. */
  readonly folder: string;
  readonly place: (view: ContentsView) => GuestPlace;
  /** As in the port. */
  readonly idleMs: () => Promise<number | undefined>;
  /** Gives the keyboard to our screens. */
  readonly keyboardToScreens: () => void;
  /** Called once, when the guest begins to close; `closed` settles with its end. */
  readonly onClosing: (guest: ElectronGuest, closed: Promise<void>) => void;
}

type PrintedPdf = Uint8Array | 'too-large';

const printed = async (from: InnerFrame): Promise<PrintedPdf> => {
  const pdf = await from.printToPDF({ pageSize: 'A4', printBackground: true, preferCSSPageSize: true });
  return pdf.length > MAX_PRINTED_BYTES ? 'too-large' : pdf;
};

export class ElectronGuest implements Guest {
  readonly id: string;
  /** Its download folder. */
  readonly folder: string;
  readonly #deps: GuestDeps;
  readonly #egress: ClosedEgress;
  readonly #events: GuestEvents;
  readonly #guestView: GuestView;
  readonly #place: GuestPlace;
  #options: GuestOptions | undefined;
  #debugger: DebuggerSession | undefined;
  #page: GuestPage | undefined;
  #zoom = 1;
  #shown = false;
  /** The PDF of the last frame that called `print()`. */
  #framePdf: Promise<PrintedPdf> | undefined;
  #stopLimits = (): void => undefined;
  #closing: Promise<void> | undefined;

  private constructor(deps: GuestDeps, egress: ClosedEgress) {
    this.#egress = egress;
    this.id = `guest-${deps.randomId()}`;
    this.#deps = deps;
    this.folder = join(deps.folder, `${DOWNLOAD_PREFIX}${this.id}`);
    this.#events = createGuestEvents({
      logger: deps.logger,
      emit: (event) => this.#options?.on(event),
      dialogOpen: () => this.#guestView.dialogs.open,
    });
    this.#guestView = makeGuestView({
      ...deps,
      id: this.id,
      downloadFolder: this.folder,
      resolve: egress.resolve,
      policy: () => this.#options?.policy,
      events: this.#events,
      onKey: (command) => this.#hearKey(eventOfKey(command)),
      inPage: () => this.#debugger?.session,
      onPrint: (frame) => {
        // Print now: sites often remove such a frame a moment later.
        this.#framePdf = frame && printed(frame);
        this.#framePdf?.catch(() => undefined); // `printAsked` rejects then
      },
    });
    // Chromium keeps one zoom level per host, but the person chose one for the whole journey.
    this.#contents.on('did-navigate', () => this.#contents.setZoomFactor(this.#zoom));
    this.#place = deps.place(this.#guestView.view);
  }

  /** Opens on a blank page. Every request is refused until `bind`. */
  static async open(deps: GuestDeps): Promise<ElectronGuest> {
    const guest = new ElectronGuest(deps, await deps.openEgress());
    try {
      await guest.#arm();
      return guest;
    } catch (error) {
      await guest.close();
      throw error;
    }
  }

  /** Assigns a warm guest to a démarche. */
  bind(options: GuestOptions): void {
    this.#options = options;
    this.#egress.open(options.policy);
    this.#stopLimits = watchGuest({
      clock: this.#deps.clock,
      limits: limitsFor(totalmem()),
      use: async () => guestUse(this.#deps.electron.app, this.#contents),
      onExcess: (what) => {
        this.#deps.logger.log('guest.took-too-much', { what });
        this.lose();
      },
    });
  }

  get usable(): boolean {
    return this.#closing === undefined && !this.#events.crashed && !this.#contents.isDestroyed();
  }

  /** Whether it is shown and has the keyboard focus. */
  get hasKeyboard(): boolean {
    return this.#shown && this.usable && this.#contents.isFocused();
  }

  /** A reserved key was pressed. Ignored while the guest is hidden. */
  onKey(command: KeyCommand): void {
    if (this.#shown) this.#hearKey(eventOfKey(command));
  }

  /**
   * Kills the page because one of its guards is gone. Without CDP, for example, a file input would open a system
   * dialog.
   */
  lose(): void {
    if (this.#closing !== undefined) return;
    if (!this.#contents.isDestroyed()) this.#contents.forcefullyCrashRenderer();
    this.#events.emit({ kind: 'crashed' });
  }

  async show(rect: Rect): Promise<void> {
    if (this.#contents.isDestroyed()) return; // a site can close its own page
    this.#guestView.view.setBounds(toPixels(rect));
    this.#place.raise();
    this.#shown = true;
    this.#contents.focus();
  }

  async hide(later?: Rect): Promise<void> {
    if (this.#shown) this.#place.lower(); // also returns the keyboard to our screens
    this.#shown = false;
    if (later && !this.#contents.isDestroyed()) this.#guestView.view.setBounds(toPixels(later));
  }

  async picture(): Promise<Uint8Array | undefined> {
    return this.#shown ? this.#page?.picture() : undefined;
  }

  async focus(): Promise<void> {
    if (this.#shown && !this.#contents.isDestroyed()) this.#contents.focus();
  }

  async navigate(url: string): Promise<void> {
    const request = { kind: 'main-frame', url } as const;
    const verdict = this.#judge(request);
    if (verdict.allow) this.#load(url);
    else this.#events.blocked(request, verdict);
  }

  async goBack(): Promise<void> {
    this.#guestView.dialogs.dropAll();
    await this.#page?.goBack();
  }

  async reload(): Promise<void> {
    this.#guestView.dialogs.dropAll();
    // Through CDP: Electron's own reload does nothing on the response to a form.
    await this.#page?.reload();
  }

  async setZoom(factor: number): Promise<void> {
    this.#zoom = Math.min(ZOOM.max, Math.max(ZOOM.min, factor));
    this.#contents.setZoomFactor(this.#zoom);
  }

  async printToPdf(): Promise<PrintedPdf> {
    const print = async (): Promise<PrintedPdf> => {
      await this.#page?.readyForPrint();
      return printed(this.#contents);
    };
    return this.#inTime(print());
  }

  /** A frame was printed when it called `print()`; the whole page is printed now. */
  async printAsked(): Promise<PrintedPdf> {
    return this.#framePdf ? this.#inTime(this.#framePdf) : this.printToPdf();
  }

  async answerFiles(id: string, paths: readonly string[]): Promise<void> {
    await this.#page?.answerFiles(id, paths);
  }

  async answerDialog(id: string, accept: boolean, text?: string): Promise<void> {
    this.#guestView.dialogs.answer(id, accept, text);
  }

  async pointAt(selector: string): Promise<boolean> {
    return (await this.#page?.pointAt(selector)) ?? false;
  }

  certificateFrom(url: string): Promise<number | undefined> {
    return this.#egress.certificateFrom(url);
  }

  close(): Promise<void> {
    if (this.#closing === undefined) {
      this.#closing = this.#end();
      this.#deps.onClosing(this, this.#closing);
    }
    return this.#closing;
  }

  /** Names what is left of a closed guest, without personal data. */
  async residue(): Promise<readonly string[]> {
    const left = [...(await residueOf(this.#guestView))];
    const { files } = this.#deps;
    // Retry: on Windows the removal fails while an antivirus has one of the files open.
    if (await files.exists(this.folder)) await files.remove(this.folder);
    if (await files.exists(this.folder)) left.push('download folder');
    return left.map((what) => `${this.id}: ${what}`);
  }

  get #contents(): Contents {
    return this.#guestView.contents;
  }

  async #arm(): Promise<void> {
    const { clock, files } = this.#deps;
    const made = await files.mkdir(this.folder, 0o700);
    if (!made.ok) throw new Error(`no folder for the guest's downloads: ${made.error.code}`);
    await this.#guestView.session.setProxy(throughProxy(this.#egress.port));
    await withTimeout(clock, BLANK_WITHIN_MS, 'the blank page', this.#contents.loadURL(BLANK_PAGE));
    this.#debugger = attachDebugger({ debugger: this.#contents.debugger, clock, onLost: () => this.lose() });
    const session = withoutEvents(this.#debugger.session, MUTED);
    await giveVoice(session, {
      userAgent: this.#guestView.session.getUserAgent(),
      platform: process.platform,
      arch: process.arch,
    });
    const { frameTree } = await session.send('Page.getFrameTree');
    this.#page = await openGuestPage({
      session,
      mainFrameId: frameTree.frame.id,
      clock,
      emit: (event) => this.#hearKey(event),
      randomName: this.#deps.randomId,
      freshInput: createFreshInput(this.#deps),
      egress: this.#egress,
      isOfSite: (url) => this.#judge({ kind: 'main-frame', url }).allow,
      mayOpen: (url) => this.#mayOpen(url),
      onUnasked: throttleToASecond(clock, () => this.#deps.logger.log('guest.window-unasked')),
    });
  }

  #inTime<T>(printing: Promise<T>): Promise<T> {
    return withTimeout(this.#deps.clock, PRINT_WITHIN_MS, 'printing the page to PDF', printing);
  }

  #judge(request: GuestRequest): Verdict {
    return this.#options?.policy.decide(request) ?? { allow: false, reason: 'outside-journey' };
  }

  /** An address that may open here, or be replaced, is loaded in the page. `navigation-guards.ts` judges it again. */
  #mayOpen(url: string): boolean {
    if (url === '' || url.startsWith('about:blank')) return false; // an empty window for a script to fill: we have none
    const request = { kind: 'main-frame', url } as const;
    const verdict = this.#judge(request);
    if (verdict.allow || verdict.instead !== undefined || verdict.unlessDocument === true) return true;
    this.#events.blocked(request, verdict);
    return false;
  }

  /** Moves the focus before emitting the event, so that a key pressed right after reaches our screens. */
  #hearKey(event: GuestEvent): void {
    if (event.kind === 'keyboard-left') {
      if (!this.#shown) return;
      this.#deps.keyboardToScreens();
    }
    this.#events.emit(event);
  }

  #load(url: string): void {
    if (this.#closing !== undefined) return;
    this.#guestView.dialogs.dropAll();
    this.#contents.loadURL(url).catch(() => undefined); // a `load-failed` event reports it
  }

  async #end(): Promise<void> {
    this.#egress.stop();
    this.#stopLimits();
    this.#page?.stop();
    this.#guestView.dialogs.dropAll();
    this.#events.stop();
    // Electron keeps the context forever, and its handlers reference this guest. Drop the data of the visit.
    this.#options = undefined;
    this.#framePdf = undefined;
    this.#guestView.cancelDownloads();
    this.#debugger?.detach();
    this.#place.remove();
    await endGuestView(this.#deps.clock, this.#guestView);
    await this.#deps.files.remove(this.folder);
  }
}

/** For every scheme. `<-loopback>`: by default Chromium bypasses the proxy for the local machine. */
const throughProxy = (port: number): ProxyConfig => ({
  mode: 'fixed_servers',
  proxyRules: `http://127.0.0.1:${port}`,
  proxyBypassRules: '<-loopback>',
});

const toPixels = (rect: Rect): Rectangle => ({
  x: Math.round(rect.x),
  y: Math.round(rect.y),
  width: Math.round(rect.width),
  height: Math.round(rect.height),
});
