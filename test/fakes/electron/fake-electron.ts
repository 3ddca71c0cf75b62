/**
 * A recording stand-in for the `electron` module. It satisfies `ElectronApi`, which is cut out of Electron's own types,
 * so the compiler holds it to the real thing. Tests keep the `FakeElectron`; the product only sees `.api`.
 */
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
  /** Its page, which a test may ask for ever. */
  readonly page = new FakeContents();
  /** Whether dictionaries were asked of Google as it was made: unless its session was told before (issue 22995, pull request 26276). */
  asksForDictionaries = false;
  bounds = { x: 0, y: 0, width: 0, height: 0 };
  visible = true;
  constructor(options: WebContentsViewConstructorOptions) {
    this.options = options;
  }
  /**
   * Nothing once the page is destroyed, in its own "destroyed" already (`WebContentsView::OnWebContentsDestroyed`,
   * `shell/browser/api/electron_api_web_contents_view.cc`; issue 50249).
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
  /** A page is laid out for the size of its view, and not before the view is visible: for 0×0 until then (issue 43257). */
  #layOut(): void {
    if (this.visible) this.page.layout = { width: this.bounds.width, height: this.bounds.height };
  }
}

export const FAKE_X_WINDOW = 0x2_400_007;

/** The one display there is. */
export const FAKE_DISPLAY = { width: 1920, height: 1080 } as const;

export class FakeWindow extends Emitter {
  readonly options: BaseWindowConstructorOptions;
  readonly children: Placed[] = [];
  shown = false;
  destroyed = false;
  #size: { readonly width: number; readonly height: number };
  constructor(options: BaseWindowConstructorOptions) {
    super();
    this.options = options;
    // 800×600 unless told otherwise (`NativeWindowViews`' constructor).
    this.#size = { width: options.width ?? 800, height: options.height ?? 600 };
  }
  readonly contentView = Object.assign(new Emitter(), {
    children: this.children,
    /** One that is there already is moved, to the top unless a place is named (`View.addChildView`, `docs/api/view.md`). */
    addChildView: (view: Placed, index?: number): void => {
      // `View::AddChildViewAt`, `shell/browser/api/electron_api_view.cc`; before that the program crashed (issue 47074).
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
   * A window that may not be resized has its size of that moment as least and most (`NativeWindowViews::SetResizable`,
   * `shell/browser/native_window_views.cc`: "On Linux there is no resizable property of a window"), and openbox holds a window
   * that wants the whole screen to that most.
   */
  show(): void {
    const held = this.options.resizable === false;
    this.shown = true;
    this.fireWith('show');
    if ((this.options.kiosk === true || this.options.fullscreen === true) && !held) this.resize(FAKE_DISPLAY);
  }
  #minimized = false;
  /** Whether a person sees it: neither small, nor beneath the desktop. */
  inFront = true;
  /** Windows and D, or three fingers down: no window can refuse (WinWidgets' issue 27), and none is told. */
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
   * The display changed, or a developer pulled at a corner. On X11 "resize" is told before what the window holds has its new size, of
   * which only that itself tells (`View`'s `bounds-changed`, `docs/api/view.md`; issue 42586).
   */
  resize(size: { readonly width: number; readonly height: number }): void {
    this.fireWith('resize');
    this.#size = size;
    this.contentView.fireWith('bounds-changed');
  }
  /**
   * Windows signs the account off, or goes down: the window alone is told, and then the program is ended, without `quit` or any signal
   * (`WM_ENDSESSION`, `NativeWindowViews::PreHandleMSG`; `docs/api/app.md`: "`quit` … will not be emitted"; pull request 44598). What is
   * not done when this returns may never be.
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
 * A utility process; the test speaks for it. Of what it is given, this holds (`shell/browser/api/electron_api_utility_process.cc`,
 * `shell/common/node_bindings.cc`, `shell/browser/javascript_environment.cc`):
 */
export class FakeService extends Emitter {
  /** None given is all of ours: `WithEnvironment(env_map, env_map.empty() ? false : true)`. */
  get environment(): Readonly<Record<string, string | undefined>> {
    const { env = {} } = this.options;
    return Object.keys(env).length === 0 ? process.env : (env as Record<string, string>);
  }
  /** Of Node's own words only those of its debugger pass (`SetNodeCliFlags`); V8's come by `--js-flags`. */
  get heapMb(): number | undefined {
    const flags = this.options.execArgv?.find((one) => one.startsWith('--js-flags='));
    const limit = /--max-old-space-size=(\d+)/.exec(flags ?? '')?.[1];
    return limit === undefined ? undefined : Number(limit);
  }
  readonly script: string;
  readonly args: readonly string[];
  readonly options: ForkOptions;
  /** None until the system has started it, and none once it has ended (`docs/api/utility-process.md`, `child.pid`). */
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
  /** The system has started it: a moment after it was asked to. */
  spawn(): void {
    this.pid = 4_711;
    this.fireWith('spawn');
  }
  /** Of a process that is not there yet: no, and nothing comes of it (`UtilityProcessWrapper::Kill`; issue 44009). */
  kill(): boolean {
    if (this.pid === undefined) return false;
    queueMicrotask(() => this.#end());
    return true;
  }
  /**
   * V8 can't go on: the process says so, and then it is gone (`V8FatalErrorCallback`, `shell/services/node/node_service.cc`). What
   * it says is emitted like anything else (`lib/browser/api/utility-process.ts`; pull request 43774).
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
  /** Kilobytes of each process, by its number. */
  readonly memoryKb = new Map<number, number>();
  onLinux = false;
  /** On Linux `memory` is left out, whatever the type says (`App::GetAppMetrics`, `electron_api_app.cc`: `#if !BUILDFLAG(IS_LINUX)`). */
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
  readonly #ready = Promise.withResolvers<void>();
  #isReady = false;
  /** How names are looked up for all sessions; Electron's own default until it is told. */
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
  /** As Electron does once the program's module has been read to its end, not before. */
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
 * On Linux, the server that Electron shows itself on: chosen before any of our files is read (`PreEarlyInitialization`,
 * `shell/browser/electron_browser_main_parts.cc`; pull request 48301), so `app.commandLine` comes too late. By its own words first, then
 * Wayland in a session of that kind, whatever `DISPLAY` says (`SetOzonePlatformForLinuxIfNeeded`, `ui/linux/display_server_utils.cc`).
 */
export const displayServerOf = (words: readonly string[], env: NodeJS.ProcessEnv): string => {
  const given = words.findLast((word) => word.startsWith('--ozone-platform='))?.split('=')[1];
  return given ?? (env['XDG_SESSION_TYPE'] === 'wayland' ? 'wayland' : 'x11');
};

export interface FakeElectron {
  readonly api: ElectronApi;
  readonly app: FakeApp;
  readonly windows: readonly FakeWindow[];
  readonly views: readonly FakeView[];
  readonly services: readonly FakeService[];
  /**
   * All that were ever made: a context lives until the program ends (pull request 24964, "browser contexts live forever";
   * issue 28566, closed as "won't fix").
   */
  readonly sessions: ReadonlyMap<string, FakeSession>;
  readonly schemes: readonly CustomScheme[];
  readonly menus: readonly unknown[];
  readonly cleared: readonly string[];
  /**
   * The system starts no process: out of memory, or held up by what looks for viruses. Then nobody is told, neither by `exit` (which
   * `UtilityProcessWrapper` emits for a process that was there) nor by `child-process-gone` (pull request 53946: "not when it fails to
   * launch").
   */
  launches: boolean;
  /**
   * The one process that speaks to the network dies (issues 42332, 37469), and Chromium starts another. It knows nothing of what was
   * told to the one before: whom a session asks about a certificate (`Session::SetCertVerifyProc`, `electron_api_session.cc`, tells the
   * network context of that moment), cookies that lay in memory, the resolver of `app.configureHostResolver`. A session's proxy and
   * the least TLS are settings, told again.
   */
  loseNetwork(): void;
  /** Called on each new page, before anybody uses it. */
  onContents: (contents: FakeContents, partition: string) => void;
}

export const createFakeElectron = (): FakeElectron => {
  const app = new FakeApp();
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
        // Taken here and never again (`InitWithWebContents`, `shell/browser/api/electron_api_web_contents.cc`, which calls
        // `SetUserAgentOverride` with what the session says at that moment; `docs/api/session.md`: "doesn't affect existing").
        const session = sessions.get(partition ?? '');
        this.page.userAgent = session?.userAgent ?? app.userAgentFallback;
        this.asksForDictionaries = session?.spellChecker ?? true;
        this.page.pages = () => views.map(({ page }) => page);
        this.page.focusOnNavigation = options.webPreferences?.focusOnNavigation ?? true;
        this.page.app = app;
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
