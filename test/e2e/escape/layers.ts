/**
 * The layers of the lock, each with how the harness leaves it out and the attempts that must then fail. A layer without
 * such an attempt is an ornament: `npm run escape -- --layers` says so and ends badly.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Role = 'kiosk-view' | 'guest';

export interface PipeCommand {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
}

/** What is taken away from what the harness builds the kiosk of. The product has no switch for any of it. */
export interface LeftOut {
  readonly switches?: (args: readonly string[], role: Role, hostRules: string) => readonly string[];
  readonly profile?: (folder: string) => void;
  /** Programs that a desktop has for addresses, each of which only leaves a note. */
  readonly programs?: true;
  /** What a command becomes; undefined lets it pass as it is. */
  readonly command?: (command: PipeCommand, role: Role) => PipeCommand | undefined;
  /** The kiosk hears nothing of pages after a browser's first. */
  readonly newPages?: true;
  readonly windowWatch?: true;
  /** What a site asks of its window is done, as by a window manager. */
  readonly frame?: true;
  /** A site hears the button of menus. */
  readonly menuButton?: true;
  /** Somebody is always there. */
  readonly devices?: true;
  readonly keyGrabs?: true;
  readonly accounts?: true;
  readonly revival?: true;
  readonly policy?: true;
  readonly resolution?: true;
  readonly pins?: true;
  readonly limits?: true;
  /** A window that asks for places without end keeps its browser. */
  readonly insisting?: true;
  /** What the kiosk hears of a message of a browser's. */
  readonly told?: (message: string) => string;
  readonly clipboard?: true;
  readonly windowManager?: true;
}

export interface Layer {
  readonly name: string;
  readonly what: string;
  readonly leftOut: LeftOut;
  /** Names of attempts, or how they begin: at least one of them must fail. */
  readonly provedBy: readonly string[];
}

/** A command that changes nothing, answered like any other. */
const NOTHING: PipeCommand = { method: 'Browser.getVersion', params: {} };
const without =
  (...unwanted: readonly RegExp[]): NonNullable<LeftOut['switches']> =>
  (args) =>
    args.filter((one) => !unwanted.some((pattern) => pattern.test(one)));
const unsaid =
  (is: (command: PipeCommand) => boolean): NonNullable<LeftOut['command']> =>
  (command) =>
    is(command) ? NOTHING : undefined;

/** Features that we switch off are left as Chromium has them. */
const withFeatures =
  (unwanted: RegExp): NonNullable<LeftOut['switches']> =>
  (args) =>
    args.map((one) => {
      const [name, features] = one.split('=');
      return name === '--disable-features'
        ? `${name}=${features
            ?.split(',')
            .filter((feature) => !unwanted.test(feature))
            .join()}`
        : one;
    });

/** A guest that makes its connections itself; where the names of the test lead it must then be told. */
const unproxied: NonNullable<LeftOut['switches']> = (args, role, hostRules) => {
  const left = without(/^--proxy-/)(args, role, hostRules);
  const sites = /127\.0\.0\.1:\d+$/.exec(hostRules)?.[0] ?? '';
  return role === 'kiosk-view'
    ? left
    : // Behind its own: what comes before the browser's name is for the programs that become it.
      [...left, `--host-resolver-rules=${hostRules}`, `--ip-address-space-overrides=${sites}=public`, '--test-type'];
};

/**
 * They stand behind the proxy, and are seen to matter where it is missing. Newer versions of Chromium have these checks on by
 * themselves: leaving our switch out would not leave them out.
 */
const localNetworkOpen: NonNullable<LeftOut['switches']> = (args, role, hostRules) => {
  const checks = args.find((one) => one.startsWith('--enable-features='))?.split('=')[1] ?? '';
  return without(/^--enable-features=/)(unproxied(args, role, hostRules), role, hostRules).map((one) =>
    one.startsWith('--disable-features=') ? `${one},${checks}` : one,
  );
};

const changeFile = <T extends object>(file: string, change: (was: T) => T): void =>
  writeFileSync(file, JSON.stringify(change(JSON.parse(readFileSync(file, 'utf8')) as T)));

export const layers: readonly Layer[] = [
  {
    name: 'request-gate',
    what: 'pages held to the journey',
    leftOut: { policy: true },
    provedBy: [
      'page/sorties/302',
      'page/sorties/href',
      'page/fenetres/lien-ailleurs',
      'page/sorties/hotes/suffixe',
      'frames/entier',
    ],
  },
  {
    name: 'name-resolution',
    what: 'what a name stands for is asked before a request leaves',
    leftOut: { resolution: true },
    provedBy: ['names/page/metadata', 'names/page/private', 'names/page/redirected', 'names/page/mixed'],
  },
  {
    name: 'forward-proxy',
    what: 'every connection of the guest judged by the address that it leads to',
    // Behind it Chromium’s own checks stand: as long as they do, most of this is refused twice.
    leftOut: { switches: localNetworkOpen },
    provedBy: ['turn/', 'carriers/evenements', 'carriers/xhr', 'carriers/ouvrier-', 'carriers/rapport', 'spelled/d'],
  },
  {
    name: 'local-network-checks',
    what: 'Chromium’s own checks, behind the proxy',
    leftOut: { switches: localNetworkOpen },
    provedBy: ['page/local/ws', 'names/socket'],
  },
  {
    name: 'webrtc-policy',
    what: 'WebRTC tells no address of the machine and asks no neighbour',
    leftOut: { switches: without(/webrtc-ip-handling-policy/) },
    provedBy: ['webrtc/'],
  },
  {
    name: 'certificate-pins',
    what: 'keys that an organism promised',
    leftOut: { pins: true },
    provedBy: ['pins/'],
  },
  {
    name: 'one-page',
    what: 'windows stopped before their first script',
    leftOut: {
      command(command) {
        const { method, params, sessionId } = command;
        if (sessionId !== undefined) return undefined;
        if (/^Target\.(setDiscoverTargets|closeTarget)$/.test(method)) return NOTHING;
        // A browser's first page is found by it too.
        return method === 'Target.setAutoAttach'
          ? { ...command, params: { ...params, waitForDebuggerOnStart: false } }
          : undefined;
      },
      newPages: true,
    },
    provedBy: ['mouse/site/link-shift-inside'],
  },
  {
    name: 'a-hand-opens',
    what: 'a window is led to only when a hand asked for it: the browser tells whether one did',
    leftOut: { told: (message) => message.replace('"userGesture":false', '"userGesture":true') },
    provedBy: ['frames/conduit-page'],
  },
  {
    name: 'once-for-each-hand',
    what: 'prints and documents of a site open something of ours once for each hand; here the devices always tell of one',
    leftOut: { devices: true },
    provedBy: ['endless/downloads'],
  },
  {
    name: 'insistence',
    what: 'a window that asks for thousands of places a second loses its browser',
    leftOut: { insisting: true },
    provedBy: ['endless/burst'],
  },
  {
    name: 'application-mode',
    what: 'browser commands switched off, also where no script of ours listens',
    leftOut: { switches: without(/^--force-app-mode$/) },
    provedBy: ['keyboard/deaf/liste/', 'keyboard/deaf/couleur/'],
  },
  {
    name: 'in-page-filter',
    what: 'reserved keys, context menu, full screen and pointer taken back, in a world of our own',
    leftOut: {
      command: ({ method, params, ...rest }) =>
        method === 'Page.addScriptToEvaluateOnNewDocument' && params['worldName'] !== undefined
          ? { ...rest, method, params: { ...params, source: '0' } }
          : undefined,
    },
    provedBy: ['touch/kiosk/pinch', 'touch/site/pinch', 'mouse/site/'],
  },
  {
    name: 'file-choosers',
    what: 'the tray instead of a dialog of the system',
    leftOut: { command: unsaid(({ method }) => method === 'Page.setInterceptFileChooserDialog') },
    provedBy: ['page/fichiers/simple'],
  },
  {
    name: 'authentication',
    what: 'no password window of the browser',
    leftOut: {
      command: ({ method, params, ...rest }) =>
        method === 'Fetch.enable' ? { ...rest, method, params: { ...params, handleAuthRequests: false } } : undefined,
      profile: (folder) => changeFile<{ auth?: unknown }>(join(folder, 'Local State'), ({ auth: _, ...rest }) => rest),
    },
    provedBy: ['page/chargements/401-cadre'],
  },
  {
    name: 'downloads',
    what: 'files go to the session’s folder without a question',
    leftOut: { command: unsaid(({ method }) => method === 'Browser.setDownloadBehavior') },
    provedBy: ['page/telecharger/pdf'],
  },
  {
    name: 'profile',
    what: 'permissions, prompts and bubbles refused beforehand',
    leftOut: {
      profile(folder) {
        const file = join(folder, 'Default/Preferences');
        const { browser } = JSON.parse(readFileSync(file, 'utf8')) as { browser: object };
        writeFileSync(file, JSON.stringify({ browser })); // what makes the window frameless stays
        writeFileSync(join(folder, 'Local State'), '{}');
      },
    },
    provedBy: ['page/pouvoirs/plein-ecran', 'page/pouvoirs/clavier', 'prompt/ecran'],
  },
  {
    name: 'permission-prompts',
    what: 'a permission that is asked for is refused without a question',
    leftOut: { switches: without(/^--deny-permission-prompts$/) },
    provedBy: ['prompt/'],
  },
  {
    name: 'prompt-features',
    what: 'elements and dialogs that are themselves the question',
    leftOut: { switches: withFeatures(/Elements?$|^WebIdentity|^FedCm$|^DocumentPictureInPicture/) },
    provedBy: [
      'prompt/position-element',
      'prompt/camera-element',
      'prompt/identite-lire',
      'prompt/connexion',
      'prompt/page-au-dessus',
    ],
  },
  {
    name: 'security-keys',
    what: 'no dialog for a key to sign in with',
    leftOut: { command: unsaid(({ method }) => method === 'WebAuthn.enable') },
    provedBy: ['prompt/cle-'],
  },
  {
    name: 'reserved-key-grabs',
    what: 'reserved keys taken at the X server, whatever a page made of its listeners',
    leftOut: { keyGrabs: true },
    provedBy: ['f5', 'ctrl-r', 'f7', 'ctrl-shift-r'].map((chord) => `keyboard/reopened/rouvert-farceur/${chord}`),
  },
  {
    name: 'menu-button',
    what: 'the button of menus kept from a site’s window',
    leftOut: { menuButton: true },
    provedBy: ['menus/reopened'],
  },
  {
    name: 'accounts',
    what: 'an account for each browser, ended as one',
    leftOut: { accounts: true },
    provedBy: ['account/'],
  },
  {
    name: 'no-programs',
    what: 'a browser finds no program to start',
    leftOut: { programs: true },
    provedBy: ['page/sorties/redirige/inconnu'],
  },
  {
    name: 'no-swipe-back',
    what: 'a swipe leaves no page',
    leftOut: {
      switches: (args) => args.map((one) => one.replace(',OverscrollHistoryNavigation', '')),
    },
    provedBy: ['touch/site/from-', 'touch/kiosk/from-'],
  },
  {
    name: 'window-watch',
    what: 'any window that is not ours is unmapped and closed',
    leftOut: { windowWatch: true },
    provedBy: ['window/', 'touch/site/reopened-long-press', 'insider/image-tiree'],
  },
  {
    name: 'window-frame',
    what: 'the X server lets a site’s window neither move nor grow',
    leftOut: { frame: true },
    provedBy: ['place/ecran', 'place/petite', 'place/dehors'],
  },
  {
    name: 'input-devices',
    what: 'only a keyboard, a mouse or a screen that is touched tell that somebody is there',
    leftOut: { devices: true },
    provedBy: ['presence/saisie', 'presence/case'],
  },
  {
    name: 'window-manager',
    what: 'openbox without menus, its shortcuts swallowed',
    leftOut: { windowManager: true },
    provedBy: ['keyboard/site/alt-', 'mouse/kiosk/', 'mouse/site/alt-'],
  },
  {
    name: 'heartbeat',
    what: 'a page that hangs is noticed',
    leftOut: {
      command: unsaid(({ method, params }) => method === 'Runtime.evaluate' && params['expression'] === '1'),
    },
    provedBy: ['hang/'],
  },
  {
    name: 'guest-limits',
    what: 'a site that takes too much loses its browser',
    leftOut: { limits: true },
    provedBy: ['limits/'],
  },
  {
    name: 'revival',
    what: 'our own screens come back',
    leftOut: { revival: true },
    provedBy: ['kill/kiosk-view'],
  },
  {
    name: 'clipboard',
    what: 'emptied before a site with sign-in',
    leftOut: { clipboard: true },
    provedBy: ['clipboard/'],
  },
];
