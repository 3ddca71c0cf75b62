/**
 * The command line of our two browsers. Each switch has its reason; everything else keeps Chromium's default, above all
 * the sandbox.
 */
import { LOCAL_NETWORK_FEATURES, PASSKEYS, PROMPT_FEATURES } from '../guest/browser-features.ts';

export interface BrowserSwitches {
  readonly profileDir: string;
  readonly role: 'kiosk-view' | 'guest';
  /** Place of every window that this browser opens, whatever its page requests. Undefined: as requested. */
  readonly window:
    { readonly x: number; readonly y: number; readonly width: number; readonly height: number } | undefined;
  /** Port of the proxy for all its connections; a browser without one makes none. */
  readonly proxyPort?: number;
  /** Demonstration sites only: the certificate's public key, so that no other one is trusted. */
  readonly trustedSpki?: string;
  /** `/dev/shm` is too small for Chromium (64 MB in containers). */
  readonly smallSharedMemory: boolean;
  /** Added by the test harness to connect to the browser; empty otherwise. */
  readonly extra: readonly string[];
}

export const GUEST_CLASS = 'point-numerique-guest';
export const KIOSK_CLASS = 'point-numerique-kiosk';

/** An unreachable address: Chromium refuses to use this port. */
const NOBODY = 'https://127.0.0.1:9';

const COMMON = [
  '--remote-debugging-pipe=cbor',
  '--force-app-mode', // a window without navigation UI
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking', // no call home, no component download, no variations
  '--disable-component-update',
  `--component-updater=url-source=${NOBODY}/`, // components requested on demand are fetched even so
  '--disable-sync',
  // Even with sign-in forbidden, the browser asks Google at each start who is signed in. (`--gaia-url` would show a
  // warning across our screens.)
  `--gaia-config-contents=${JSON.stringify({ urls: { gaia_url: { url: NOBODY } } })}`,
  '--disable-default-apps',
  '--disable-extensions',
  '--disable-breakpad', // a crash dump holds what the person typed
  '--disable-crash-reporter',
  '--disable-domain-reliability',
  '--disable-client-side-phishing-detection',
  '--disable-logging',
  '--deny-permission-prompts', // requests are refused; a page that only queries sees "prompt", as in any browser
  '--disable-prompt-on-repost',
  '--disable-hang-monitor', // its dialog is a separate window; we detect hangs ourselves
  '--disable-session-crashed-bubble',
  '--disable-infobars',
  '--noerrdialogs',
  '--disable-save-password-bubble',
  '--password-store=basic', // no keyring dialog
  '--no-pings',
  '--media-router=0',
  '--disable-smooth-scrolling',
  '--disable-dev-tools', // some builds ignore it; `devtools:*` among the blocked URLs is the second lock
  '--metrics-recording-only',
  '--propagate-iph-for-testing=', // no in-product help bubbles
  '--webrtc-ip-handling-policy=disable_non_proxied_udp', // WebRTC does not reach the local network
] as const;

/**
 * The pipe sets `navigator.webdriver`, which makes us look like a robot although a person is there. `--test-type` hides
 * the warning that Chromium would show across the site about this switch, and about the resolver rules of the
 * demonstration sites.
 */
const HIDE_AUTOMATION = [`--disable-blink-features=AutomationControlled,${PASSKEYS}`, '--test-type'] as const;

/** Features that show their own bubbles, call home, or open surfaces that the kiosk has no use for. */
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
  // Buttons of the PDF viewer that lead to an account, or that edit the document.
  'PdfSaveToDrive',
  'PdfInk2',
];

/** The PDF viewer saves a filled form with a function of its page, which `guest/pdf-viewer.ts` replaces. */
const PDF_SAVED_BY_PAGE = 'PdfUseShowSaveFilePicker';

/** Our own screens connect to nothing: a process for their network would only delay the start, and take memory. */
const NO_NETWORK_PROCESS = 'NetworkServiceInProcess2';

/** `<-loopback>`: by default Chromium bypasses its proxy for the local machine. */
const throughProxy = (port: number): readonly string[] => [
  `--proxy-server=http://127.0.0.1:${port}`,
  '--proxy-bypass-list=<-loopback>',
];

/** Of Chromium's own texts in pages, and what it asks of sites: the démarches are in French. */
export const LANGUAGE = 'fr';

export const browserSwitches = (options: BrowserSwitches): readonly string[] => {
  const { window } = options;
  return [
    ...COMMON,
    `--enable-features=${[...LOCAL_NETWORK_FEATURES, options.role === 'guest' ? PDF_SAVED_BY_PAGE : NO_NETWORK_PROCESS].join(',')}`,
    `--disable-features=${DISABLED_FEATURES.join(',')}`,
    `--user-data-dir=${options.profileDir}`,
    `--lang=${LANGUAGE}`,
    `--class=${options.role === 'guest' ? GUEST_CLASS : KIOSK_CLASS}`, // matched by resources/os/linux/openbox/rc.xml
    ...(window ? [`--window-position=${window.x},${window.y}`, `--window-size=${window.width},${window.height}`] : []),
    ...(options.proxyPort === undefined ? [] : throughProxy(options.proxyPort)),
    ...(options.role === 'guest' ? HIDE_AUTOMATION : []),
    ...(options.trustedSpki === undefined ? [] : [`--ignore-certificate-errors-spki-list=${options.trustedSpki}`]),
    ...(options.smallSharedMemory ? ['--disable-dev-shm-usage'] : []),
    ...options.extra,
    // Not `about:blank`, which would open a full browser window with an address bar (DESIGN §10).
    `--app=data:text/html,<title>point-numerique</title>`,
  ];
};
