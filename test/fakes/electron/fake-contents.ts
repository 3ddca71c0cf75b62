/** A fake of Electron's `WebContents`: records the calls it gets and fires the events that a test requests. */
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
  /** The answer for each command. Every other command is answered with an empty object. */
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
  /** Electron also detaches when the page is destroyed (`Debugger::AgentHostClosed`, `electron_api_debugger.cc`). */
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
  /** Fires a CDP event. */
  tell(event: string, params: object, sessionId = ''): void {
    this.fire('message', {}, event, params, sessionId);
  }
  commands(): readonly string[] {
    return this.sent.map(({ command }) => command);
  }
}

/** A fake of Electron's `WebFrameMain`. */
export class FakeFrame {
  /** True once its renderer is gone. */
  disposed = false;
  get osProcessId(): number {
    this.#check();
    return 9_001;
  }
  get framesInSubtree(): readonly FakeFrame[] {
    this.#check();
    return [this];
  }
  /** Its child frames, in the order in which they were added. */
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
  /**
   * Every member does this check (`WebFrameMain::CheckRenderFrame`,
   * `shell/browser/api/electron_api_web_frame_main.cc`).
   */
  #check(): void {
    if (this.disposed) throw new Error('Render frame was disposed before WebFrameMain could be accessed');
  }
}

/** The members that still work on a destroyed page. All others throw. */
const WORKS_WHEN_DESTROYED: ReadonlySet<string> = new Set(['constructor', 'isDestroyed', 'getType']);

export class FakeContents extends Emitter {
  readonly mainFrame = new FakeFrame();
  /** The application, which also gets this page's events (`_init` of `lib/browser/api/web-contents.ts`). */
  app: Emitter | undefined;
  /** Copied once from its session, when the page is created. */
  userAgent = '';
  /** The size for which its document is laid out. */
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
  /** False for a hung page, which ignores `close`. */
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
   * Settles when the page has finished loading (`docs/api/web-contents.md`: "see `did-finish-load`"). Its scripts have
   * run by then and may have sent messages.
   */
  async loadURL(url: string, options?: LoadURLOptions): Promise<void> {
    this.loads.push({ url, options });
    this.mainFrame.disposed = false; // each load gets a new renderer
    await this.load(url);
    if (this.destroyed) return;
    if (this.focusOnNavigation) this.gainFocus();
    this.fire('dom-ready');
  }
  autoplayPolicy: string | undefined;
  /** The page starts a sound that nobody asked for. */
  playSound = (): 'plays' | 'waits' => (this.autoplayPolicy === 'no-user-gesture-required' ? 'plays' : 'waits');
  /** `process.emitWarning` of the main process. */
  warn: (warning: Error) => void = () => undefined;
  /**
   * The page, or one of its frames, could not be loaded: the site does not answer, or we refused the request. Electron
   * warns with the whole address (`DidFinishNavigation`, `shell/browser/api/electron_api_web_contents.cc`;
   * `EmitWarning`, `shell/common/node_util.cc`; issue 49583).
   */
  failLoad(url: string, error: string, isMainFrame = true): void {
    this.warn(Object.assign(new Error(`Failed to load URL: ${url} with error: ${error}`), { name: 'electron' }));
    this.fire('did-fail-load', {}, -1, error, url, isMainFrame);
  }
  /**
   * True when the page is the response to a form. Reloading it then fails silently (`WebContents::Reload`,
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
  /** All pages of the window. At most one has the keyboard focus. */
  pages: () => readonly FakeContents[] = () => [this];
  /**
   * Electron also focuses a page without a call: when its view is added or moved (issue 42339), and when it navigates
   * unless `focusOnNavigation` is false (issue 42578, pull request 49425).
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
   * A character that no key produced (Windows' emoji panel or touch keyboard, dictation, remote assistance). Windows
   * sends `VK_PACKET`, a key with an empty `key` and `code`, and then the character (`platform_key_map_win.cc`: "Used
   * to pass Unicode char"). Preventing the key also drops the character (`RenderWidgetHostImpl`,
   * `suppress_events_until_keydown_`).
   */
  writePacket(sign: string): string {
    const key = { type: 'keyDown', key: '', code: '', control: false, alt: false, shift: false, meta: false };
    return this.fire('before-input-event', {}, key).defaultPrevented ? '' : sign;
  }
  /**
   * The page's renderer says that it leaves full screen, which it never got: Blink does not, but a renderer that was
   * taken over may (`LocalFrameHost.ExitFullscreen`). Electron then takes the whole window out of full screen, unless
   * `disableHtmlFullscreenWindowResize` is set (`ExitFullscreenModeForTab` and `SetHtmlApiFullscreen`,
   * `shell/browser/api/electron_api_web_contents.cc`; a view has its window since pull request 41966).
   */
  exitFullscreen: () => void = () => undefined;
  /**
   * A page asks for full screen, and may wait for the answer before it goes on. A refusal by the permission handler
   * never reaches the page (`OnEnterFullscreenModeForTab`, `shell/browser/api/electron_api_web_contents.cc`, only
   * returns; issue 37719). Without Blink's `fullscreenSupported` the page is refused at once, and no film offers full
   * screen: measured in Chromium 156.
   */
  requestFullscreen: () => 'entered' | 'refused' | 'waits' = () => 'waits';
  /** `Translator` is there for pages to find, and its promises never settle (issue 48567). */
  askTranslator: () => 'absent' | 'waits' = () => 'waits';
  /**
   * `new EyeDropper().open()`, or that button of `<input type="color">` (pull request 27275): a window over all others
   * takes the pointer. On Windows 11 nothing is seen but that the pointer is gone (issue 44916).
   */
  openEyeDropper: () => 'absent' | 'takes the pointer' = () => 'takes the pointer';
  stopped = false;
  /** True inside a `webRequest` callback about this page. */
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
  /** Asynchronous, as in Electron (`WebContents::Destroy`, `shell/browser/api/electron_api_web_contents.cc`). */
  close(): void {
    this.calls.push('close');
    if (this.closes) queueMicrotask(() => this.#destroy());
  }
  /** "Object has been destroyed" (`shell/common/gin_helper/function_template.h`). */
  #destroy(): void {
    if (this.destroyed) return;
    this.destroyed = true;
    for (const name of Object.getOwnPropertyNames(FakeContents.prototype).filter(
      (one) => !WORKS_WHEN_DESTROYED.has(one),
    ))
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
  /** The options of each `print` call, with the printer's name. */
  readonly prints: WebContentsPrintOptions[] = [];
  printers: readonly string[] = [];
  /** The driver's answer. With undefined it never answers. */
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
   * A server asks for a user name and password. `_init` of `lib/browser/api/web-contents.ts` listens first and emits on
   * `app`, so the application gets the event before any listener of the page. Both get the same event and the same
   * one-time callback (`shell/browser/login_handler.cc`, `EmitEvent`, `BindOnce`).
   */
  askLogin(details: object): { readonly event: FakeEvent; readonly answers: readonly (readonly unknown[])[] } {
    const answers: (readonly unknown[])[] = [];
    const answer = oneTime((...given: unknown[]) => void answers.push(given));
    const event = new FakeEvent();
    this.app?.fireWith('login', event, this, details, {}, answer);
    this.fireWith('login', event, details, {}, answer);
    return { event, answers };
  }

  /** Here the page comes first: `lib/browser/api/app.ts` listens on `app` first, and emits on the page. */
  showBadCertificate(url: string): { readonly event: FakeEvent; readonly answers: readonly (readonly unknown[])[] } {
    const answers: (readonly unknown[])[] = [];
    const answer = oneTime((...given: unknown[]) => void answers.push(given));
    const event = new FakeEvent();
    this.fireWith('certificate-error', event, url, 'net::ERR_CERT_AUTHORITY_INVALID', {}, answer);
    this.app?.fireWith('certificate-error', event, this, url, 'net::ERR_CERT_AUTHORITY_INVALID', {}, answer);
    return { event, answers };
  }

  /**
   * A page asks for a window, with or without a user gesture (`CanCreateWindow`,
   * `shell/browser/electron_browser_client.cc`, allows both). CDP gets its event first, with the gesture flag
   * (`CreateNewWindow`, Blink's `core/page/create_window.cc`). Electron's handler does not get the flag. A click with
   * Ctrl, Shift or the middle button goes through `OpenURLFromTab`, without a CDP event.
   */
  wantWindow(url: string, userGesture: boolean): WindowOpenHandlerResponse {
    this.debugger.tell('Page.windowOpen', { url, windowName: '', windowFeatures: [], userGesture });
    return this.openWindow(url);
  }

  /** Calls Electron's handler only, without a CDP event. */
  openWindow(url: string, more: Partial<Parameters<WindowOpenHandler>[0]> = {}): WindowOpenHandlerResponse {
    if (this.#windowOpen === undefined) throw new Error('Electron would open a window: no handler is set');
    const referrer = { url: '', policy: 'default' as const };
    return this.#windowOpen({ url, frameName: '', features: '', disposition: 'new-window', referrer, ...more });
  }

  /**
   * A frame of this page sends a message on a channel. Only frames with the preload can, so not `about:blank`
   * (`ElectronRenderFrameObserver::ShouldNotifyClient`, `shell/renderer/electron_render_frame_observer.cc`; issue
   * 49091). Returns the event; its `returnValue` is the reply to a synchronous message.
   */
  sendFromPage(
    channel: string,
    message: unknown,
    sender: {
      readonly origin?: string;
      readonly inner?: boolean;
      readonly gone?: boolean;
      readonly id?: number;
      /** The sending frame; a made-up one when absent. */
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
