/** The one file of the main process that imports Electron. Bundled with its caller into `dist/main/electron.cjs`. */
import { app, BaseWindow, clipboard, Menu, protocol, session, WebContentsView } from 'electron';
import { join } from 'node:path';
import type { Shell } from '../port.ts';
import type { ElectronApi } from './electron-api.ts';
import { createElectronShell, type ElectronShellDeps } from './electron-shell.ts';
import { prepareApp, type PrepareFailure } from './prepare-app.ts';
import type { ElectronSwitches } from './switches.ts';

const EXIT_ALREADY_RUNNING = 3;
const EXIT_BAD_USE = 2;

export type MakeElectronShell = (deps: Omit<ElectronShellDeps, 'electron' | 'preloads'>) => Shell;

export interface ElectronEntryDeps {
  /** As the operating system gave it. */
  readonly argv: readonly string[];
  /** Where `preload.cjs` and `guest-preload.cjs` lie: the folder of the bundle itself. */
  readonly preloadFolder: string;
  readonly switchesOf: (argv: readonly string[]) => ElectronSwitches;
  /** Runs the kiosk; the answer is the exit code. */
  readonly start: (argv: readonly string[], makeShell: MakeElectronShell) => Promise<number>;
  readonly writeError: (text: string) => void;
}

const SENTENCES: Readonly<Record<PrepareFailure['kind'], string>> = {
  'already-running': 'Le kiosque fonctionne déjà sur ce poste.',
  'forbidden-switch':
    'Le kiosque refuse de démarrer\u00a0: une option de la ligne de commande retire une protection. Sur un Linux sans espaces de noms utilisateur, installez le paquet .deb plutôt que l’AppImage. Option\u00a0:',
};

export const electronEntry = async (deps: ElectronEntryDeps): Promise<void> => {
  const electron: ElectronApi = { app, BaseWindow, clipboard, Menu, protocol, session, WebContentsView };
  // Packaged, the program is the first word; in development the application's path follows it.
  const argv = deps.argv.slice(app.isPackaged ? 1 : 2);
  const prepared = prepareApp(electron, deps.switchesOf(argv));
  if (!prepared.ok) {
    const { error } = prepared;
    deps.writeError(`${SENTENCES[error.kind]}${error.kind === 'forbidden-switch' ? ` ${error.name}` : ''}\n`);
    app.exit(error.kind === 'already-running' ? EXIT_ALREADY_RUNNING : EXIT_BAD_USE);
    return;
  }
  await app.whenReady();
  const preloads = {
    kiosk: join(deps.preloadFolder, 'preload.cjs'),
    guest: join(deps.preloadFolder, 'guest-preload.cjs'),
  };
  app.exit(await deps.start(argv, (shell) => createElectronShell({ ...shell, electron, preloads })));
};
