/** Settings that Electron accepts only before it is ready. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { ElectronApi } from './electron-api.ts';
import { kioskScheme } from './kiosk-scheme.ts';
import { plainUserAgent } from './user-agent.ts';
import { electronSwitches, forbiddenSwitch, type ElectronSwitches } from './switches.ts';

export type PrepareFailure =
  | { readonly kind: 'already-running' }
  /** A switch on the command line would undo a lock. The kiosk must not run half locked. */
  | { readonly kind: 'forbidden-switch'; readonly name: string };

export const prepareApp = (
  electron: Pick<ElectronApi, 'app' | 'protocol' | 'Menu'>,
  switches: ElectronSwitches,
  /** An existing folder in memory for Chromium's own files. Electron's default when absent. */
  userData?: string,
): Result<null, PrepareFailure> => {
  const { app } = electron;
  // Check before adding our own switches.
  const name = forbiddenSwitch((one) => app.commandLine.hasSwitch(one), switches);
  if (name !== undefined) return fail({ kind: 'forbidden-switch', name });
  // Before the single-instance lock, which is a file in this folder; Chromium writes there from then on.
  if (userData !== undefined) app.setPath('userData', userData);
  if (!app.requestSingleInstanceLock()) return fail({ kind: 'already-running' });
  app.enableSandbox();
  // The default for sessions without a user agent of their own, and for service workers. Set before any session exists.
  app.userAgentFallback = plainUserAgent(app.userAgentFallback);
  electron.protocol.registerSchemesAsPrivileged([kioskScheme]);
  for (const [option, value] of electronSwitches(switches)) app.commandLine.appendSwitch(option, value);
  electron.Menu.setApplicationMenu(null); // otherwise its shortcuts work: reload, developer tools, quit
  return ok(null);
};
