/**
 * The test fixture: a display, the misbehaving site, the kiosk under attack in its own process, and their observed
 * state.
 */
import type { ChildProcess } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { createSocket } from 'node:dgram';
import { createServer as createSecureServer } from 'node:tls';
import { join } from 'node:path';
import { hashPassphrase } from '../../../main/features/agent/passphrase.ts';
import { passphraseFileIn } from '../../../main/features/agent/index.ts';
import { treeUse } from '../../../main/platform/process-tree.ts';
import { openDisplay, type Display } from '../../../main/npm-scripts/display.ts';
import { makeCertificate } from '../../fixtures/sites/certificate.ts';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import type { Rect } from '../../../main/shell/port.ts';
import type { Asked, EntryOptions, FromKiosk, ToKiosk } from './tapped-kiosk.ts';
import type { Layer, Role } from './layers.ts';
import { CHANGING_HOST, LOCAL_DOMAIN, PUBLIC_HOST } from './local-names.ts';
import { rightPinned, wronglyPinned } from './pinned-sites.ts';
import { patience, Untried } from './patience.ts';
import { openScreen, type Screen } from './screen.ts';
import { shells, type ShellName, type Windows } from './shells.ts';
import type { Touched, TouchStep } from './touches.ts';

/** The agent's passphrase on this kiosk. */
export const PASSPHRASE = 'une grue bleue attend le bac';
export const SIZE = { width: 1280, height: 800 } as const;
/** The area that the screens leave to a site: everything below the bar. */
export const FREE = { x: 0, y: 96, width: SIZE.width, height: SIZE.height - 96 } as const;
/** The idle times of a hurried kiosk. */
export const HURRY = { afterS: 6, warningS: 5 } as const;
const STARTS_WITHIN_MS = 15_000;
const STARTS = 3;
/** Like a person, `press` presses again when nothing happens. */
const PRESSES = 5;
const FELT_WITHIN_MS = 500;
/** Far enough apart that two presses are not a double click. */
const ASIDE_PX = 24;
/** Some pages never finish loading. They are pressed anyway after this time. */
const LOADED_WITHIN_MS = 1_500;
/** If a page prevents the navigation for longer than this, the next page opens in a new browser. */
const FOLLOWS_WITHIN_MS = 2_000;
/** Our screens show the site again within this time after an overlay closes. */
const PUT_BACK_WITHIN_MS = 500;
const SITE = 'hostile-exemple.test';

export interface OpenSite {
  readonly demarche: string;
  readonly mailbox: boolean;
}

interface Visit {
  readonly demarche: string;
  readonly host: string;
  readonly loading: boolean;
  readonly canGoBack: boolean;
  readonly cover: { readonly kind: string; readonly id?: string; readonly fault?: string; readonly host?: string };
}

export interface Reply {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly params?: Readonly<Record<string, string | number>> };
}

export interface RunningProgram {
  readonly pid: number;
  /** The executable file. */
  readonly program: string;
  readonly commandLine: string;
}

export interface Fixture {
  readonly display: string;
  /** State that survives the kiosk. Owned by root when the kiosk runs as root. */
  readonly stateFolder: string;
  readonly screen: Screen;
  readonly sites: Sites;
  /** A listener on the local network that no page may reach. */
  readonly victim: { readonly port: number; readonly reached: () => number };
  /** Adds a text to the attempt's line of output. */
  note(text: string): void;
  readonly noted: () => string;
  /** Touches our screens or the site. Coordinates are those of the touched page. */
  touch(role: Role, steps: readonly TouchStep[]): Promise<Touched>;
  /** Log lines of the kiosk since the attempt began. */
  log(): readonly { readonly event: string; readonly [field: string]: unknown }[];
  /** Requests to the sites since the attempt began. */
  requests(): Sites['log'];
  /** What the page reported about its own attempt: `essaye`, `fait`, `refuse`, `sans-reponse`, with a detail. */
  witness(): readonly { readonly said: string; readonly detail: string }[];
  /** What was seen since the attempt began, a line each: shown when it fails. */
  trace(): readonly string[];
  phase(): string;
  visit(): Visit | null;
  /** The sites that the person has open, the démarche first. */
  sitesOpen(): readonly OpenSite[];
  /** Every visible window. */
  windows(): Promise<Windows>;
  /** The visible area of the site. */
  site(): Promise<Rect | undefined>;
  /** Whether the site can be reused: it fills the area our screens leave to it, and nothing of ours covers it. */
  isThere(): Promise<boolean>;
  /** The middle of the site. */
  middle(): Promise<readonly [number, number]>;
  /** Presses the middle of the site until the misbehaving page reports the press. */
  press(): Promise<void>;
  say(feature: string, message: string, input?: object): Promise<Reply>;
  /** Messages from the screens to main since the attempt began. */
  heard(): readonly { readonly feature: string; readonly message: string }[];
  /** Time since the screens last reported input. They report it once a second at most. */
  sinceInputMs(): number;
  /** Resolves to true at the next message from the screens, to false after the timeout. */
  screensSpeak(withinMs: number): Promise<boolean>;
  /** Documents that came into the tray since the attempt began. */
  arrivals(): number;
  /** Whether the print screen shows a document. */
  showsPrintout(): boolean;
  /** Whether “Votre document est arrivé” is shown. */
  announced(): boolean;
  /** Closes what our screens announce of a document. */
  dismiss(): Promise<void>;
  /** What the fake desktop programs (`xdg-open`…) were asked to open. */
  started(): string;
  /** Every process below the kiosk. */
  processes(): readonly RunningProgram[];
  kioskPid(): number;
  /** How long main's event loop stood still at most since this was last asked, in milliseconds. */
  stoodStillMs(): Promise<number>;
  /** Processes of the kiosk whose command line contains this text. */
  pidsWith(text: string): readonly number[];
  /** Renderer processes of the site, or of our own screens. */
  renderers(role: Role): Promise<readonly number[]>;
  lives(pid: number): boolean;
  begin(): Promise<void>;
  open(page: string): Promise<void>;
  /** Navigates the open browser to this page. Opens a new one when the site is covered or does not navigate. */
  follow(page: string): Promise<void>;
  /** How often the fixture navigated a browser to a page since the attempt began. */
  navigations(): number;
  /** Navigates the mailbox in front to this page. False: it does not navigate. */
  followBeside(page: string): Promise<boolean>;
  /** Closes both sites, if a mailbox is open: the kiosk closes them together. */
  closeBoth(): Promise<void>;
  /** Opens a mailbox at this page beside the open site. */
  openBeside(page: string): Promise<void>;
  /** Starts a new attempt: forgets earlier log lines, requests and messages. */
  mark(): void;
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** The display shows nothing new within this time, so looking more often sees no more. */
const FRAME_MS = 16;
export const aFrame = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, FRAME_MS));

/** Polls until the probe is truthy. The timeout is longer on a busy machine (`patience`). */
export const comesTrue = async (probe: () => unknown, withinMs: number): Promise<boolean> => {
  const deadline = performance.now() + patience(withinMs);
  for (;;) {
    if (await probe()) return true;
    if (performance.now() > deadline) return false;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
};

/** The person presses « J’ai fini », and the kiosk wipes. */
export const endSession = async (fixture: Fixture): Promise<void> => {
  await fixture.say('session', 'askToLeave');
  await fixture.say('session', 'leave');
  await comesTrue(() => fixture.phase() === 'idle' || fixture.phase() === 'out-of-service', 20_000);
};

/** No screen of ours is in the place of the site. */
export const isUncovered = (visit: Visit | null): boolean =>
  visit !== null && ['opening', 'site'].includes(visit.cover.kind);

const fills = (window: Rect | undefined, at: typeof FREE): boolean =>
  window?.x === at.x && window.y === at.y && window.width === at.width && window.height === at.height;

/** A path is on the misbehaving site; a page of another site is given as a full URL. */
const addressOf = (page: string): URL => new URL(page, `https://${SITE}`);
const pathOf = (page: string): string => `${addressOf(page).pathname}${addressOf(page).search}`;

const demarche = (id: string, page: string, mailbox: boolean): string => `id: ${id}
title: Essai ${id}
sentence: Une page qui se conduit mal.
theme: papiers
organism: Un site hostile
siteName: ${addressOf(page).hostname}
priority: 3
url: ${JSON.stringify(addressOf(page).hostname === SITE ? `https://${SITE}${page}` : page)}
checkedOn: 2026-11
domains: [${addressOf(page).hostname}, ${LOCAL_DOMAIN}]
frames: [${hosts.hostileFrame}]
mailbox: ${mailbox ? `{ endings: [${id}.test] }` : 'null'}
bundles: [right-pin, wrong-pin]
account: ${page.includes('compte') ? '{ name: compte d’essai, franceConnect: false }' : 'null'}
signInCode: null
verifiedOn: 2026-11-26
verifiedBy: null
sources: [page d’essai]
papers: []
words: [essai]
`;

const bundles = (spki: string): string => `right-pin: { domains: [${rightPinned}], pins: ["${spki}"] }
wrong-pin: { domains: [${wronglyPinned}], pins: ["${'A'.repeat(43)}="] }
`;

/** Maps a page to the id of the démarche that opens there. */
type Ids = ReadonlyMap<string, string>;

const writeConfig = (
  pages: readonly string[],
  mailboxes: readonly string[],
  spki: string,
  hurried: boolean,
): { readonly dir: string; readonly idOf: Ids; readonly mailboxOf: Ids } => {
  const dir = mkdtempSync(join(tmpdir(), 'pn-escape-'));
  mkdirSync(join(dir, 'demarches'));
  const write = (stem: string, at: readonly string[], mailbox: boolean): Ids =>
    new Map(
      [...new Set(at)].map((page, index) => {
        const id = `${stem}-${index + 1}`;
        writeFileSync(join(dir, 'demarches', `${id}.yaml`), demarche(id, page, mailbox));
        return [page, id];
      }),
    );
  const idOf = write('essai', pages, false);
  const mailboxOf = write('boite', mailboxes, true);
  const demo = join(import.meta.dirname, '../../fixtures/demo');
  for (const name of ['site.yaml', 'departement.yaml']) {
    writeFileSync(join(dir, name), readFileSync(join(demo, name), 'utf8'));
  }
  if (hurried)
    appendFileSync(join(dir, 'site.yaml'), `idle: ${JSON.stringify({ ...HURRY, allowanceMinutes: null })}\n`);
  appendFileSync(join(dir, 'site.yaml'), 'pace: { settleMs: 0, farewellS: 0 }\n');
  writeFileSync(join(dir, 'synonyms.yaml'), '{}\n');
  writeFileSync(join(dir, 'bundles.yaml'), bundles(spki));
  return { dir, idOf, mailboxOf };
};

/**
 * The executable of a process. Process names won't do: a zygote briefly has another name before it becomes a renderer.
 */
const programOf = (pid: number): string | undefined => {
  try {
    return readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
  } catch {
    return undefined; // the process ended meanwhile
  }
};

const commandLine = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};

/** The descendants of `pid`, without itself. */
const descendants = (pid: number): RunningProgram[] =>
  treeUse(pid)
    .pids.filter((one) => one !== pid)
    .flatMap((one) => {
      // Read the command line first: if the process ends before the second read, it is left out. A process that becomes
      // another program meanwhile is read again.
      let words: string;
      let program: string | undefined;
      do {
        words = commandLine(one);
        program = programOf(one);
      } while (program !== undefined && commandLine(one) !== words);
      return program === undefined ? [] : [{ pid: one, program, commandLine: words }];
    });
const parentOf = (pid: number): number => {
  try {
    return Number(/^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0);
  } catch {
    return 0;
  }
};

/** The parts of the screens' state that the fixture reads. */
interface KioskState {
  readonly session?: { readonly phase: { readonly name: string } };
  readonly browsing?: { readonly visit: Visit | null; readonly open: readonly OpenSite[] };
  readonly documents?: {
    readonly list: readonly { readonly id: string }[];
    readonly arrived: string | null;
    readonly shown: string | null;
  };
  readonly printing?: { readonly document: object | null };
}

interface Victim {
  readonly port: number;
  readonly spki: string;
  readonly reached: () => number;
  stop(): void;
}

const TLS_GREETING = 0x16;

/**
 * Counts requests, plain or inside TLS, and not connections: Chromium connects and sends its TLS hello before it learns
 * which network it reached.
 */
const openVictim = async (): Promise<Victim> => {
  let reached = 0;
  const sockets = new Set<Socket>();
  const { key, cert, spki } = await makeCertificate([`victime.${LOCAL_DOMAIN}`]);
  const hear = (socket: Socket): void => {
    socket.on('error', () => undefined);
    socket.once('data', () => {
      reached += 1;
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n');
    });
  };
  const secure = createSecureServer({ key, cert, ALPNProtocols: ['http/1.1'] }, hear);
  secure.on('tlsClientError', () => undefined);
  const greet = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    socket.once('readable', () => {
      const first = socket.read() as Buffer | null;
      if (first === null) return;
      socket.unshift(first);
      if (first[0] === TLS_GREETING) secure.emit('connection', socket);
      else hear(socket);
    });
  };
  const server = createServer(greet);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const sixth = createServer(greet);
  sixth.on('error', () => undefined); // a machine without IPv6
  sixth.listen(port, '::1');
  // WebRTC uses UDP: even one datagram counts as reaching the network.
  const datagrams = createSocket('udp4', () => (reached += 1));
  datagrams.on('error', () => undefined); // another program may use this UDP port: then UDP is not watched
  datagrams.bind(port, '127.0.0.1');
  return {
    port,
    spki,
    reached: () => reached,
    stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      sixth.close();
      datagrams.close();
    },
  };
};

const DESKTOP_PROGRAMS = ['xdg-open', 'xdg-settings', 'xdg-mime', 'xdg-email', 'gio', 'kde-open'] as const;

/** Writes fake desktop programs, which only record that they were started, and with which arguments. */
const writeFakePrograms = (folder: string): { readonly programs: string; readonly note: string } => {
  const programs = join(folder, 'programs');
  const note = join(folder, 'started');
  mkdirSync(programs);
  for (const name of DESKTOP_PROGRAMS)
    writeFileSync(join(programs, name), `#!/bin/sh\necho "${name} $*" >> ${note}\n`, { mode: 0o755 });
  return { programs, note };
};

/** The openbox configuration of the distribution's package: menus, shortcuts, windows that can be dragged. */
const ordinaryDesktop = (folder: string): string => {
  const part = (text: string, name: string): string => new RegExp(`<${name}>[\\s\\S]*</${name}>`).exec(text)?.[0] ?? '';
  const usual = readFileSync('/etc/xdg/openbox/rc.xml', 'utf8');
  let ours = readFileSync(join(import.meta.dirname, '../../../resources/os/linux/openbox/rc.xml'), 'utf8');
  for (const name of ['keyboard', 'mouse']) ours = ours.replace(part(ours, name), () => part(usual, name));
  const file = join(folder, 'rc.xml');
  writeFileSync(file, ours);
  return file;
};

export interface FixtureOptions {
  /** Chromium when absent. */
  readonly shell?: ShellName;
  readonly without?: Layer | undefined;
  readonly hurried?: boolean;
  /** Pages at which a mailbox may open beside a site. */
  readonly mailboxes?: readonly string[];
}

export const openFixture = async (
  pages: (victimPort: number) => readonly string[],
  { shell: name = 'chromium', without, hurried = false, mailboxes = [] }: FixtureOptions = {},
): Promise<Fixture> => {
  const shell = shells[name];
  const folder = mkdtempSync('/dev/shm/pne-');
  chmodSync(folder, 0o777);
  const display: Display = await openDisplay({
    existing: undefined,
    size: `${SIZE.width}x${SIZE.height}`,
    ...(without?.leftOut.windowManager ? { windowManagerConfig: ordinaryDesktop(folder) } : {}),
  });
  const screen = openScreen(display.name, SIZE);
  const sites = await startSites();
  const victim = await openVictim();
  const fakePrograms = writeFakePrograms(folder);
  const stateFolder = join(folder, 'state');
  mkdirSync(stateFolder, { mode: 0o700 });
  writeFileSync(passphraseFileIn(stateFolder), await hashPassphrase(PASSPHRASE), { mode: 0o600 });
  const { dir, idOf, mailboxOf } = writeConfig(pages(victim.port), mailboxes, sites.spki, hurried);

  let child: ChildProcess;
  let lines: string[] = [];
  let requestsFrom = 0;
  let victimFrom = 0;
  let nextId = 1_000_000_000;
  let state: KioskState = {};
  let trayBefore: ReadonlySet<string> = new Set();
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Set<() => void>();
  const answers = new Map<number, (value: unknown) => void>();
  const touches = new Map<number, (touched: FromKiosk & { kind: 'touched' }) => void>();
  let noted = '';
  let heard: { readonly feature: string; readonly message: string }[] = [];
  let inputAtMs = -Infinity;
  let navigations = 0;
  /** How many pages the site that was opened last has loaded. */
  let loads = 0;
  let presses = 0;

  const hear = (message: FromKiosk): void => {
    if (message.kind === 'from-screens') {
      const said = JSON.parse(message.text) as (typeof heard)[number];
      heard.push(said);
      if (said.feature === 'session' && said.message === 'touch') inputAtMs = performance.now();
      for (const listener of listeners) listener();
    }
    if (message.kind === 'touched') touches.get(message.id)?.(message);
    if (message.kind === 'answered') answers.get(message.id)?.(message.value);
    if (message.kind === 'loaded') loads += 1;
    if (message.kind !== 'to-screens') return;
    const received = JSON.parse(message.text) as Reply & { kind: string; id: number; feature: string; state: never };
    if (received.kind === 'snapshot') state = received.state;
    else if (received.kind === 'changed') state = { ...state, [received.feature]: received.state };
    else if (received.kind === 'reply' || received.kind === 'failed') {
      waiting.get(received.id)?.(received);
      waiting.delete(received.id);
    }
  };

  const launch = async (): Promise<void> => {
    const options: EntryOptions = {
      configDir: dir,
      folder,
      stateFolder,
      programs: fakePrograms.programs,
      // The first matching rule applies.
      hostRules: [
        `MAP ${PUBLIC_HOST} 127.0.0.1:${sites.port}`,
        `MAP ${CHANGING_HOST} 127.0.0.1:${sites.port}`,
        `MAP *.${LOCAL_DOMAIN} 127.0.0.1:${victim.port}`,
        `MAP *.test 127.0.0.1:${sites.port}`,
      ].join(','),
      trustedSpki: `${sites.spki},${victim.spki}`,
      ...(without ? { without: without.name } : {}),
    };
    state = {};
    child = await shell.launch(options, display.name);
    let rest = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      lines.push(...parts);
    });
    const mine = child;
    try {
      await waitForStart(mine);
    } catch (error) {
      mine.kill('SIGKILL');
      throw error;
    }
  };
  const waitForStart = async (mine: ChildProcess): Promise<void> => {
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve, reject) => {
      timer = setTimeout(() => reject(new Error('the kiosk never reported its start')), patience(STARTS_WITHIN_MS));
      mine.on('message', (message: FromKiosk) => (message.kind === 'started' ? resolve() : hear(message)));
      mine.once('exit', () => reject(new Error(`the kiosk did not start:\n${lines.slice(-10).join('\n')}`)));
    }).finally(() => clearTimeout(timer));
    if (!(await comesTrue(() => state.session?.phase.name === 'idle', STARTS_WITHIN_MS)))
      throw new Error('the kiosk never showed its first screen');
  };

  /** Retries as the kiosk's system service would: the first browser may miss its start timeout on a busy machine. */
  const launchAgain = async (): Promise<void> => {
    for (let i = 1; ; i++) {
      try {
        return await launch();
      } catch (error) {
        if (i === STARTS) throw error;
      }
    }
  };

  const send = (message: ToKiosk): boolean => child.connected && child.send(message);

  const ask = (what: Asked): Promise<unknown> =>
    new Promise((resolve) => {
      const id = nextId++;
      const heardBack = (value: unknown): void => {
        clearTimeout(timer);
        answers.delete(id);
        resolve(value);
      };
      const timer = setTimeout(() => heardBack(null), patience(3_000));
      answers.set(id, heardBack);
      send({ kind: 'ask', id, what });
    });

  const say: Fixture['say'] = (feature, message, input = {}) =>
    new Promise((resolve) => {
      const id = nextId++;
      const timer = setTimeout(() => resolve({ ok: false }), 15_000);
      waiting.set(id, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
      send({ kind: 'say', text: JSON.stringify({ id, feature, message, input }) });
    });

  const openAt = async (id: string | undefined, page: string): Promise<void> => {
    if (id === undefined) throw new Error(`no démarche for ${page}`);
    await say('browsing', 'place', { rect: FREE });
    navigations += 1;
    // A page before this one may hold typed input, and the kiosk asks before it closes such a site.
    const leave = [fixture.visit()?.demarche].filter((one) => one !== undefined);
    await say('browsing', 'open', { demarche: id, leave });
    // A page that the kiosk itself refuses is never requested, and covered.
    const asked = await askedFor(page, 8_000);
    const visit = fixture.visit();
    if (!asked && (visit === null || isUncovered(visit))) throw new Untried('the site never opened');
    await drawn();
  };
  const askedFor = (page: string, withinMs: number): Promise<boolean> =>
    comesTrue(() => fixture.requests().some((one) => one.path === pathOf(page)), withinMs);
  /** The site that was opened last, in the browser that it has. */
  const leads = async (page: string): Promise<boolean> => {
    const { kind } = fixture.visit()?.cover ?? {};
    if (kind !== 'blocked' && kind !== 'unreachable' && !(await fixture.isThere())) return false;
    navigations += 1;
    const before = loads;
    send({ kind: 'lead', url: addressOf(page).href });
    const asked = await askedFor(page, FOLLOWS_WITHIN_MS);
    // A press before that would hit a page without its style, whose button moves away from under the pointer.
    if (asked) await comesTrue(() => loads > before, LOADED_WITHIN_MS);
    else navigations -= 1; // otherwise `stillThere` would miss one reload
    return asked;
  };
  const drawn = async (): Promise<void> => {
    // A browser drops presses until the new page is drawn, because they may be meant for the previous page.
    // The blank page before the site may stop loading after the site was requested, under the cover « opening ».
    const isLoaded = (): boolean => fixture.visit()?.loading === false && fixture.visit()?.cover.kind !== 'opening';
    await comesTrue(() => isLoaded() || !isUncovered(fixture.visit()), LOADED_WITHIN_MS);
    // Wait until the site is in place. A press before that would hit the wrong window.
    if (fixture.visit()?.cover.kind === 'site') await comesTrue(async () => fills(await fixture.site(), FREE), 3_000);
  };

  const fixture: Fixture = {
    display: display.name,
    stateFolder,
    screen,
    sites,
    note: (text) => void (noted = text),
    noted: () => noted,
    touch: (role, steps) =>
      new Promise((resolve, reject) => {
        const id = nextId++;
        touches.set(id, ({ touched, error }) => (touched ? resolve(touched) : reject(new Error(error))));
        send({ kind: 'touch', id, role, steps });
      }),
    victim: { port: victim.port, reached: () => victim.reached() - victimFrom },
    log: () =>
      lines
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as { event: string; [field: string]: unknown }),
    requests: () => sites.log.slice(requestsFrom),
    witness: () =>
      fixture
        .requests()
        .filter((one) => one.path.startsWith('/temoin?'))
        .map((one) => {
          const words = new URL(one.path, `https://${SITE}`).searchParams;
          return { said: words.get('fait') ?? '', detail: words.get('detail') ?? '' };
        }),
    trace: () => [
      `visit: ${JSON.stringify(fixture.visit())}`,
      ...fixture.requests().map((one) => `requested: ${one.host}${one.path} as ${one.destination}`),
      ...lines.map((line) => `logged: ${line}`),
    ],
    phase: () => state.session?.phase.name ?? 'none',
    visit: () => state.browsing?.visit ?? null,
    sitesOpen: () => state.browsing?.open ?? [],
    windows: async () => shell.sort(await screen.windows(), ask),
    site: async () => (await fixture.windows()).sites[0],
    isThere: async () =>
      fixture.visit()?.cover.kind === 'site' &&
      (await comesTrue(async () => fills(await fixture.site(), FREE), PUT_BACK_WITHIN_MS)),
    async middle() {
      const guest = await fixture.site();
      return guest ? [guest.x + guest.width / 2, guest.y + guest.height / 2] : [SIZE.width / 2, SIZE.height / 2];
    },
    async press() {
      // Only pages that load this script report presses. Press the others once. Looked at after the press: a page that
      // came in the same browser may not have loaded it before.
      const tells = (): boolean => fixture.requests().some((one) => one.path === '/commun.js');
      /** Also true when the site is covered or gone: a page that leaves by itself reports nothing. */
      const felt = (): boolean =>
        !isUncovered(fixture.visit()) || fixture.witness().some((one) => one.said === 'appui');
      for (let i = 0; i < PRESSES; i++) {
        const [x, y] = await fixture.middle();
        // Never twice at one place: soon after the press of the attempt before, it would be a double click, whose
        // second half the kiosk keeps from the next page.
        presses += 1;
        await screen.click(x + (presses % 2) * ASIDE_PX, y);
        if ((await comesTrue(felt, tells() ? FELT_WITHIN_MS : FELT_WITHIN_MS / 2)) || !tells()) return;
      }
    },
    say,
    heard: () => heard,
    sinceInputMs: () => performance.now() - inputAtMs,
    screensSpeak: (withinMs) =>
      new Promise((resolve) => {
        const end = (heard: boolean): void => {
          clearTimeout(timer);
          listeners.delete(listener);
          resolve(heard);
        };
        const listener = (): void => end(true);
        const timer = setTimeout(() => end(false), withinMs);
        listeners.add(listener);
      }),
    arrivals: () => state.documents?.list.filter((one) => !trayBefore.has(one.id)).length ?? 0,
    showsPrintout: () => (state.printing?.document ?? null) !== null,
    announced: () => (state.documents?.arrived ?? null) !== null,
    dismiss: async () => void (await fixture.say('documents', 'dismiss', { shown: state.documents?.shown ?? null })),
    started: () => (existsSync(fakePrograms.note) ? readFileSync(fakePrograms.note, 'utf8').trim() : ''),
    processes: () => descendants(child.pid ?? -1),
    kioskPid: () => child.pid ?? -1,
    stoodStillMs: async () => ((await ask('stood-still')) as number | null) ?? Infinity,
    pidsWith: (text) =>
      fixture
        .processes()
        .filter((one) => one.commandLine.includes(text))
        .map((one) => one.pid),
    async renderers(role) {
      const all = fixture.pidsWith('--type=renderer');
      const ofSites = await shell.siteRenderers(all, { pidsWith: fixture.pidsWith, commandLine, parentOf }, ask);
      return role === 'guest' ? ofSites : all.filter((pid) => !ofSites.includes(pid));
    },
    lives: (pid) => commandLine(pid) !== '',
    async begin() {
      if (fixture.phase() === 'active') return;
      await comesTrue(() => fixture.phase() === 'idle', 15_000);
      await say('session', 'begin');
      await comesTrue(() => fixture.phase() === 'active', 5_000);
    },
    async open(page) {
      await fixture.begin();
      // Opening a démarche that is already open would only show it again, wherever its browser was led meanwhile.
      if (fixture.visit()?.demarche === idOf.get(page)) await say('browsing', 'close');
      await openAt(idOf.get(page), page);
    },
    async follow(page) {
      if (!(await leads(page))) return fixture.open(page);
      await drawn();
    },
    async followBeside(page) {
      const moved = await leads(page);
      if (moved) await drawn();
      return moved;
    },
    navigations: () => navigations,
    async closeBoth() {
      if (!fixture.sitesOpen().some((one) => one.mailbox)) return;
      await say('browsing', 'close');
      await comesTrue(() => fixture.sitesOpen().length === 0, 3_000);
    },
    openBeside: (page) => openAt(mailboxOf.get(page), page),
    mark() {
      lines = [];
      requestsFrom = sites.log.length;
      victimFrom = victim.reached();
      noted = '';
      navigations = 0;
      heard = [];
      trayBefore = new Set(state.documents?.list.map((one) => one.id));
      rmSync(fakePrograms.note, { force: true });
    },
    async restart() {
      child.removeAllListeners('exit');
      child.kill('SIGKILL');
      await comesTrue(() => child.exitCode !== null || child.signalCode !== null, 5_000);
      await launchAgain();
    },
    async stop() {
      send({ kind: 'stop' });
      if (!(await comesTrue(() => child.exitCode !== null || child.signalCode !== null, 10_000))) child.kill('SIGKILL');
      victim.stop();
      await sites.stop();
      screen.end();
      await display.stop();
      rmSync(dir, { recursive: true, force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await launchAgain();
  return fixture;
};
