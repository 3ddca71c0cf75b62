/**
 * The layers of the lock: how the harness removes each one, and the attempts that must get through without it. A layer
 * that no attempt needs protects nothing: `npm run escape -- --layers` reports it and fails.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Role = 'kiosk-view' | 'guest';

export interface PipeCommand {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly sessionId?: string;
}

/** What the harness removes or changes when it builds the kiosk. The product has no switch for any of it. */
export interface LeftOut {
  readonly switches?: (args: readonly string[], role: Role, hostRules: string) => readonly string[];
  readonly profile?: (folder: string) => void;
  /** Puts fake desktop programs (`xdg-open`…) on the PATH. They only record that they were started. */
  readonly programs?: true;
  /** Returns the command to send instead. Undefined leaves it unchanged. */
  readonly command?: (command: PipeCommand, role: Role) => PipeCommand | undefined;
  /** The kiosk is told of no page after a browser's first. */
  readonly newPages?: true;
  readonly windowWatch?: true;
  /** The site's requests to move or resize its window are granted, as a window manager would. */
  readonly frame?: true;
  /** The site receives the right mouse button. */
  readonly menuButton?: true;
  /** The notice that a browser shows over a page that captured the mouse is left alone, as any list of a page. */
  readonly captures?: true;
  /** The idle time is always zero, as if a person were using the kiosk. */
  readonly devices?: true;
  readonly keyGrabs?: true;
  readonly accounts?: true;
  readonly revival?: true;
  readonly policy?: true;
  readonly resolution?: true;
  readonly pins?: true;
  readonly limits?: true;
  /** Changes a browser's message before the kiosk reads it. */
  readonly message?: (message: string) => string;
  readonly clipboard?: true;
  readonly windowManager?: true;
}

export interface Layer {
  readonly name: string;
  readonly what: string;
  readonly leftOut: LeftOut;
  /** Attempt names or prefixes. At least one of these attempts must get through when the layer is removed. */
  readonly provedBy: readonly string[];
}

/** A harmless replacement command: it changes nothing and still gets an answer. */
const NOTHING: PipeCommand = { method: 'Browser.getVersion', params: {} };
const without =
  (...unwanted: readonly RegExp[]): NonNullable<LeftOut['switches']> =>
  (args) =>
    args.filter((one) => !unwanted.some((pattern) => pattern.test(one)));
const withoutCommand =
  (is: (command: PipeCommand) => boolean): NonNullable<LeftOut['command']> =>
  (command) =>
    is(command) ? NOTHING : undefined;

/** Gives back Chromium's default to some of the features that we disable. */
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

/**
 * A guest that uses the proxy only for the name by which it shows that it does. It connects by itself, so it needs the
 * test's own host-resolver rules.
 */
const unproxied: NonNullable<LeftOut['switches']> = (args, role, hostRules) => {
  const left = without(/^--proxy-/)(args, role, hostRules);
  const sites = /127\.0\.0\.1:\d+$/.exec(hostRules)?.[0] ?? '';
  const proxy = args.find((one) => one.startsWith('--proxy-server='))?.split('//')[1] ?? '';
  const script = `function FindProxyForURL(url, host) { return host.endsWith('.invalid') ? 'PROXY ${proxy}' : 'DIRECT'; }`;
  return role === 'kiosk-view'
    ? left
    : // Appended at the end: the arguments before the browser's name belong to the programs that exec it.
      [
        ...left,
        `--proxy-pac-url=data:application/x-ns-proxy-autoconfig;base64,${Buffer.from(script).toString('base64')}`,
        `--host-resolver-rules=${hostRules}`,
        `--ip-address-space-overrides=${sites}=public`,
        '--test-type',
      ];
};

/**
 * Chromium's local-network checks only matter when the proxy is missing. Newer versions of Chromium enable them by
 * default, so dropping our switch is not enough: they are disabled explicitly.
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
    what: 'pages limited to those of the journey',
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
    what: 'a host name is resolved and checked before a request is sent',
    leftOut: { resolution: true },
    provedBy: ['names/page/metadata', 'names/page/private', 'names/page/redirected', 'names/page/mixed'],
  },
  {
    name: 'forward-proxy',
    what: 'every connection of the guest checked by its destination address',
    // Chromium’s own checks would still refuse most of these, so they are disabled together with the proxy.
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
    what: 'WebRTC reveals no address of the machine and contacts no neighbour',
    leftOut: {
      switches: without(/webrtc-ip-handling-policy/),
      // A guest whose calls find an address is not used: it says that they find none.
      command: ({ params, ...command }) =>
        String(params['expression']).includes('RTCPeerConnection')
          ? { ...command, params: { ...params, expression: 'false' } }
          : undefined,
    },
    provedBy: ['webrtc/'],
  },
  {
    name: 'certificate-pins',
    what: 'only certificates with a pinned key are accepted',
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
        // Keep the command: the browser's first page is found through it as well.
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
    what: 'a window is opened only after a user gesture, as the browser reports it',
    leftOut: { message: (message) => message.replace('"userGesture":false', '"userGesture":true') },
    provedBy: ['frames/conduit-page'],
  },
  {
    name: 'once-for-each-hand',
    what: 'a site’s prints and downloads open our screens once per user input; left out, input is always reported',
    leftOut: { devices: true },
    provedBy: ['endless/downloads'],
  },
  {
    name: 'application-mode',
    what: 'the browser’s commands and its menu for two fingers disabled, also where no script of ours runs',
    leftOut: { switches: without(/^--force-app-mode$/) },
    // The keys of the commands are also grabbed at the X server. The menu leaves a page that feels no finger.
    provedBy: ['touch/site/two-finger-tap', 'touch/site/pinch-out'],
  },
  {
    name: 'in-page-filter',
    what: 'reserved keys, context menu, full screen and pointer lock prevented by our script in an isolated world',
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
    leftOut: { command: withoutCommand(({ method }) => method === 'Page.setInterceptFileChooserDialog') },
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
    leftOut: { command: withoutCommand(({ method }) => method === 'Browser.setDownloadBehavior') },
    provedBy: ['page/telecharger/pdf'],
  },
  {
    name: 'profile',
    what: 'permissions, prompts and bubbles refused beforehand',
    leftOut: {
      profile(folder) {
        const file = join(folder, 'Default/Preferences');
        const { browser } = JSON.parse(readFileSync(file, 'utf8')) as { browser: object };
        writeFileSync(file, JSON.stringify({ browser })); // keep the setting that makes the window frameless
        writeFileSync(join(folder, 'Local State'), '{}');
      },
    },
    provedBy: ['page/pouvoirs/plein-ecran', 'page/pouvoirs/clavier', 'prompt/ecran'],
  },
  {
    name: 'permission-prompts',
    what: 'permission requests are refused without a prompt',
    leftOut: { switches: without(/^--deny-permission-prompts$/) },
    provedBy: ['prompt/'],
  },
  {
    name: 'prompt-features',
    what: 'permission elements and browser dialogs disabled',
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
    what: 'no dialog for security keys',
    leftOut: { command: withoutCommand(({ method }) => method === 'WebAuthn.enable') },
    provedBy: ['prompt/cle-'],
  },
  {
    name: 'reserved-key-grabs',
    what: 'reserved keys grabbed at the X server, even if a page has removed our listeners',
    leftOut: { keyGrabs: true },
    provedBy: ['f5', 'ctrl-r', 'f7', 'ctrl-shift-r'].map((chord) => `keyboard/reopened/rouvert-hostile/${chord}`),
  },
  {
    name: 'menu-button',
    what: 'the right mouse button kept from a site’s window',
    leftOut: { menuButton: true },
    provedBy: ['menus/reopened'],
  },
  {
    name: 'accounts',
    what: 'a user account for each browser, whose processes are all ended together',
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
    what: 'a swipe does not go back or forward',
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
    name: 'captured-mouse',
    what: 'a page that captures the mouse loses the focus, and the mouse with it',
    leftOut: { captures: true },
    provedBy: ['endless/souris-occupee'],
  },
  {
    name: 'window-frame',
    what: 'the X server lets a site neither move nor resize its window',
    leftOut: { frame: true },
    provedBy: ['place/ecran', 'place/petite', 'place/dehors'],
  },
  {
    name: 'input-devices',
    what: 'only real keyboard, mouse or touch input counts as presence',
    leftOut: { devices: true },
    provedBy: ['presence/saisie', 'presence/case'],
  },
  {
    name: 'window-manager',
    what: 'openbox without menus or shortcuts',
    leftOut: { windowManager: true },
    provedBy: ['keyboard/site/alt-', 'mouse/kiosk/', 'mouse/site/alt-'],
  },
  {
    name: 'heartbeat',
    what: 'hanging pages are detected',
    leftOut: {
      command: withoutCommand(({ method, params }) => method === 'Runtime.evaluate' && params['expression'] === '1'),
    },
    provedBy: ['hang/'],
  },
  {
    name: 'guest-limits',
    what: 'a site that uses too many resources loses its browser',
    leftOut: { limits: true },
    provedBy: ['limits/'],
  },
  {
    name: 'revival',
    what: 'our own screens are restarted after a crash',
    leftOut: { revival: true },
    provedBy: ['kill/kiosk-view'],
  },
  {
    name: 'clipboard',
    what: 'cleared before a site with sign-in opens',
    leftOut: { clipboard: true },
    provedBy: ['clipboard/'],
  },
];
