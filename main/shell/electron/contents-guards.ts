/** What is refused in every page of the kiosk, ours or a site's. */
import type { BrowserWindowConstructorOptions } from 'electron';
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
  // A page asks for another place or size of its window: the screens say where a site lies, and nobody else.
  contents.on('content-bounds-updated', (event) => event.preventDefault());
  contents.setIgnoreMenuShortcuts(true);
  // Electron shows no menu by itself; refusing the event also stops what Chromium would build for it.
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
    callback(false); // the failed load that follows tells the person
  });
  // Leaving a page is always possible: a site must not hold a person back with « êtes-vous sûr ».
  contents.on('will-prevent-unload', (event) => event.preventDefault());
  // Two fingers enlarge the whole view: our bar would leave the screen. Each page begins with the limits of Chromium.
  // It fails on a page that left meanwhile.
  contents.on('dom-ready', () => void contents.setVisualZoomLevelLimits(1, 1).catch(() => undefined));
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp'); // WebRTC would find the local network
};

/** What both views have in common; nothing here may be loosened by a caller. */
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
  focusOnNavigation: false, // a page out of sight would take the keyboard from whoever writes
  disableDialogs: true, // Electron would draw system windows
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
    'InstalledApp',
    'ContactsManager',
    'PictureInPicture', // a window above our bar, which nothing closes on Windows
    'PictureInPictureAPI',
  ].join(','),
} as const satisfies NonNullable<BrowserWindowConstructorOptions['webPreferences']>;
