/** One browsing session as Electron would hold it, with the handlers it was given. */
import type { OnBeforeRequestListenerDetails } from 'electron';
import type { BrowsingSession } from '../../../main/shell/electron/electron-api.ts';
import { Emitter } from './emitter.ts';

type Handler<K extends keyof BrowsingSession> = BrowsingSession[K] extends (handler: infer H) => unknown
  ? NonNullable<H>
  : never;
type BeforeRequest = (
  details: OnBeforeRequestListenerDetails,
  callback: (response: { cancel?: boolean }) => void,
) => void;

type DisplayHandler = (request: never, callback: (streams: unknown) => void) => void;

const missing = (what: string): never => {
  throw new Error(`Electron would use its default: no ${what} is set`);
};

export class FakeSession extends Emitter {
  readonly partition: string;
  readonly wiped: string[] = [];
  readonly addresses = new Map<string, readonly string[]>();
  readonly schemes = new Map<string, (request: Request) => Response | Promise<Response>>();
  cookieList: { readonly name: string; readonly value: string; readonly domain?: string; readonly sameSite: 'lax' }[] =
    [];
  storagePath: string | null = null;
  route = 'DIRECT';
  userAgent =
    'Mozilla/5.0 (X11) AppleWebKit/537.36 (KHTML, like Gecko) kiosk/1.0 Chrome/150.0.0.0 Electron/45.0.0 Safari/537.36';
  acceptLanguages = '';
  spellChecker = true;
  ssl: { readonly minVersion?: string } = {};
  resolveHostAnswer: (host: string) => Promise<readonly string[]> = async (host) => this.addresses.get(host) ?? [];
  #request: Handler<'setPermissionRequestHandler'> | undefined;
  #check: Handler<'setPermissionCheckHandler'> | undefined;
  #device: Handler<'setDevicePermissionHandler'> | undefined;
  #pairing: Handler<'setBluetoothPairingHandler'> | undefined;
  #usbClasses: Handler<'setUSBProtectedClassesHandler'> | undefined;
  #verify: Handler<'setCertificateVerifyProc'> | undefined;
  #display: DisplayHandler | undefined;
  #beforeRequest: BeforeRequest | undefined;

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  readonly webRequest = {
    onBeforeRequest: (...args: readonly unknown[]): void => {
      this.#beforeRequest = args.at(-1) as BeforeRequest;
    },
  };
  readonly protocol = {
    handle: (scheme: string, handler: (request: Request) => Response | Promise<Response>): void => {
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
  async resolveHost(host: string) {
    const found = await this.resolveHostAnswer(host);
    return { endpoints: found.map((address) => ({ address, family: 'ipv4' as const })) };
  }
  async resolveProxy(): Promise<string> {
    return this.route;
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

  /** A page asks; `permission` may be one that Electron's types do not know yet. */
  askPermission(permission: string): boolean {
    let answer: boolean | undefined;
    const handler = this.#request ?? missing('permission request handler');
    handler({} as never, permission as never, (granted) => (answer = granted), {} as never);
    return answer ?? missing('answer');
  }
  checkPermission(permission: string, contents: object | null = {}): boolean {
    return (this.#check ?? missing('permission check handler'))(
      contents as never,
      permission as never,
      '',
      {} as never,
    );
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
  /** True when the request leaves. */
  request(url: string, resourceType: string = 'mainFrame'): Promise<boolean> {
    const handler = this.#beforeRequest ?? missing('request gate');
    return new Promise((resolve) => {
      handler({ url, resourceType } as never, ({ cancel }) => resolve(cancel !== true));
    });
  }

  /** Electron asks about the chain of a host that it is about to speak to. */
  async certificateVerdict(hostname: string, certificate: { readonly data: string }): Promise<number> {
    const verify = this.#verify ?? missing('certificate verifier');
    return new Promise((resolve) => verify({ hostname, certificate } as never, resolve));
  }
}
