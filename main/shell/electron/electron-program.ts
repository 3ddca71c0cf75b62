/**
 * The kiosk as an Electron program, which is two processes. What a person or the system starts is the watcher; what it starts
 * again, with one word more, is the kiosk: locks first, then the kiosk, then the exit code.
 */
import { contentFolder } from '../../platform/content-folder.ts';
import { EXIT_ALREADY_RUNNING, EXIT_BAD_USE, EXIT_BUG } from '../../process/exit-codes.ts';
import type { ElectronApi } from './electron-api.ts';
import { prepareApp, type PrepareFailure } from './prepare-app.ts';
import type { ElectronSwitches } from './switches.ts';
import { systemElectronShell, type MakeElectronShell } from './system-electron.ts';

/** Given by the watcher to the kiosk. */
const WATCHED_ARGUMENT = '--watched';
/**
 * On Linux beside it: our locks are the X server's, and so is what tells that somebody is there. In a session of Wayland, Electron would
 * be shown past it, by a choice that it makes before it reads any file of ours (its pull request 48301).
 */
const OZONE = '--ozone-platform';
const ON_X_ARGUMENT = `${OZONE}=x11`;

export interface ElectronProgramDeps {
  readonly electron: ElectronApi;
  /** Where the installer put what lies beside the archive; absent in development. */
  readonly resourcesFolder: string | undefined;
  readonly platform: NodeJS.Platform;
  /** As the operating system gave it: the first word is the program that runs. */
  readonly argv: readonly string[];
  /** Where Chromium keeps what is its own; Electron's own choice when absent or undefined. */
  readonly userData?: () => string | undefined;
  readonly switchesOf: (argv: readonly string[]) => ElectronSwitches;
  /** What needs no screen, also beside a running kiosk: the answer is the exit code, undefined when nothing of it is asked. */
  readonly command: (argv: readonly string[]) => Promise<number | undefined>;
  /**
   * Watches over the kiosk, which is this command, until its end; the answer is the exit code. Absent where whoever starts
   * the program watches over it.
   */
  readonly watch?: (program: readonly string[]) => Promise<number>;
  /** Runs the kiosk until its end; the answer is the exit code. */
  readonly start: (argv: readonly string[], makeShell: MakeElectronShell) => Promise<number>;
  readonly writeError: (text: string) => void;
}

const sentence = (failure: PrepareFailure): string =>
  failure.kind === 'already-running'
    ? 'Le kiosque fonctionne déjà sur ce poste.'
    : `Le kiosque refuse de démarrer\u00a0: l’option «\u00a0${failure.name}\u00a0» retire une protection. ` +
      'Sur un Linux sans espaces de noms utilisateur, installez le paquet .deb.';

/**
 * Packaged, the program is the first word; in development the application's path follows it. An installed kiosk reads the
 * département's content, else the one beside its archive, unless it is told another folder or shows the demonstration.
 */
const ownArguments = (argv: readonly string[], resourcesFolder: string | undefined): readonly string[] => {
  if (resourcesFolder === undefined) return argv.slice(2);
  const given = argv.slice(1);
  return given.some((one) => one === '--demo' || one.startsWith('--config'))
    ? given
    : [`--config=${contentFolder(resourcesFolder)}`, ...given];
};

/**
 * `ready` only comes once the module that was started has been read to its end (Electron's issue 40719). The kiosk settles
 * before, and goes on. The watcher never lets it come: it is Electron's Node and nothing else, without a browser, a window, a
 * profile or the one place that a kiosk takes.
 */
export const runElectronProgram = async (deps: ElectronProgramDeps): Promise<void> => {
  const { app } = deps.electron;
  const given = deps.argv.filter((one) => one !== WATCHED_ARGUMENT && !one.startsWith(OZONE));
  const argv = ownArguments(given, deps.resourcesFolder);
  const done = await deps.command(argv);
  if (done !== undefined) return app.exit(done);
  if (deps.watch && !deps.argv.includes(WATCHED_ARGUMENT)) {
    const ours = deps.platform === 'linux' ? [WATCHED_ARGUMENT, ON_X_ARGUMENT] : [WATCHED_ARGUMENT];
    return app.exit(await deps.watch([...given, ...ours]));
  }
  const prepared = prepareApp(deps.electron, deps.switchesOf(argv), deps.userData?.());
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
