/** What Electron only accepts before it is ready. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { ElectronApi } from './electron-api.ts';
import { kioskScheme } from './kiosk-scheme.ts';
import { electronSwitches, forbiddenSwitch, type ElectronSwitches } from './switches.ts';

export type PrepareFailure =
  | { readonly kind: 'already-running' }
  /** Something on the command line would undo a lock: the kiosk does not run half locked. */
  | { readonly kind: 'forbidden-switch'; readonly name: string };

export const prepareApp = (
  electron: Pick<ElectronApi, 'app' | 'protocol' | 'Menu'>,
  switches: ElectronSwitches,
): Result<null, PrepareFailure> => {
  const { app } = electron;
  // Read before ours are added.
  const name = forbiddenSwitch((one) => app.commandLine.hasSwitch(one), switches);
  if (name !== undefined) return fail({ kind: 'forbidden-switch', name });
  if (!app.requestSingleInstanceLock()) return fail({ kind: 'already-running' });
  app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([kioskScheme]);
  for (const [option, value] of electronSwitches(switches)) app.commandLine.appendSwitch(option, value);
  electron.Menu.setApplicationMenu(null); // its shortcuts would work: reload, developer tools, quit
  return ok(null);
};
