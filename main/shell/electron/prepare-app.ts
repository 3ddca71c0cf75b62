/** What Electron only accepts before it is ready. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { ElectronApi } from './electron-api.ts';
import { kioskScheme } from './kiosk-scheme.ts';
import { plainUserAgent } from './user-agent.ts';
import { electronSwitches, forbiddenSwitch, type ElectronSwitches } from './switches.ts';

export type PrepareFailure =
  | { readonly kind: 'already-running' }
  /** Something on the command line would undo a lock: the kiosk does not run half locked. */
  | { readonly kind: 'forbidden-switch'; readonly name: string };

export const prepareApp = (
  electron: Pick<ElectronApi, 'app' | 'protocol' | 'Menu'>,
  switches: ElectronSwitches,
  /** Where Chromium keeps what is its own, in memory; it exists. Electron's own choice when absent. */
  userData?: string,
): Result<null, PrepareFailure> => {
  const { app } = electron;
  // Read before ours are added.
  const name = forbiddenSwitch((one) => app.commandLine.hasSwitch(one), switches);
  if (name !== undefined) return fail({ kind: 'forbidden-switch', name });
  // The lock is a file of it, and Chromium writes into it from now on.
  if (userData !== undefined) app.setPath('userData', userData);
  if (!app.requestSingleInstanceLock()) return fail({ kind: 'already-running' });
  app.enableSandbox();
  // Of every session that is given no other name, before there is one: service workers, our own screens.
  app.userAgentFallback = plainUserAgent(app.userAgentFallback);
  electron.protocol.registerSchemesAsPrivileged([kioskScheme]);
  for (const [option, value] of electronSwitches(switches)) app.commandLine.appendSwitch(option, value);
  electron.Menu.setApplicationMenu(null); // its shortcuts would work: reload, developer tools, quit
  return ok(null);
};
