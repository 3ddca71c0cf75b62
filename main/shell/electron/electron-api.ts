/**
 * The part of Electron that we use, picked from Electron's own types. Both the real module (in `entry.ts`) and the
 * recording fake of the tests implement it, so both stop compiling when Electron changes.
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
  /** Undefined once its page is destroyed, although Electron's type says otherwise (its issue 50249). */
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
    /** A view that was added before is moved: to `index`, or to the top without one. */
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

/** On Linux `memory` is missing, although Electron's type says otherwise. */
export type ProcessUse = Pick<ProcessMetric, 'pid'> & Partial<Pick<ProcessMetric, 'memory'>>;

/** A Node process started by Electron. The fuse for `ELECTRON_RUN_AS_NODE` does not affect it. */
export type ServiceProcess = Pick<UtilityProcess, 'pid' | 'on' | 'kill' | 'postMessage'>;

export interface OneClipboard extends Pick<Clipboard, 'clear'> {
  /** We only check whether there are items. */
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
  /** `selection` is what a middle click pastes. Only Linux has it, although Electron's type says otherwise. */
  readonly clipboard: OneClipboard & { readonly selection?: OneClipboard | undefined };
}

/** Electron's own unions: a value that Electron adds fails to compile until we decide it. */
export type RequestedPermission = Parameters<NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>>[1];
export type CheckedPermission = Parameters<NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>>[1];
// eslint-disable-next-line @typescript-eslint/no-duplicate-type-constituents -- in this version one holds the other
export type Permission = RequestedPermission | CheckedPermission;
export type CertificateVerifyProc = NonNullable<Parameters<Session['setCertificateVerifyProc']>[0]>;
