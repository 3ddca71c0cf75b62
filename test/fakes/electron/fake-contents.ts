/** One page as Electron would hold it: records what was asked of it, fires what a test tells it to. */
import type {
  LoadURLOptions,
  PrinterInfo,
  PrintToPDFOptions,
  WebContentsPrintOptions,
  WindowOpenHandlerResponse,
} from 'electron';
import type { Contents } from '../../../main/shell/electron/electron-api.ts';
import { Emitter, FakeEvent, oneTime } from './emitter.ts';

type WindowOpenHandler = Parameters<Contents['setWindowOpenHandler']>[0];

export class FakeDebugger extends Emitter {
  readonly sent: { readonly command: string; readonly params: unknown; readonly sessionId: string | undefined }[] = [];
  attached = false;
  /** Answers by command; anything else is answered with an empty object. */
  readonly answers = new Map<string, () => Promise<unknown>>([
    ['Page.getFrameTree', async () => ({ frameTree: { frame: { id: 'main-frame' } } })],
    ['Page.getNavigationHistory', async () => ({ currentIndex: 0, entries: [] })],
  ]);

  attach(): void {
    this.attached = true;
  }
  isAttached(): boolean {
    return this.attached;
  }
  /** Also as the page is destroyed (`Debugger::AgentHostClosed`, `shell/browser/api/electron_api_debugger.cc`). */
  detach(): void {
    if (!this.attached) return;
    this.attached = false;
    this.fire('detach', {}, 'target closed');
  }
  sendCommand(command: string, params?: unknown, sessionId?: string): Promise<unknown> {
    if (!this.attached) return Promise.reject(new Error('No target available'));
    this.sent.push({ command, params, sessionId });
    return this.answers.get(command)?.() ?? Promise.resolve({});
  }
  /** As CDP would say it. */
  tell(event: string, params: object, sessionId = ''): void {
    this.fire('message', {}, event, params, sessionId);
  }
  commands(): readonly string[] {
    return this.sent.map(({ command }) => command);
  }
}

/** A frame of a page, which has a process. */
export class FakeFrame {
  /** Its renderer is gone. */
  disposed = false;
  get osProcessId(): number {
    this.#check();
    return 9_001;
  }
  get framesInSubtree(): readonly FakeFrame[] {
    this.#check();
    return [this];
  }
  /** What it holds, in the order in which it was put there. */
  readonly inner: FakeFrame[] = [];
  get frames(): readonly FakeFrame[] {
    this.#check();
    return this.inner;
  }
  around: FakeFrame | null = null;
  get parent(): FakeFrame | null {
    this.#check();
    return this.around;
  }
  add(): FakeFrame {
    const frame = new FakeFrame();
    frame.around = this;
    this.inner.push(frame);
    return frame;
  }
  /** "Prints only the contents of the frame it is called on" (`docs/api/web-frame-main.md`). */
  pdf: () => Promise<Buffer> = () => Promise.resolve(Buffer.from('%PDF-frame'));
  async printToPDF(): Promise<Buffer> {
    this.#check();
    return this.pdf();
  }
  /** `WebFrameMain::CheckRenderFrame`, `shell/browser/api/electron_api_web_frame_main.cc`: whatever it is asked. */
  #check(): void {
    if (this.disposed) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  }
}

/** What a destroyed page still does; asked for anything else, it throws. */
const OF_THE_DEAD: ReadonlySet<string> = new Set(['constructor', 'isDestroyed', 'getType']);

export class FakeContents extends Emitter {
  readonly mainFrame = new FakeFrame();
  /** Where this page's events are also told, as `_init` of `lib/browser/api/web-contents.ts` arranges. */
  app: Emitter | undefined;
  /** What the page calls itself: taken once, from its session, as the page is made. */
  userAgent = '';
  /** The inner size its document is laid out for. */
  layout = { width: 0, height: 0 };
  pinchLimits: readonly [number, number] | undefined;
  static #count = 0;
  readonly id = ++FakeContents.#count;
  readonly debugger = new FakeDebugger();
  readonly ipc = new Emitter();
  readonly loads: { readonly url: string; readonly options: LoadURLOptions | undefined }[] = [];
  readonly messages: { readonly channel: string; readonly args: readonly unknown[] }[] = [];
  readonly calls: string[] = [];
  history: readonly string[] = [];
  zoom = 1;
  webRtcPolicy = 'default';
  menuShortcutsIgnored = false;
  destroyed = false;
  /** A hung page does not close when asked. */
  closes = true;
  load: (url: string) => Promise<void> = () => Promise.resolve();
  pdf: () => Promise<Buffer> = () => Promise.resolve(Buffer.from('%PDF-'));
  #windowOpen: WindowOpenHandler | undefined;

  readonly navigationHistory = {
    canGoBack: (): boolean => this.history.length > 1,
    length: (): number => this.history.length,
    clear: (): void => void (this.history = this.history.slice(-1)),
    goBack: (): void => void this.calls.push('goBack'),
    getActiveIndex: (): number => this.history.length - 1,
    getEntryAtIndex: (index: number) => ({ url: this.history[index] ?? '', title: '' }),
  };

  /**
   * Settled when the page has finished loading (`docs/api/web-contents.md`: "see `did-finish-load`"): its scripts have run by then,
   * and have said what they had to say.
   */
  async loadURL(url: string, options?: LoadURLOptions): Promise<void> {
    this.loads.push({ url, options });
    this.mainFrame.disposed = false; // by a renderer of its own
    await this.load(url);
    if (this.destroyed) return;
    if (this.focusOnNavigation) this.gainFocus();
    this.fire('dom-ready');
  }
  /**
   * What stands there answered a form: then nothing happens, and nobody is told (`WebContents::Reload`,
   * `shell/browser/api/electron_api_web_contents.cc`: "`.reload()` calls on POST data domains failing silently").
   */
  answersForm = false;
  reload(): void {
    if (!this.answersForm) this.calls.push('reload');
  }
  focus(): void {
    this.calls.push('focus');
    this.gainFocus();
  }
  focused = false;
  /** All pages of the window, of which one has the keyboard. */
  pages: () => readonly FakeContents[] = () => [this];
  /**
   * Also without being asked to: as its view is added or moved (issue 42339), and as it goes somewhere, unless `focusOnNavigation` says
   * no (issue 42578, pull request 49425).
   */
  gainFocus(): void {
    for (const page of this.pages()) page.focused = page === this;
    this.fireWith('focus');
  }
  focusOnNavigation = true;
  isFocused(): boolean {
    return this.focused;
  }
  readonly typed: string[] = [];
  sendInputEvent(event: {
    readonly type: string;
    readonly keyCode?: string;
    readonly modifiers?: readonly string[];
  }): void {
    this.typed.push([event.type, event.keyCode, ...(event.modifiers ?? [])].join(' '));
  }
  /**
   * A sign that comes from no key of a keyboard (Windows' emoji panel and touch keyboard, dictation, somebody who helps from afar):
   * `VK_PACKET`, a key without a name or a place, then the sign itself (`platform_key_map_win.cc`: "Used to pass Unicode char").
   * Where the key is held back the sign does not come (`RenderWidgetHostImpl`, `suppress_events_until_keydown_`).
   */
  writePacket(sign: string): string {
    const key = { type: 'keyDown', key: '', code: '', control: false, alt: false, shift: false, meta: false };
    return this.fire('before-input-event', {}, key).defaultPrevented ? '' : sign;
  }
  stopped = false;
  /** In the middle of a question of `webRequest` about its page. */
  isAsked = false;
  stop(): void {
    if (this.isAsked) throw new Error('Electron’s request would be gone from under it');
    this.stopped = true;
  }
  send(channel: string, ...args: unknown[]): void {
    this.messages.push({ channel, args });
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  /** Not at once: a task does it (`WebContents::Destroy`, `shell/browser/api/electron_api_web_contents.cc`). */
  close(): void {
    this.calls.push('close');
    if (this.closes) queueMicrotask(() => this.#destroy());
  }
  /** "Object has been destroyed" (`shell/common/gin_helper/function_template.h`). */
  #destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const name of Object.getOwnPropertyNames(FakeContents.prototype).filter((one) => !OF_THE_DEAD.has(one)))
      Object.defineProperty(this, name, {
        value: () => {
          throw new TypeError('Object has been destroyed');
        },
      });
    this.debugger.detach();
    this.fireWith('destroyed');
  }
  forcefullyCrashRenderer(): void {
    this.calls.push('crash');
    this.closes = true;
    this.mainFrame.disposed = true;
    this.fire('render-process-gone', {}, { reason: 'killed', exitCode: 9 });
  }
  printToPDF(_options: PrintToPDFOptions): Promise<Buffer> {
    this.calls.push('printToPDF');
    return this.pdf();
  }
  /** What was printed without a word, and on which printer. */
  readonly prints: WebContentsPrintOptions[] = [];
  printers: readonly string[] = [];
  /** What the driver answers; undefined never does. */
  takes: boolean | undefined = true;
  print(options: WebContentsPrintOptions = {}, callback?: (success: boolean, reason: string) => void): void {
    this.prints.push(options);
    if (this.takes !== undefined) callback?.(this.takes, this.takes ? '' : 'Invalid printer settings');
  }
  async getPrintersAsync(): Promise<PrinterInfo[]> {
    return this.printers.map((name) => ({ name, displayName: name, description: '', options: {} }));
  }
  async setVisualZoomLevelLimits(minimum: number, maximum: number): Promise<void> {
    this.pinchLimits = [minimum, maximum];
  }
  setZoomFactor(factor: number): void {
    this.zoom = factor;
  }
  setIgnoreMenuShortcuts(ignore: boolean): void {
    this.menuShortcutsIgnored = ignore;
  }
  setWebRTCIPHandlingPolicy(policy: string): void {
    this.webRtcPolicy = policy;
  }
  setWindowOpenHandler(handler: WindowOpenHandler): void {
    this.#windowOpen = handler;
  }
  getType(): string {
    return 'window';
  }

  /**
   * A server asks for a name and a password. `_init` of `lib/browser/api/web-contents.ts` listens first, and emits on `app`: so
   * the application hears it before any listener of the page, with the same event and the same answer, which may be given once
   * (`shell/browser/login_handler.cc`, `EmitEvent`, `BindOnce`).
   */
  askLogin(details: object): { readonly event: FakeEvent; readonly answers: readonly (readonly unknown[])[] } {
    const answers: (readonly unknown[])[] = [];
    const answer = oneTime((...given: unknown[]) => void answers.push(given));
    const event = new FakeEvent();
    this.app?.fireWith('login', event, this, details, {}, answer);
    this.fireWith('login', event, details, {}, answer);
    return { event, answers };
  }

  /** The other way round: `lib/browser/api/app.ts` listens on `app` first, and emits on the page. */
  showBadCertificate(url: string): { readonly event: FakeEvent; readonly answers: readonly (readonly unknown[])[] } {
    const answers: (readonly unknown[])[] = [];
    const answer = oneTime((...given: unknown[]) => void answers.push(given));
    const event = new FakeEvent();
    this.fireWith('certificate-error', event, url, 'net::ERR_CERT_AUTHORITY_INVALID', {}, answer);
    this.app?.fireWith('certificate-error', event, this, url, 'net::ERR_CERT_AUTHORITY_INVALID', {}, answer);
    return { event, answers };
  }

  /**
   * A page wants a window, a hand or none (`CanCreateWindow`, `shell/browser/electron_browser_client.cc`, says yes to both). The
   * protocol is told first, and whether a hand asked (`CreateNewWindow`, Blink's `core/page/create_window.cc`); Electron's handler
   * is not. A link with Ctrl or Shift, or the middle button, comes by `OpenURLFromTab`, of which the protocol tells nothing.
   */
  wantWindow(url: string, userGesture: boolean): WindowOpenHandlerResponse {
    this.debugger.tell('Page.windowOpen', { url, windowName: '', windowFeatures: [], userGesture });
    return this.openWindow(url);
  }

  /** What Electron's handler alone is asked. */
  openWindow(url: string, more: Partial<Parameters<WindowOpenHandler>[0]> = {}): WindowOpenHandlerResponse {
    if (this.#windowOpen === undefined) throw new Error('Electron would open a window: no handler is set');
    const referrer = { url: '', policy: 'default' as const };
    return this.#windowOpen({ url, frameName: '', features: '', disposition: 'new-window', referrer, ...more });
  }

  /**
   * A frame of this page sends on a channel: one that the preload ran in, so none on `about:blank`
   * (`ElectronRenderFrameObserver::ShouldNotifyClient`, `shell/renderer/electron_render_frame_observer.cc`; issue 49091). The answer is the event, with `returnValue` for a synchronous one. */
  sendFromPage(
    channel: string,
    message: unknown,
    sender: {
      readonly origin?: string;
      readonly inner?: boolean;
      readonly gone?: boolean;
      readonly id?: number;
      /** One of its frames; one that is made up when absent. */
      readonly frame?: FakeFrame;
    } = {},
  ): FakeEvent & { returnValue?: unknown } {
    const frame = sender.frame ?? {
      origin: sender.origin ?? 'kiosk://kiosk.localhost',
      parent: sender.inner === true ? {} : null,
    };
    const event = Object.assign(new FakeEvent(), {
      sender: { id: sender.id ?? this.id },
      senderFrame: sender.gone === true ? null : frame,
    });
    this.ipc.fireWith(channel, event, message);
    return event;
  }
}
