/** The second lock, for whatever is not one of our two views: a page, a session or a question nobody expected. */
import type { Logger } from '../../log/logger.ts';
import { DECODER } from './decoder.ts';
import type { ElectronApi } from './electron-api.ts';
import type { OwnContents } from './own-contents.ts';
import { guardSession } from './session-guards.ts';

export interface AppGuardDeps {
  readonly electron: Pick<ElectronApi, 'app'>;
  readonly logger: Logger;
  readonly own: OwnContents;
  /** The process that speaks to the network died; the one that follows it knows nothing of what was told to it. */
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
  // This goes to the page's own listener first; the answer may be given only once.
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    callback(false);
  });
  // This comes here first, before any listener of a page of ours (`lib/browser/api/web-contents.ts`, `_init`): answered here, and
  // only told there.
  app.on('login', (event, _contents, _details, _authInfo, callback) => {
    event.preventDefault();
    callback();
  });
  // Without an answer Electron takes the first certificate of the machine: no site ever gets one.
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
  // Electron would quit; the kiosk's life is decided in one place, and this is not it.
  app.on('window-all-closed', () => undefined);
};
