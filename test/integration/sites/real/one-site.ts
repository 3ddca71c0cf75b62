/**
 * Opens a site defined by the test in the guest, on its own display, with real mouse presses. Records the requests and
 * the guest's events.
 */
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { silentLogger, type Logger } from '../../../../main/log/logger.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import type { HostResolver } from '../../../../main/platform/network/resolve-host.ts';
import type { ProxyAddress } from '../../../../main/platform/network/tunnel-end.ts';
import { openDisplay } from '../../../../main/npm-scripts/display.ts';
import { createSystemChromiumShell } from '../../../../main/shell/chromium/system-chromium.ts';
import type { Guest, GuestEvent, GuestPolicy, Shell } from '../../../../main/shell/port.ts';
import { openPixels, type Colour, type Pixels } from '../../../bench/screen-pixel.ts';
import { makeCertificate, type Authority, type Certificate } from '../../../fixtures/sites/certificate.ts';
import { spawnWithLateRenderers } from '../../../harness/pipe-messages.ts';
import { underPolicies } from '../../../harness/under-policies.ts';
import { until } from '../../../harness/until.ts';
import { openPlainChromium } from './plain-chromium.ts';

export interface Asked {
  readonly method: string;
  readonly host: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
}

export interface OneSite {
  /** For tests that open their guest by themselves. */
  readonly shell: Shell;
  /** Opens screens of ours, below the site. With them comes the watch over all windows of the display. */
  openScreens(): Promise<void>;
  readonly guest: Guest;
  readonly display: string;
  readonly events: readonly GuestEvent[];
  readonly asked: readonly Asked[];
  /** The port of the server; that of the addresses when the names are not mapped (`atItsPort`). */
  readonly port: number;
  /** From now on something else answers in the place of the site, under this certificate; without one, the site. */
  replace(by?: Certificate): void;
  /**
   * Opens the address in a fresh guest and clears the recorded requests and events. `covered`: it stays hidden, as
   * while our screens say that the site opens.
   */
  open(address: string, how?: 'covered'): Promise<void>;
  /**
   * Opens the address in plain Chromium instead, and clears the recorded requests. Returns the function that ends it.
   */
  openInPlain(address: string): Promise<() => Promise<void>>;
  /** Presses at a point, in pixels of the guest's rectangle. `againAfterMs`: presses a second time after this pause. */
  press(x: number, y: number, againAfterMs?: number): void;
  /** The colour on the display at a point of the guest's rectangle: some things can only be seen (a PDF is drawn). */
  colourAt(x: number, y: number): Promise<Colour>;
  askedFor(path: string | RegExp): Promise<Asked>;
  heard<K extends GuestEvent['kind']>(
    kind: K,
    which?: (event: Extract<GuestEvent, { kind: K }>) => boolean,
  ): Promise<Extract<GuestEvent, { kind: K }>>;
  stop(): Promise<void>;
}

/** A script by which a page reports its first paint. Before that, Chromium drops mouse presses. */
export const SAYS_DRAWN = `<script>new PerformanceObserver((list, me) => { me.disconnect(); requestAnimationFrame(() => requestAnimationFrame(() => fetch('/dessinee'))) }).observe({ type: 'paint', buffered: true })</script>`;

export const SITE_RECT = { x: 0, y: 96, width: 1280, height: 704 } as const;

/** As behind many firewalls: not even « unknown ». */
const answersNothing = (): HostResolver => ({ resolve: () => new Promise(() => undefined), stop: () => undefined });
const resolvesToLoopback = (): HostResolver => ({ resolve: async () => ['127.0.0.1'], stop: () => undefined });

export const openOneSite = async (options: {
  readonly hosts: readonly string[];
  /** Returns the response. Undefined: not found. A promise that never settles: no response. */
  readonly answer: (asked: Asked) => Answer | undefined | Promise<Answer | undefined>;
  /** A request has begun, and its body is not read yet. */
  readonly onBegun?: (request: IncomingMessage) => void;
  readonly decide?: GuestPolicy['decide'];
  readonly logger?: Logger;
  /**
   * No rule maps the names: they resolve to the loopback, and a connection goes to the port of its address, as on the
   * web. The policy must allow this local host.
   */
  readonly atItsPort?: boolean;
  /** Sites are reached through this one alone; no name server knows them here. */
  readonly proxy?: ProxyAddress;
  /** How late the pages' renderers report, as on a busy machine. */
  readonly lateMs?: number;
  /** It signed the certificate, whose key is not trusted then. */
  readonly authority?: Authority;
  /** Of the PC, beside the shipped ones. */
  readonly policies?: Readonly<Record<string, unknown>>;
}): Promise<OneSite> => {
  const folder = mkdtempSync(join(tmpdir(), 'pn-site-'));
  chmodSync(folder, 0o777);
  const { key, cert, spki } = await makeCertificate(options.hosts, undefined, options.authority);
  let asked: Asked[] = [];
  let events: GuestEvent[] = [];
  const tls: ServerOptions = { key, cert };
  const server = createServer(tls, (request, response) => {
    const parts: Buffer[] = [];
    options.onBegun?.(request);
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one: Asked = {
        method: request.method ?? '',
        host: request.headers.host ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('latin1'),
      };
      asked.push(one);
      void Promise.resolve(options.answer(one)).then((given) => {
        const { status = given ? 200 : 404, type = 'text/html; charset=utf-8', headers = {}, body = '' } = given ?? {};
        response.writeHead(status, { 'content-type': type, ...headers });
        response.end(body);
      });
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const display = await openDisplay({ existing: undefined, size: '1280x800' });
  process.env['DISPLAY'] = display.name;
  const { port } = server.address() as AddressInfo;
  const openResolver = options.proxy ? answersNothing : options.atItsPort === true ? resolvesToLoopback : undefined;
  const hostRules = `MAP *.test 127.0.0.1:${port}`;
  const shell = createSystemChromiumShell({
    clock: systemClock,
    logger: options.logger ?? silentLogger,
    folder,
    ...(openResolver ? { openResolver } : { hostRules }),
    ...(options.authority ? {} : { trustedSpki: spki }),
    ...(options.policies ? underPolicies(options.policies) : {}),
    ...(options.lateMs === undefined ? {} : { spawn: spawnWithLateRenderers(options.lateMs) }),
  });
  let pixels: Promise<Pixels> | undefined;
  let guest: Guest | undefined;
  return {
    shell,
    get guest() {
      if (!guest) throw new Error('no guest was opened');
      return guest;
    },
    async openScreens() {
      const screens = Promise.withResolvers<void>();
      await shell.openKioskView({
        serve: async () => ({ type: 'text/html', body: Buffer.from('<!doctype html><title>Accueil</title>') }),
        onMessage: () => undefined,
        onReady: screens.resolve,
        onClosed: () => undefined,
      });
      await screens.promise;
    },
    display: display.name,
    get events() {
      return events;
    },
    get asked() {
      return asked;
    },
    port,
    replace: (by) => server.setSecureContext(by ?? tls),
    async open(address, how) {
      await guest?.close();
      asked = [];
      const mine: GuestEvent[] = [];
      events = mine;
      guest = await shell.openGuest({
        on: (event) => void mine.push(event),
        policy: { decide: options.decide ?? (() => ({ allow: true })), proxyFor: () => options.proxy },
      });
      await (how === 'covered' ? guest.hide(SITE_RECT) : guest.show(SITE_RECT));
      await guest.navigate(address);
      await until(
        () => `${address} is there. Asked: ${asked.map(({ path }) => path).join(' ')}; said: ${JSON.stringify(mine)}`,
        () => mine.some((one) => one.kind === 'loading' && !one.loading),
      );
    },
    async openInPlain(address) {
      await guest?.close();
      guest = undefined;
      asked = [];
      return openPlainChromium({ folder, rules: hostRules, spki, address });
    },
    press(x, y, againAfterMs) {
      const at = [String(SITE_RECT.x + x), String(SITE_RECT.y + y)];
      const again = againAfterMs === undefined ? [] : ['--repeat', '2', '--delay', `${againAfterMs}`];
      execFileSync('xdotool', ['mousemove', ...at, 'click', ...again, '1'], {
        env: { ...process.env, DISPLAY: display.name },
      });
    },
    async colourAt(x, y) {
      pixels ??= openPixels(display.name);
      return (await pixels).read(SITE_RECT.x + x, SITE_RECT.y + y);
    },
    askedFor: (path) =>
      until(`${String(path)} is asked for`, () =>
        asked.find((one) => (typeof path === 'string' ? one.path === path : path.test(one.path))),
      ),
    heard: (kind, which = () => true) =>
      until(`the guest says ${kind}`, () =>
        events.find(
          (one): one is Extract<GuestEvent, { kind: typeof kind }> => one.kind === kind && which(one as never),
        ),
      ) as never,
    async stop() {
      await shell.close();
      server.close();
      server.closeAllConnections();
      (await pixels)?.end();
      await display.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
};
