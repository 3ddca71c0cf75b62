/**
 * A recording fake of the `electron` module. It implements `ElectronApi`, which is picked from Electron's own types, so
 * the compiler checks it against the real module. Tests hold the `FakeElectron`; the product only sees `.api`.
 */
import { EventEmitter } from 'node:events';
import type {
  BaseWindowConstructorOptions,
  ConfigureHostResolverOptions,
  CustomScheme,
  ForkOptions,
  ProcessMetric,
  WebContentsViewConstructorOptions,
} from 'electron';
import type { ElectronApi, Placed } from '../../../main/shell/electron/electron-api.ts';
import { Emitter } from './emitter.ts';
import { FakeContents } from './fake-contents.ts';
import { FakeSession } from './fake-session.ts';

export class FakeView {
  readonly options: WebContentsViewConstructorOptions;
  /** Its page, also after it was destroyed. */
  readonly page = new FakeContents();
  /** Creating a view fetches dictionaries from Google unless its session forbids it (issue 22995). */
  asksForDictionaries = false;
  bounds = { x: 0, y: 0, width: 0, height: 0 };
  visible = true;
  constructor(options: WebContentsViewConstructorOptions) {
    this.options = options;
  }
  /**
   * Undefined once the page is destroyed, and already in its "destroyed" event (issue 50249;
   * `WebContentsView::OnWebContentsDestroyed`, `shell/browser/api/electron_api_web_contents_view.cc`).
   */
  get webContents(): FakeContents | undefined {
    return this.page.destroyed ? undefined : this.page;
  }
  setBounds(bounds: { x: number; y: number; width: number; height: number }): void {
    this.bounds = bounds;
    this.#layOut();
  }
  setVisible(visible: boolean): void {
    this.visible = visible;
    this.#layOut();
  }
  getBounds() {
    return this.bounds;
  }
  getVisible(): boolean {
    return this.visible;
  }
  /** A page is laid out for its view's size only once the view is visible, and for 0×0 until then (issue 43257). */
  #layOut(): void {
    if (this.visible) this.page.layout = { width: this.bounds.width, height: this.bounds.height };
  }
}

export const FAKE_X_WINDOW = 0x2_400_007;

/** The only display. */
export const FAKE_DISPLAY = { width: 1920, height: 1080 } as const;
/** A window's size before it was full screen; the default of `NativeWindowViews`' constructor. */
const FAKE_RESTORED = { width: 800, height: 600 } as const;

export class FakeWindow extends Emitter {
  readonly options: BaseWindowConstructorOptions;
  readonly children: Placed[] = [];
  shown = false;
  destroyed = false;
  #size: { readonly width: number; readonly height: number };
  constructor(options: BaseWindowConstructorOptions) {
    super();
    this.options = options;
    this.#size = { width: options.width ?? FAKE_RESTORED.width, height: options.height ?? FAKE_RESTORED.height };
  }
  readonly contentView = Object.assign(new Emitter(), {
    children: this.children,
    /** Moves a view that was added before: to `index`, or to the top without one (`docs/api/view.md`). */
    addChildView: (view: Placed, index?: number): void => {
      // `View::AddChildViewAt`, `shell/browser/api/electron_api_view.cc`; older versions crashed here (issue 47074).
      if (view instanceof FakeView && view.page.destroyed)
        throw new Error("Can't add a destroyed child view to a parent view");
      this.contentView.removeChildView(view);
      this.children.splice(index ?? this.children.length, 0, view);
      if (view instanceof FakeView) view.webContents?.gainFocus();
    },
    removeChildView: (view: Placed): void => {
      const at = this.children.indexOf(view);
      if (at >= 0) this.children.splice(at, 1);
    },
  });
  getContentBounds() {
    return { x: 0, y: 0, ...this.#size };
  }
  /** "Window (unsigned long) on Linux" (`docs/api/base-window.md`). */
  getNativeWindowHandle(): Buffer {
    const handle = Buffer.alloc(8);
    handle.writeUInt32LE(FAKE_X_WINDOW);
    return handle;
  }
  /**
   * A non-resizable window has its current size as minimum and maximum (`NativeWindowViews::SetResizable`,
   * `shell/browser/native_window_views.cc`: "On Linux there is no resizable property of a window"). openbox keeps even
   * a full-screen window to that maximum.
   */
  show(): void {
    const held = this.options.resizable === false;
    this.shown = true;
    this.fireWith('show');
    if ((this.options.kiosk === true || this.options.fullscreen === true) && !held) this.resize(FAKE_DISPLAY);
  }
  #minimized = false;
  /** True when a person sees it: neither minimized nor behind the desktop. */
  inFront = true;
  /** Windows+D, or a three-finger swipe. No window can refuse it (WinWidgets' issue 27), and none gets an event. */
  showDesktop(): void {
    this.inFront = false;
  }
  minimize(): void {
    this.#minimized = true;
    this.inFront = false;
    this.fireWith('minimize');
  }
  isMinimized(): boolean {
    return this.#minimized;
  }
  restore(): void {
    this.#minimized = false;
  }
  focus(): void {
    this.inFront = !this.#minimized;
  }
  /**
   * The display changed, or a developer dragged a corner. On X11 "resize" fires before the content has its new size.
   * Only the content view's `bounds-changed` fires after it (`docs/api/view.md`; issue 42586).
   */
  resize(size: { readonly width: number; readonly height: number }): void {
    this.fireWith('resize');
    this.#size = size;
    this.contentView.fireWith('bounds-changed');
  }
  /**
   * Windows signs off or shuts down. Only the window gets an event; then the program is ended without `quit` or a
   * signal (`WM_ENDSESSION`, `NativeWindowViews::PreHandleMSG`; `docs/api/app.md`: "`quit` … will not be emitted"; pull
   * request 44598). Work that is not finished when this returns may be lost.
   */
  endSession(): void {
    this.fireWith('session-end', { reasons: ['shutdown'] });
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  destroy(): void {
    this.destroyed = true;
    this.fireWith('closed');
  }
}

/**
 * A fake utility process; the test fires its events. Its options follow `electron_api_utility_process.cc`
 * (`shell/browser/api`), `shell/common/node_bindings.cc` and `shell/browser/javascript_environment.cc`.
 */
export class FakeService extends Emitter {
  /** An empty environment means the whole of ours: `WithEnvironment(env_map, env_map.empty() ? false : true)`. */
  get environment(): Readonly<Record<string, string | undefined>> {
    const { env = {} } = this.options;
    return Object.keys(env).length === 0 ? process.env : (env as Record<string, string>);
  }
  /** Only Node's debugger options are passed on (`SetNodeCliFlags`); V8's go through `--js-flags`. */
  get heapMb(): number | undefined {
    const flags = this.options.execArgv?.find((one) => one.startsWith('--js-flags='));
    const limit = /--max-old-space-size=(\d+)/.exec(flags ?? '')?.[1];
    return limit === undefined ? undefined : Number(limit);
  }
  readonly script: string;
  readonly args: readonly string[];
  readonly options: ForkOptions;
  /** Undefined before it has started and after it has ended (`docs/api/utility-process.md`, `child.pid`). */
  pid: number | undefined;
  readonly posted: unknown[] = [];
  constructor(script: string, args: readonly string[], options: ForkOptions) {
    super();
    this.script = script;
    this.args = args;
    this.options = options;
  }
  postMessage(message: unknown): void {
    this.posted.push(message);
  }
  /** The system has started it, a moment after `fork`. */
  spawn(): void {
    this.pid = 4_711;
    this.fireWith('spawn');
  }
  /** Before the process exists, returns false and does nothing (`UtilityProcessWrapper::Kill`; issue 44009). */
  kill(): boolean {
    if (this.pid === undefined) return false;
    queueMicrotask(() => this.#end());
    return true;
  }
  /**
   * V8 aborts: the process reports it, then exits (`V8FatalErrorCallback`, `shell/services/node/node_service.cc`). The
   * report is emitted as an `error` event (`lib/browser/api/utility-process.ts`; pull request 43774).
   */
  failFatally(): void {
    this.fireWith('error', 'FatalError', 'v8::ToLocalChecked', '{}');
    this.#end();
  }
  #end(): void {
    if (this.pid === undefined) return;
    this.pid = undefined;
    this.fireWith('exit', 0);
  }
}

export class FakeApp extends Emitter {
  /** Kilobytes of each process, by its id. */
  readonly memoryKb = new Map<number, number>();
  onLinux = false;
  /** On Linux `memory` is missing (`App::GetAppMetrics`, `electron_api_app.cc`: `#if !BUILDFLAG(IS_LINUX)`). */
  getAppMetrics(): ProcessMetric[] {
    return [...this.memoryKb].map(
      ([pid, workingSetSize]) => ({ pid, ...(this.onLinux ? {} : { memory: { workingSetSize } }) }) as ProcessMetric,
    );
  }

  userAgentFallback =
    'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) kiosk/1.0 Chrome/150.0.0.0 Electron/45.0.0 Safari/537.36';
  readonly paths = new Map<string, string>();
  setPath(name: string, path: string): void {
    this.calls.push(`setPath ${name}`);
    this.paths.set(name, path);
  }
  readonly calls: string[] = [];
  readonly switches = new Map<string, string | undefined>();
  firstInstance = true;
  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => void this.switches.set(name, value),
    hasSwitch: (name: string): boolean => this.switches.has(name),
  };
  /**
   * Whether Windows' own account is sent to a host that asks. Electron reads the list from a switch of its own name
   * (`CreateHttpAuthDynamicParams`, `shell/browser/net/system_network_context_manager.cc`; `kAuthServerWhitelist`,
   * `shell/common/options_switches.h`; `docs/api/command-line-switches.md`). Without a list, Windows' zones decide
   * (issue 18245).
   */
  sendsAccountTo(host: string): boolean {
    const list = this.switches.get('auth-server-whitelist');
    return list === undefined ? !host.includes('.') : list.split(',').includes(host);
  }
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  /** How all sessions resolve host names; Electron's default until it is configured. */
  hostResolver: ConfigureHostResolverOptions = {};
  /** "This API must be called after the `ready` event is emitted" (`docs/api/app.md`). */
  configureHostResolver(options: ConfigureHostResolverOptions): void {
    if (!this.#isReady) throw new Error('configureHostResolver cannot be called before the app is ready');
    this.hostResolver = options;
  }
  whenReady(): Promise<void> {
    this.calls.push('whenReady');
    return this.#ready.promise;
  }
  /** Electron becomes ready only once the program's module has finished loading. */
  becomeReady(): void {
    this.#isReady = true;
    this.#ready.resolve();
  }
  quit(): void {
    this.calls.push('quit');
  }
  exit(code?: number): void {
    this.calls.push(`exit ${code ?? 0}`);
  }
  enableSandbox(): void {
    this.calls.push('enableSandbox');
  }
  requestSingleInstanceLock(): boolean {
    this.calls.push('requestSingleInstanceLock');
    return this.firstInstance;
  }
}

/**
 * The display server that Electron uses on Linux. It chooses before it loads any of our files
 * (`PreEarlyInitialization`, `shell/browser/electron_browser_main_parts.cc`; pull request 48301), so `app.commandLine`
 * is too late. The command line wins; otherwise a Wayland session means Wayland, whatever `DISPLAY` says
 * (`SetOzonePlatformForLinuxIfNeeded`, `ui/linux/display_server_utils.cc`).
 */
export const displayServerOf = (words: readonly string[], env: NodeJS.ProcessEnv): string => {
  const given = words.findLast((word) => word.startsWith('--ozone-platform='))?.split('=')[1];
  return given ?? (env['XDG_SESSION_TYPE'] === 'wayland' ? 'wayland' : 'x11');
};

/**
 * Node in Electron's main process. One listener, which Node adds before any file of ours, prints each warning on
 * standard error (`setupWarningHandler`, `lib/internal/process/pre_execution.js`).
 */
export class FakeNode extends EventEmitter {
  /** What standard error shows. */
  readonly printed: string[] = [];
  constructor() {
    super();
    this.on('warning', ({ name, message }: Error) => this.printed.push(`${name}: ${message}`));
  }
}

export interface FakeElectron {
  readonly api: ElectronApi;
  readonly app: FakeApp;
  readonly node: FakeNode;
  readonly windows: readonly FakeWindow[];
  readonly views: readonly FakeView[];
  readonly services: readonly FakeService[];
  /**
   * All sessions ever created: a context lives until the program ends (pull request 24964, "browser contexts live
   * forever"; issue 28566, closed as "won't fix").
   */
  readonly sessions: ReadonlyMap<string, FakeSession>;
  readonly schemes: readonly CustomScheme[];
  readonly menus: readonly unknown[];
  readonly cleared: readonly string[];
  /**
   * False when the system cannot start a process (out of memory, or blocked by an antivirus). Then Electron fires
   * neither `exit`, which `UtilityProcessWrapper` emits only for a process that existed, nor `child-process-gone` (pull
   * request 53946: "not when it fails to launch").
   */
  launches: boolean;
  /**
   * The network process dies (issues 42332, 37469), and Chromium starts another. The new one lacks the certificate
   * callbacks (`Session::SetCertVerifyProc`, `electron_api_session.cc`, only configures the current network context),
   * the cookies in memory and `app.configureHostResolver`'s resolver. Chromium applies a session's proxy and TLS again.
   */
  loseNetwork(): void;
  /** Called with each new page before the product uses it. */
  onContents: (contents: FakeContents, partition: string) => void;
}

export const createFakeElectron = (): FakeElectron => {
  const app = new FakeApp();
  const node = new FakeNode();
  const windows: FakeWindow[] = [];
  const views: FakeView[] = [];
  const services: FakeService[] = [];
  const sessions = new Map<string, FakeSession>();
  const schemes: CustomScheme[] = [];
  const menus: unknown[] = [];
  const cleared: string[] = [];

  const api = {
    app,
    BaseWindow: class extends FakeWindow {
      constructor(options: BaseWindowConstructorOptions) {
        super(options);
        windows.push(this);
      }
      static getAllWindows(): readonly FakeWindow[] {
        return windows;
      }
    },
    WebContentsView: class extends FakeView {
      constructor(options: WebContentsViewConstructorOptions) {
        super(options);
        views.push(this);
        const { partition } = options.webPreferences ?? {};
        // Copied only here (`InitWithWebContents`, `shell/browser/api/electron_api_web_contents.cc`, calls
        // `SetUserAgentOverride` with the session's current value; `docs/api/session.md`: "doesn't affect existing").
        const session = sessions.get(partition ?? '');
        this.page.userAgent = session?.userAgent ?? app.userAgentFallback;
        this.asksForDictionaries = session?.spellChecker ?? true;
        this.page.pages = () => views.map(({ page }) => page);
        this.page.focusOnNavigation = options.webPreferences?.focusOnNavigation ?? true;
        // Electron's own default wins over the `autoplay-policy` switch (`OverrideWebkitPrefs`,
        // `shell/browser/web_contents_preferences.cc`; pull request 16396).
        this.page.autoplayPolicy = options.webPreferences?.autoplayPolicy ?? 'no-user-gesture-required';
        this.page.app = app;
        this.page.warn = (warning) => void node.emit('warning', warning);
        this.page.exitFullscreen = () => {
          if (options.webPreferences?.disableHtmlFullscreenWindowResize !== true) windows.at(-1)?.resize(FAKE_RESTORED);
        };
        this.page.requestFullscreen = () => {
          if (app.switches.get('blink-settings')?.split(',').includes('fullscreenSupported=false')) return 'refused';
          return (session?.askPermission('fullscreen') ?? true) ? 'entered' : 'waits';
        };
        const isOff = (feature: string) => app.switches.get('disable-features')?.split(',').includes(feature) === true;
        this.page.askTranslator = () => (isOff('TranslationAPI') ? 'absent' : 'waits');
        this.page.openEyeDropper = () => (isOff('EyeDropper') ? 'absent' : 'takes the pointer');
        fake.onContents(this.page, partition ?? '');
        app.fire('web-contents-created', {}, this.page);
      }
    },
    session: {
      fromPartition(partition: string): FakeSession {
        const made = sessions.get(partition) ?? new FakeSession(partition, app.userAgentFallback);
        if (!sessions.has(partition)) app.fireWith('session-created', made);
        sessions.set(partition, made);
        return made;
      },
    },
    protocol: { registerSchemesAsPrivileged: (list: CustomScheme[]) => void schemes.push(...list) },
    powerMonitor: { getSystemIdleTime: () => 7 },
    utilityProcess: {
      fork(script: string, args: string[], options: ForkOptions): FakeService {
        const service = new FakeService(script, args, options);
        services.push(service);
        queueMicrotask(() => fake.launches && service.spawn());
        return service;
      },
    },
    Menu: { setApplicationMenu: (menu: null) => void menus.push(menu) },
    clipboard: {
      clear: () => void cleared.push('clipboard'),
      read: async () => (cleared.includes('clipboard') ? [] : [{ types: ['text/html'] }]),
      selection: {
        clear: () => void cleared.push('selection'),
        read: async () => (cleared.includes('selection') ? [] : [{ types: ['text/plain'] }]),
      },
    },
  } satisfies ElectronApi;

  const fake: FakeElectron = {
    api,
    app,
    node,
    windows,
    views,
    services,
    sessions,
    schemes,
    menus,
    cleared,
    launches: true,
    loseNetwork() {
      for (const session of sessions.values()) session.loseNetwork();
      app.hostResolver = {};
      const network = { serviceName: 'network.mojom.NetworkService', name: 'Network Service' };
      app.fire('child-process-gone', {}, { type: 'Utility', reason: 'crashed', exitCode: 1, ...network });
    },
    onContents: () => undefined,
  };
  return fake;
};
