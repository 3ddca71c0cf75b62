import { LOCAL_NETWORK_FEATURES, PROMPT_FEATURES } from '../guest/browser-features.ts';

/** Chromium's switches under Electron, each with its reason. Those that only a browser with its own windows knows are absent. */
export interface ElectronSwitches {
  /** Demonstration sites only: the certificate's public key, so that nothing else is trusted by it. */
  readonly trustedSpki?: string;
  /** The test harness joins the browser through a port; a kiosk never opens one. */
  readonly allowDebugging?: boolean;
}

type Switch = readonly [name: string, value?: string];

const DISABLED_FEATURES = [
  'MediaRouter',
  'DialMediaRouteProvider', // looks for televisions on the local network
  'WebOTP',
  'HardwareMediaKeyHandling', // would take the media keys of the whole machine
  'WebAppInstallation',
  'AutofillServerCommunication',
  'OverscrollHistoryNavigation', // a swipe must not leave a form
  'PictureInPicture', // a film in a window above our bar
  'CalculateNativeWinOcclusion', // a display that was off must not find a black window
  ...PROMPT_FEATURES,
];

const FIXED: readonly Switch[] = [
  ['lang', 'fr'], // the browser's own words in pages: file inputs, messages of forms; whatever the account's language
  ['disable-background-networking'], // no call home, no component download
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'], // a crash dump holds what the person typed
  ['disable-crash-reporter'],
  ['disable-notifications'],
  ['disable-print-preview'],
  ['no-pings'],
  ['password-store', 'basic'], // no keyring dialog
  ['auth-server-allowlist', 'nobody.invalid'], // unset, Windows shows its own account to any host that looks near
  ['autoplay-policy', 'document-user-activation-required'],
  ['disable-quic'], // the way out carries none
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'], // WebRTC does not reach the local network
  ['force-webrtc-ip-handling-policy'],
  ['disable-features', DISABLED_FEATURES.join(',')],
  // Refused by the permission table: `local-network-access` and its like.
  ['enable-features', LOCAL_NETWORK_FEATURES.join(',')],
];

export const electronSwitches = (options: ElectronSwitches): readonly Switch[] => [
  ...FIXED,
  ...(options.trustedSpki === undefined ? [] : [['ignore-certificate-errors-spki-list', options.trustedSpki] as const]),
];

const NEVER = [
  'no-sandbox', // launchers add it by themselves where user namespaces are off
  'disable-setuid-sandbox',
  'disable-namespace-sandbox',
  'disable-seccomp-filter-sandbox',
  'disable-gpu-sandbox',
  'single-process',
  'disable-web-security',
  'disable-site-isolation-trials',
  'ignore-certificate-errors',
  'allow-running-insecure-content',
  'load-extension',
  'renderer-cmd-prefix',
];

const DEBUGGING = ['remote-debugging-port', 'remote-debugging-pipe', 'inspect', 'inspect-brk'];

/** The first switch on our command line that would undo a lock. */
export const forbiddenSwitch = (
  hasSwitch: (name: string) => boolean,
  options: Pick<ElectronSwitches, 'allowDebugging'>,
): string | undefined => [...NEVER, ...(options.allowDebugging === true ? [] : DEBUGGING)].find(hasSwitch);
