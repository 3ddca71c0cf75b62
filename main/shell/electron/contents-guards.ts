/** Guards for every page of the kiosk, our own and the sites'. */
import type { BrowserWindowConstructorOptions } from 'electron';
import { PASSKEYS } from '../guest/browser-features.ts';
import { keyRules, keyVerdict, type KeyCommand, type KeyView } from '../guest/reserved-keys.ts';
import type { Contents } from './electron-api.ts';

export interface ContentsGuardDeps {
  readonly view: KeyView;
  readonly onRefused: (what: string) => void;
  readonly onKey: (command: KeyCommand) => void;
}

export const guardContents = (contents: Contents, deps: ContentsGuardDeps): void => {
  contents.on('before-input-event', (event, input) => {
    const verdict = keyVerdict(keyRules, deps.view, input);
    if (verdict === 'pass') return;
    event.preventDefault();
    if (verdict !== 'swallow' && input.type === 'keyDown') deps.onKey(verdict);
  });
  // A page asks to move or resize its window. Only our screens decide where a site is shown.
  contents.on('content-bounds-updated', (event) => event.preventDefault());
  contents.setIgnoreMenuShortcuts(true);
  // Electron shows no menu by itself. Preventing the event also keeps Chromium from building one.
  contents.on('context-menu', (event) => event.preventDefault());
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    deps.onRefused('webview');
  });
  contents.on('select-bluetooth-device', (event, _devices, callback) => {
    event.preventDefault();
    deps.onRefused('bluetooth');
    callback('');
  });
  contents.on('certificate-error', (event, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false); // the load fails next, and that event informs the person
  });
  // A site must not keep a person with « êtes-vous sûr ». For this event, preventDefault means "leave anyway".
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  // A pinch zooms the whole view and would push our bar off the screen. Every new page resets the limits to Chromium's
  // own. The call fails if the page has gone in the meantime.
  contents.on('dom-ready', () => void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp'); // otherwise WebRTC could probe the local network
};

/** The preferences of every view. Callers must not override any of them. */
export const lockedPreferences = {
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  webviewTag: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  spellcheck: false,
  plugins: false, // a PDF becomes a download, so that it lands in the tray
  devTools: false,
  navigateOnDragDrop: false,
  focusOnNavigation: false, // a hidden page that navigates would take the keyboard focus from the person who types
  autoplayPolicy: 'document-user-activation-required', // Electron's own default lets any page play sound at once
  disableDialogs: true, // Electron would draw system windows
  disableHtmlFullscreenWindowResize: true, // a renderer could take the whole window out of full screen
  safeDialogs: true,
  enableWebSQL: false,
  enableDeprecatedPaste: false,
  disableBlinkFeatures: [
    'FileSystemAccessLocal',
    'WebBluetooth',
    'WebUSB',
    'WebHID',
    'Serial',
    'WebNFC',
    'DirectSockets',
    'PaymentRequest',
    'WebShare',
    'EyeDropperAPI',
    'KeyboardLock',
    PASSKEYS,
    'InstalledApp',
    'ContactsManager',
    'PictureInPicture', // opens a window above our bar, which nothing closes on Windows
    'PictureInPictureAPI',
  ].join(','),
} as const satisfies NonNullable<BrowserWindowConstructorOptions['webPreferences']>;
