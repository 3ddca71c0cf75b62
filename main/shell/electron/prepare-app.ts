/** What Electron only accepts before it is ready. */
import type { ElectronApi } from './electron-api.ts';
import { kioskScheme } from './kiosk-scheme.ts';
import { electronSwitches, type ElectronSwitches } from './switches.ts';

/** False when another kiosk already runs on this machine: the caller must end, and this one is quitting. */
export const prepareApp = (
  electron: Pick<ElectronApi, 'app' | 'protocol' | 'Menu'>,
  switches: ElectronSwitches,
): boolean => {
  const { app } = electron;
  app.enableSandbox();
  electron.protocol.registerSchemesAsPrivileged([kioskScheme]);
  for (const [name, value] of electronSwitches(switches)) app.commandLine.appendSwitch(name, value);
  electron.Menu.setApplicationMenu(null); // its shortcuts would work: reload, developer tools, quit
  if (app.requestSingleInstanceLock()) return true;
  app.quit();
  return false;
};
