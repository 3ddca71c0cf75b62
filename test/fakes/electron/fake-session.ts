/** A fake of Electron's `Session`, with the handlers that were set on it. */
import type { OnBeforeRequestListenerDetails, OnHeadersReceivedListenerDetails, ProxyConfig } from 'electron';
import type { BrowsingSession } from '../../../main/shell/electron/electron-api.ts';
import { Emitter } from './emitter.ts';
import type { FakeContents } from './fake-contents.ts';
import { FakeDownload } from './fake-download.ts';

type Handler<K extends keyof BrowsingSession> = BrowsingSession[K] extends (handler: infer H) => unknown
  ? NonNullable<H>
  : never;
type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  callback: (response: { cancel?: boolean; redirectURL?: string }) => void,
) => void;
type Headers = Record<string, string[]>;

/**
 * Electron drops a header whose value contains a line break, and every header after it (its issue 52483). The file name
 * in a content disposition may contain one once Electron has decoded it (`HttpResponseHeadersToV8`).
 */
const upToInvalid = (headers: Headers): Headers => {
  const rows = Object.entries(headers);
  const at = rows.findIndex(([, values]) => values.some((value) => /[\0\r\n]/.test(value)));
  return Object.fromEntries(at === -1 ? rows : rows.slice(0, at));
};
interface HeadersResponse {
  readonly cancel?: boolean;
  readonly responseHeaders?: Headers;
  readonly statusLine?: string;
}
type HeadersReceived = (
  details: OnHeadersReceivedListenerDetails,
  callback: (response: HeadersResponse) => void,
) => void;

/** A site's response. */
export interface FakeAnswer {
  readonly url?: string;
  readonly type?: string;
  readonly disposition?: string;
  readonly resourceType?: OnHeadersReceivedListenerDetails['resourceType'];
  readonly status?: number;
}
export type Became = 'page' | 'pdf viewer' | 'download' | 'refused download' | 'error page' | 'nothing';

type DisplayHandler = (request: never, callback: (streams: unknown) => void) => void;

const missing = (what: string): never => {
  throw new Error(`Electron would use its default: no ${what} is set`);
};

export class FakeSession extends Emitter {
  readonly partition: string;
  readonly wiped: string[] = [];
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  cookieList: {
    readonly name: string;
    readonly value: string;
    readonly domain?: string;
    readonly sameSite: 'lax';
    readonly httpOnly?: boolean;
  }[] = [];
  storagePath: string | null = null;
  #proxy: ProxyConfig = { mode: 'system' };
  userAgent =
    'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) kiosk/1.0 Chrome/150.0.0.0 Electron/45.0.0 Safari/537.36';
  acceptLanguages = '';
  spellChecker = true;
  ssl: { readonly minVersion?: string } = {};
  #request: Handler<'setPermissionRequestHandler'> | undefined;
  #check: Handler<'setPermissionCheckHandler'> | undefined;
  #device: Handler<'setDevicePermissionHandler'> | undefined;
  #pairing: Handler<'setBluetoothPairingHandler'> | undefined;
  #usbClasses: Handler<'setUSBProtectedClassesHandler'> | undefined;
  #verify: Handler<'setCertificateVerifyProc'> | undefined;
  #display: DisplayHandler | undefined;
  #beforeRequest: BeforeRequest | undefined;
  #headersReceived: HeadersReceived | undefined;
  /** System dialogs that opened over the kiosk. There must never be one. */
  readonly systemDialogs: string[] = [];
  readonly downloads: FakeDownload[] = [];

  constructor(partition: string, userAgent?: string) {
    super();
    this.partition = partition;
    if (userAgent !== undefined) this.userAgent = userAgent;
  }

  readonly webRequest = {
    onBeforeRequest: (...args: readonly unknown[]): void => {
      this.#beforeRequest = args.at(-1) as BeforeRequest;
    },
    onHeadersReceived: (...args: readonly unknown[]): void => {
      this.#headersReceived = args.at(-1) as HeadersReceived;
    },
  };
  /**
   * The context owns a scheme's handler (`ElectronBrowserContext::protocol_registry`) and keeps it, with all that it
   * references, until the program ends. A second handler in the same context throws (`Protocol.prototype.handle`,
   * `lib/browser/api/protocol.ts`).
   */
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void => {
      if (this.schemes.has(scheme)) throw new Error(`Failed to register protocol: ${scheme}`);
      this.schemes.set(scheme, handler);
    },
  };
  readonly cookies = { get: async () => this.cookieList };

  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'> | null): void {
    this.#request = handler ?? undefined;
  }
  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'> | null): void {
    this.#check = handler ?? undefined;
  }
  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'> | null): void {
    this.#device = handler ?? undefined;
  }
  setBluetoothPairingHandler(handler: Handler<'setBluetoothPairingHandler'> | null): void {
    this.#pairing = handler ?? undefined;
  }
  setUSBProtectedClassesHandler(handler: Handler<'setUSBProtectedClassesHandler'> | null): void {
    this.#usbClasses = handler ?? undefined;
  }
  setDisplayMediaRequestHandler(handler: DisplayHandler | null): void {
    this.#display = handler ?? undefined;
  }
  setSpellCheckerEnabled(on: boolean): void {
    this.spellChecker = on;
  }
  setCertificateVerifyProc(verify: Handler<'setCertificateVerifyProc'> | null): void {
    this.#verify = verify ?? undefined;
  }
  setSSLConfig(config: { readonly minVersion?: string }): void {
    this.ssl = config;
  }
  setUserAgent(userAgent: string, acceptLanguages?: string): void {
    this.userAgent = userAgent;
    this.acceptLanguages = acceptLanguages ?? '';
  }
  getUserAgent(): string {
    return this.userAgent;
  }
  getStoragePath(): string | null {
    return this.storagePath;
  }
  async setProxy(config: ProxyConfig): Promise<void> {
    this.#proxy = config;
  }
  /**
   * The proxy for any connection to this address, or undefined for a direct one. A session without a setting uses the
   * system's proxy (`ApplyProxyModeFromCommandLine`, `shell/browser/browser_process_impl.cc`); the fake has none.
   * Unless the bypass list contains `<-loopback>`, connections to the machine itself are direct (`docs/api/session.md`,
   * `setProxy`; issue 22373).
   */
  routeOf(url: string): string | undefined {
    const { mode = 'fixed_servers', proxyRules = '', proxyBypassRules = '' } = this.#proxy;
    if (mode !== 'fixed_servers' || proxyRules === '') return undefined;
    const isMachine = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|169\.254\.\d+\.\d+)$/.test(new URL(url).hostname);
    return isMachine && !proxyBypassRules.split(/[,;]/).includes('<-loopback>') ? undefined : proxyRules;
  }
  async clearStorageData(): Promise<void> {
    this.wiped.push('storage');
    this.cookieList = [];
  }
  async clearCache(): Promise<void> {
    this.wiped.push('cache');
  }
  async clearAuthCache(): Promise<void> {
    this.wiped.push('auth');
  }
  async clearHostResolverCache(): Promise<void> {
    this.wiped.push('names');
  }
  async closeAllConnections(): Promise<void> {
    this.wiped.push('connections');
  }

  /**
   * A download begins. Without a save path Electron opens the system's "save as" dialog (`OnDownloadPathGenerated`,
   * `shell/browser/electron_download_manager_delegate.cc`: "Show save dialog if save path was not set already on
   * item").
   */
  download(item: FakeDownload, contents: object | undefined): boolean {
    const event = this.fire('will-download', {}, item, contents);
    if (event.defaultPrevented) return false;
    if (item.savePath === '') this.systemDialogs.push('save');
    this.downloads.push(item);
    return true;
  }

  /**
   * Returns what the page makes of a response. Chromium's viewer shows a PDF in a page, frame, object or embed,
   * whatever `plugins` says (issue 9412), unless it must be downloaded (`WillProcessResponse`,
   * `shell/browser/plugins/plugin_response_interceptor_url_loader_throttle.cc`, checks only that). `webRequest` does
   * not see `blob:`.
   */
  async answer(answer: FakeAnswer, contents: FakeContents): Promise<Became> {
    const {
      url = 'https://caf.test/attestation',
      type,
      disposition,
      resourceType = 'mainFrame',
      status = 200,
    } = answer;
    const sent: Headers = {
      ...(type !== undefined && { 'Content-Type': [type] }),
      ...(disposition !== undefined && { 'content-disposition': [disposition] }),
    };
    const details = { url, resourceType, statusCode: status, responseHeaders: sent, webContentsId: contents.id };
    const handler = url.startsWith('blob:') ? undefined : this.#headersReceived;
    const {
      cancel,
      responseHeaders: answered,
      statusLine = '',
    } = await new Promise<HeadersResponse>((resolve) =>
      handler === undefined ? resolve({}) : handler(details as never, resolve),
    );
    if (cancel === true) return 'error page';
    // A response without content keeps the current page (RFC 9110, 15.3.5).
    if (/ 20[45]\b/.test(statusLine)) return 'nothing';
    const responseHeaders = answered === undefined ? sent : upToInvalid(answered);
    const header = (name: string): string =>
      Object.entries(responseHeaders).find(([key]) => key.toLowerCase() === name)?.[1][0] ?? '';
    if (/^attachment\b/i.test(header('content-disposition').trim())) {
      const item = Object.assign(new FakeDownload(), {
        url,
        name: /filename="?([^";]*)/.exec(header('content-disposition'))?.[1] ?? 'attestation.pdf',
      });
      return this.download(item, contents) ? 'download' : 'refused download';
    }
    return header('content-type').startsWith('application/pdf') ? 'pdf viewer' : 'page';
  }

  /** A page requests a permission, possibly one that is not in Electron's types yet. */
  askPermission(permission: string): boolean {
    if (this.#request === undefined) return true; // granted (`RequestPermissionsWithDetails`, the same file)
    let answer: boolean | undefined;
    this.#request({} as never, permission as never, (granted) => (answer = granted), {} as never);
    return answer ?? missing('answer');
  }
  /**
   * True without a handler (`CheckPermissionWithDetails`, `shell/browser/electron_permission_manager.cc`). `contents`
   * is null for a frame of another origin: "All cross origin sub frames making permission checks will pass a `null`
   * webContents to this handler" (`docs/api/session.md`, `setPermissionCheckHandler`).
   */
  checkPermission(permission: string, contents: object | null = {}): boolean {
    return this.#check?.(contents as never, permission as never, '', {} as never) ?? true;
  }
  checkDevice(deviceType: 'hid' | 'serial' | 'usb'): boolean {
    return (this.#device ?? missing('device handler'))({ deviceType, origin: '', device: {} } as never);
  }
  pairBluetooth(): boolean {
    let confirmed: boolean | undefined;
    (this.#pairing ?? missing('pairing handler'))({} as never, (answer) => (confirmed = answer.confirmed));
    return confirmed ?? missing('answer');
  }
  protectedUsbClasses(all: readonly string[]): readonly string[] {
    return (this.#usbClasses ?? missing('USB classes handler'))({ protectedClasses: all } as never);
  }
  captureDisplay(): unknown {
    let streams: unknown = 'no answer';
    (this.#display ?? missing('display media handler'))({} as never, (answer) => (streams = answer));
    return streams;
  }
  /** The address to which our handler redirects a request, if any. */
  redirectOf(url: string): Promise<string | undefined> {
    const handler = this.#beforeRequest ?? missing('request gate');
    return new Promise((resolve) => {
      handler({ url, resourceType: 'mainFrame' } as never, ({ redirectURL }) => resolve(redirectURL));
    });
  }
  /**
   * Returns what the view shows after a page requests this address. If `webRequest` cancels it, Chromium shows its own
   * error page (`net::ERR_BLOCKED_BY_CLIENT`, issue 9174), unless `stop` was called first: "Stops any pending
   * navigation" (`docs/api/web-contents.md`). Calling `stop` inside the `webRequest` callback would free the request
   * that it is about.
   */
  async askPage(url: string, contents: FakeContents): Promise<'asked' | 'error page' | 'nothing'> {
    const handler = this.#beforeRequest ?? missing('request gate');
    contents.stopped = false;
    contents.isAsked = true;
    setImmediate(() => (contents.isAsked = false));
    const { cancel } = await new Promise<{ cancel?: boolean }>((resolve) =>
      handler({ url, resourceType: 'mainFrame' } as never, resolve),
    );
    if (cancel !== true) return 'asked';
    return contents.stopped ? 'nothing' : 'error page';
  }
  /** The network service loses this session's cookies and certificate callback. The proxy is a setting and stays. */
  loseNetwork(): void {
    this.#verify = undefined;
    this.cookieList = [];
  }
  /** True when the request is not cancelled. */
  request(url: string, resourceType: string = 'mainFrame'): Promise<boolean> {
    const handler = this.#beforeRequest ?? missing('request gate');
    return new Promise((resolve) => {
      handler({ url, resourceType } as never, ({ cancel }) => resolve(cancel !== true));
    });
  }

  /** The verdict of our callback on a host's certificate chain, during the TLS handshake. */
  async certificateVerdict(hostname: string, certificate: { readonly data: string }): Promise<number> {
    const verify = this.#verify ?? missing('certificate verifier');
    return new Promise((resolve) => verify({ hostname, certificate } as never, resolve));
  }
}
