/** The only file of the main process that imports Electron. */
import {
  app,
  BaseWindow,
  clipboard,
  Menu,
  powerMonitor,
  protocol,
  session,
  utilityProcess,
  WebContentsView,
} from 'electron';
import type { ElectronApi } from './electron-api.ts';
import { openUserData } from '../../platform/electron-user-data.ts';
import { runElectronProgram, type ElectronProgramDeps } from './electron-program.ts';

export const electronEntry = (
  deps: Pick<ElectronProgramDeps, 'argv' | 'switchesOf' | 'command' | 'watch' | 'start' | 'writeError'>,
): Promise<void> => {
  const electron: ElectronApi = {
    app,
    BaseWindow,
    clipboard,
    Menu,
    powerMonitor,
    protocol,
    session,
    utilityProcess,
    WebContentsView,
  };
  return runElectronProgram({
    ...deps,
    electron,
    node: process,
    platform: process.platform,
    userData: openUserData,
    resourcesFolder: app.isPackaged ? process.resourcesPath : undefined,
  });
};
