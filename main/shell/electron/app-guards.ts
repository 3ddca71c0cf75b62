/**
 * The second lock: refuses pages and sessions that we did not create, and answers requests that reach the application.
 */
import type { Logger } from '../../log/logger.ts';
import { DECODER } from './decoder.ts';
import type { ElectronApi } from './electron-api.ts';
import type { OwnContents } from './own-contents.ts';
import { guardSession } from './session-guards.ts';

export interface AppGuardDeps {
  readonly electron: Pick<ElectronApi, 'app'>;
  readonly logger: Logger;
  readonly own: OwnContents;
  /** The network process died. Chromium starts another one, which has none of the settings of the first. */
  readonly onNetworkLost: () => void;
}

const NETWORK = 'network.mojom.NetworkService';

export const guardApp = ({ electron: { app }, logger, own, onNetworkLost }: AppGuardDeps): void => {
  app.on('web-contents-created', (_event, contents) => {
    if (own.creating) return;
    contents.setWindowOpenHandler(() => ({ action: 'deny' }));
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    logger.log('shell.window-closed', { what: contents.getType() });
    contents.close({ waitForBeforeUnload: false });
  });
  app.on('session-created', (session) => {
    if (own.creating) return;
    guardSession(session, {
      may: () => false,
      onRefused: (what) => logger.log('guest.permission-refused', { what }),
    });
    session.webRequest.onBeforeRequest((_details, callback) => callback({ cancel: true }));
    session.on('will-download', (event) => event.preventDefault());
  });
  // The page's own listener gets this event first. A second answer would throw.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    callback(false);
  });
  // `app` gets this event before any listener of a page (`lib/browser/api/web-contents.ts`, `_init`), so it is answered
  // here. The page's listener only reports it.
  app.on('login', (event, _contents, _details, _authInfo, callback) => {
    event.preventDefault();
    callback();
  });
  // Without an answer Electron sends the machine's first certificate. No site may get one.
  app.on('select-client-certificate', (event, _contents, _url, _list, callback) => {
    event.preventDefault();
    callback();
  });
  app.on('child-process-gone', (_event, details) => {
    if (details.reason !== 'clean-exit' && details.name !== DECODER) {
      logger.log('shell.browser-died', { process: details.type, reason: details.reason, exitCode: details.exitCode });
    }
    if (details.serviceName === NETWORK) onNetworkLost();
  });
  // Without a listener Electron would quit. The kiosk itself decides when it ends.
  app.on('window-all-closed', () => undefined);
};
