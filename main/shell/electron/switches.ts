import { LOCAL_NETWORK_FEATURES, PROMPT_FEATURES } from '../guest/browser-features.ts';

/** Chromium's switches under Electron, with their reasons. Switches that only a full browser supports are left out. */
export interface ElectronSwitches {
  /** The hash of the demonstration sites' public key. Only this key becomes trusted. */
  readonly trustedSpki?: string;
  /** The test harness attaches through a debugging port. A kiosk never opens one. */
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
  'CalculateNativeWinOcclusion', // otherwise the window may be black after the display was off
  // Models that Electron doesn't have. A page that found them would wait for ever for `Translator` (issue 48567).
  'TranslationAPI',
  'LanguageDetectionAPI',
  'AISummarizationAPI',
  'AIPromptAPI',
  ...PROMPT_FEATURES,
];

const FIXED: readonly Switch[] = [
  ['lang', 'fr'], // Chromium's own texts in pages (file inputs, form messages), whatever the account's language
  ['disable-background-networking'], // no call home, no component download
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['disable-breakpad'], // a crash dump holds what the person typed
  ['disable-crash-reporter'],
  ['disable-print-preview'],
  ['no-pings'],
  ['password-store', 'basic'], // no keyring dialog
  ['auth-server-whitelist', 'nobody.invalid'], // if unset, Windows sends its account to any host that looks local
  // Only lets muted films start: each view's `autoplayPolicy` decides on sound (`contents-guards.ts`).
  ['autoplay-policy', 'document-user-activation-required'],
  ['disable-quic'], // our proxy cannot carry it
  ['webrtc-ip-handling-policy', 'disable_non_proxied_udp'], // keeps WebRTC from probing the local network
  ['force-webrtc-ip-handling-policy'],
  // A page that asks for full screen is refused at once. Electron would leave it waiting (issue 37719).
  ['blink-settings', 'fullscreenSupported=false'],
  ['disable-features', DISABLED_FEATURES.join(',')],
  // Electron still turns the main one off itself, and that wins (`InitializeFeatureList`; issue 48655). Once it no
  // longer does, `permissions.ts` refuses what they ask for.
  ['enable-features', LOCAL_NETWORK_FEATURES.join(',')],
];

export const electronSwitches = (options: ElectronSwitches): readonly Switch[] => [
  ...FIXED,
  ...(options.trustedSpki === undefined ? [] : [['ignore-certificate-errors-spki-list', options.trustedSpki] as const]),
];

const NEVER = [
  'no-sandbox', // launchers add it where user namespaces are off
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
