/** The kiosk as an Electron program: locks first, then the kiosk, then the exit code. */
import { join } from 'node:path';
import type { ElectronApi } from './electron-api.ts';
import { prepareApp, type PrepareFailure } from './prepare-app.ts';
import type { ElectronSwitches } from './switches.ts';
import { systemElectronShell, type MakeElectronShell } from './system-electron.ts';

const EXIT_BUG = 1;
const EXIT_BAD_USE = 2;
const EXIT_ALREADY_RUNNING = 3;

export interface ElectronProgramDeps {
  readonly electron: ElectronApi;
  /** Where the installer put what lies beside the archive; absent in development. */
  readonly resourcesFolder: string | undefined;
  /** As the operating system gave it. */
  readonly argv: readonly string[];
  readonly switchesOf: (argv: readonly string[]) => ElectronSwitches;
  /** What needs no screen, also beside a running kiosk: the answer is the exit code, undefined when nothing of it is asked. */
  readonly command: (argv: readonly string[]) => Promise<number | undefined>;
  /** Runs the kiosk until its end; the answer is the exit code. */
  readonly start: (argv: readonly string[], makeShell: MakeElectronShell) => Promise<number>;
  readonly writeError: (text: string) => void;
}

const sentence = (failure: PrepareFailure): string =>
  failure.kind === 'already-running'
    ? 'Le kiosque fonctionne déjà sur ce poste.'
    : `Le kiosque refuse de démarrer\u00a0: l’option «\u00a0${failure.name}\u00a0» retire une protection. ` +
      'Sur un Linux sans espaces de noms utilisateur, installez le paquet .deb plutôt que l’AppImage.';

/**
 * Packaged, the program is the first word; in development the application's path follows it. An installed kiosk reads the
 * content beside its archive, which a département can change, unless it is told another folder or shows the demonstration.
 */
const ownArguments = (argv: readonly string[], resourcesFolder: string | undefined): readonly string[] => {
  if (resourcesFolder === undefined) return argv.slice(2);
  const given = argv.slice(1);
  return given.some((one) => one === '--demo' || one.startsWith('--config'))
    ? given
    : [`--config=${join(resourcesFolder, 'kiosk-config')}`, ...given];
};

/**
 * Settles before Electron is ready, and the kiosk goes on: `ready` only comes once the module that was started has been read
 * to its end (Electron's issue 40719), so a program that waits for it there waits for ever.
 */
export const runElectronProgram = async (deps: ElectronProgramDeps): Promise<void> => {
  const { app } = deps.electron;
  const argv = ownArguments(deps.argv, deps.resourcesFolder);
  const done = await deps.command(argv);
  if (done !== undefined) return app.exit(done);
  const prepared = prepareApp(deps.electron, deps.switchesOf(argv));
  if (!prepared.ok) {
    deps.writeError(`${sentence(prepared.error)}\n`);
    app.exit(prepared.error.kind === 'already-running' ? EXIT_ALREADY_RUNNING : EXIT_BAD_USE);
    return;
  }
  app
    .whenReady()
    .then(() => deps.start(argv, systemElectronShell(deps.electron)))
    .then(
      (code) => app.exit(code),
      (error: unknown) => {
        deps.writeError(`${error instanceof Error ? error.stack : String(error)}\n`);
        app.exit(EXIT_BUG);
      },
    );
};
