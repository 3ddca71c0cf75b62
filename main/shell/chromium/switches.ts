/**
 * The command line of our two browsers. Each switch has its reason; anything not here is Chromium's own default,
 * the sandbox above all.
 */
import { LOCAL_NETWORK_FEATURES, PROMPT_FEATURES } from '../guest/browser-features.ts';

export interface BrowserSwitches {
  readonly profileDir: string;
  readonly role: 'kiosk-view' | 'guest';
  readonly window: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly language: string;
  /** Where all that it asks goes; a browser without one asks nobody. */
  readonly proxyPort?: number;
  /** Demonstration sites only: the certificate's public key, so that nothing else is trusted by it. */
  readonly trustedSpki?: string;
  /** `/dev/shm` is too small for Chromium (containers give 64 MB). */
  readonly smallSharedMemory: boolean;
  /** Added by the test harness to join the browser; empty in every other case. */
  readonly extra: readonly string[];
}

export const GUEST_CLASS = 'point-numerique-guest';
export const KIOSK_CLASS = 'point-numerique-kiosk';

/** Chromium asks nobody there: the port is one that it refuses to use. */
const NOBODY = 'https://127.0.0.1:9';

const COMMON = [
  '--remote-debugging-pipe=cbor',
  '--force-app-mode', // a window without a way to another page
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking', // no call home, no component download, no variations
  '--disable-component-update',
  `--component-updater=url-source=${NOBODY}/`, // parts that are asked for on demand are looked for all the same
  '--disable-sync',
  // Forbidden to sign in to the browser, it still asks at each start who is. (`--gaia-url` would lay a warning across our screens.)
  `--gaia-config-contents=${JSON.stringify({ urls: { gaia_url: { url: NOBODY } } })}`,
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-breakpad', // a crash dump holds what the person typed
  '--disable-crash-reporter',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-logging',
  '--deny-permission-prompts', // a page that asks is refused; one that only looks sees "prompt", as in any browser
  '--disable-prompt-on-repost',
  '--disable-hang-monitor', // its dialog is a window of its own; we notice a hang ourselves
  '--disable-session-crashed-bubble',
  '--disable-infobars',
  '--noerrdialogs',
  '--disable-save-password-bubble',
  '--password-store=basic', // no keyring dialog
  '--no-pings',
  '--media-router=0',
  '--disable-smooth-scrolling',
  '--disable-dev-tools', // ignored by some builds; managed policy is the second lock
  '--metrics-recording-only',
  '--propagate-iph-for-testing=', // no in-product help bubbles
  '--webrtc-ip-handling-policy=disable_non_proxied_udp', // WebRTC does not reach the local network
  '--force-webrtc-ip-handling-policy',
] as const;

/**
 * The pipe makes a page see a robot (`navigator.webdriver`); a person sits there. Chromium would lay a warning about the switch
 * across the site, as about the resolver's of the demonstration sites.
 */
const A_PERSON = ['--disable-blink-features=AutomationControlled', '--test-type'] as const;

/** Features that draw bubbles of their own, call home, or open surfaces that the kiosk has no use for. */
const DISABLED_FEATURES = [
  'Translate',
  'TranslateUI',
  'MediaRouter',
  'DialMediaRouteProvider',
  'OptimizationHints',
  'AutofillServerCommunication',
  'NetworkTimeServiceQuerying',
  'PasswordManagerOnboarding',
  'InterestFeedContentSuggestions',
  'WebUsb',
  'WebBluetooth',
  'WebOTP',
  'PaymentRequest',
  'GlobalMediaControls',
  'HardwareMediaKeyHandling',
  'SpareRendererForSitePerProcess',
  'CertificateTransparencyComponentUpdater',
  'WebAppInstallation',
  'DesktopPWAsAdditionalWindowingControls',
  'OverscrollHistoryNavigation', // a swipe must not leave a form
  'KeyboardLockPrompt',
  ...PROMPT_FEATURES,
  // Buttons of the viewer of PDFs that lead to an account, or that change a paper.
  'PdfSaveToDrive',
  'PdfInk2',
];

/** `<-loopback>`: by itself Chromium goes past its proxy to the machine it runs on. */
const throughProxy = (port: number): readonly string[] => [
  `--proxy-server=http://127.0.0.1:${port}`,
  '--proxy-bypass-list=<-loopback>',
];

export const browserSwitches = (options: BrowserSwitches): readonly string[] => {
  const { x, y, width, height } = options.window;
  return [
    ...COMMON,
    `--enable-features=${LOCAL_NETWORK_FEATURES.join(',')}`,
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
    `--user-data-dir=${options.profileDir}`,
    `--lang=${options.language}`,
    `--class=${options.role === 'guest' ? GUEST_CLASS : KIOSK_CLASS}`, // what resources/os/linux/openbox/rc.xml goes by
    `--window-position=${x},${y}`,
    `--window-size=${width},${height}`,
    ...(options.proxyPort === undefined ? [] : throughProxy(options.proxyPort)),
    ...(options.role === 'guest' ? A_PERSON : []),
    ...(options.trustedSpki === undefined ? [] : [`--ignore-certificate-errors-spki-list=${options.trustedSpki}`]),
    ...(options.smallSharedMemory ? ['--disable-dev-shm-usage'] : []),
    ...options.extra,
    // A page of its own: `about:blank` would open a whole browser window with an address bar (DESIGN §10).
    `--app=data:text/html,<title>point-numerique</title>`,
  ];
};
