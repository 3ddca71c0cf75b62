/**
 * What we use of Electron, cut out of Electron's own types. The real module satisfies it in `entry.ts`, the recording
 * fake of the tests satisfies it too: when Electron changes, both stop compiling.
 */
import type {
  App,
  BaseWindow,
  BaseWindowConstructorOptions,
  Clipboard,
  CommandLine,
  Cookies,
  Debugger,
  ForkOptions,
  IpcMain,
  NavigationHistory,
  PowerMonitor,
  ProcessMetric,
  Protocol,
  Session,
  UtilityProcess,
  View,
  WebContents,
  WebContentsViewConstructorOptions,
  WebFrameMain,
  WebRequest,
} from 'electron';

export interface Contents extends Pick<
  WebContents,
  | 'id'
  | 'on'
  | 'loadURL'
  | 'stop'
  | 'close'
  | 'focus'
  | 'send'
  | 'isDestroyed'
  | 'forcefullyCrashRenderer'
  | 'printToPDF'
  | 'print'
  | 'getPrintersAsync'
  | 'isFocused'
  | 'sendInputEvent'
  | 'setZoomFactor'
  | 'setVisualZoomLevelLimits'
  | 'setIgnoreMenuShortcuts'
  | 'setWebRTCIPHandlingPolicy'
  | 'setWindowOpenHandler'
> {
  readonly mainFrame: { readonly framesInSubtree: readonly Pick<WebFrameMain, 'osProcessId'>[] };
  readonly debugger: Pick<Debugger, 'attach' | 'detach' | 'isAttached' | 'sendCommand' | 'on'>;
  readonly navigationHistory: Pick<NavigationHistory, 'length' | 'clear'>;
  readonly ipc: Pick<IpcMain, 'on'>;
}

export interface BrowsingSession extends Pick<
  Session,
  | 'on'
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setBluetoothPairingHandler'
  | 'setUSBProtectedClassesHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled'
  | 'setSSLConfig'
  | 'setCertificateVerifyProc'
  | 'setUserAgent'
  | 'getUserAgent'
  | 'getStoragePath'
  | 'setProxy'
  | 'clearStorageData'
  | 'clearCache'
  | 'clearAuthCache'
  | 'clearHostResolverCache'
  | 'closeAllConnections'
> {
  readonly webRequest: Pick<WebRequest, 'onBeforeRequest' | 'onHeadersReceived'>;
  readonly protocol: Pick<Protocol, 'handle'>;
  readonly cookies: Pick<Cookies, 'get'>;
}

export type Placed = Pick<View, 'setBounds' | 'setVisible'>;

export interface ContentsView extends Placed {
  /** Nothing once its page is destroyed, whatever Electron's type says (its issue 50249). */
  readonly webContents: Contents | undefined;
}

export interface KioskWindow extends Pick<
  BaseWindow,
  | 'on'
  | 'show'
  | 'focus'
  | 'isMinimized'
  | 'restore'
  | 'destroy'
  | 'isDestroyed'
  | 'getContentBounds'
  | 'getNativeWindowHandle'
> {
  readonly contentView: Pick<View, 'on'> & {
    /** One that is there already is moved: to the top, or to the place that is named. */
    addChildView(view: Placed, index?: number): void;
    removeChildView(view: Placed): void;
  };
}

export interface ElectronApp extends Pick<
  App,
  | 'on'
  | 'whenReady'
  | 'quit'
  | 'exit'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'setPath'
  | 'configureHostResolver'
  | 'userAgentFallback'
> {
  readonly commandLine: Pick<CommandLine, 'appendSwitch' | 'hasSwitch'>;
  getAppMetrics(): readonly ProcessUse[];
}

/** Without memory on Linux, whatever Electron's type says. */
export type ProcessUse = Pick<ProcessMetric, 'pid'> & Partial<Pick<ProcessMetric, 'memory'>>;

/** A Node process that Electron starts, whatever its fuses say of `ELECTRON_RUN_AS_NODE`. */
export type ServiceProcess = Pick<UtilityProcess, 'pid' | 'on' | 'kill' | 'postMessage'>;

export interface OneClipboard extends Pick<Clipboard, 'clear'> {
  /** Of its items we only ask whether there are any. */
  read(): Promise<readonly { readonly types: readonly string[] }[]>;
}

export interface ElectronApi {
  readonly app: ElectronApp;
  readonly BaseWindow: new (options: BaseWindowConstructorOptions) => KioskWindow;
  readonly WebContentsView: new (options: WebContentsViewConstructorOptions) => ContentsView;
  readonly session: { fromPartition(partition: string, options: { cache: boolean }): BrowsingSession };
  readonly protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>;
  readonly powerMonitor: Pick<PowerMonitor, 'getSystemIdleTime'>;
  readonly utilityProcess: {
    fork(script: string, args: string[], options: ForkOptions): ServiceProcess;
  };
  readonly Menu: { setApplicationMenu(menu: null): void };
  /** `selection` is what a middle click pastes; only Linux has it, whatever Electron's type says. */
  readonly clipboard: OneClipboard & { readonly selection?: OneClipboard | undefined };
}

/** Electron's own unions, so that a value it adds must be decided before we compile again. */
export type RequestedPermission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1];
export type CheckedPermission = Parameters<NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>>[1];
// eslint-disable-next-line @typescript-eslint/no-duplicate-type-constituents -- one holds the other in this version of Electron
export type Permission = RequestedPermission | CheckedPermission;
export type CertificateVerifyProc = NonNullable<Parameters<Session['setCertificateVerifyProc']>[0]>;
