/**
 * The kiosk as an Electron program, in two processes. The process that a person or the system starts is the watcher. It
 * starts the same program again with `--watched`: that is the kiosk, which sets the locks, runs, and returns the exit
 * code.
 */
import { contentFolder } from '../../platform/content-folder.ts';
import { EXIT_ALREADY_RUNNING, EXIT_BAD_USE, EXIT_BUG } from '../../process/exit-codes.ts';
import type { ElectronApi } from './electron-api.ts';
import { prepareApp, type PrepareFailure } from './prepare-app.ts';
import type { ElectronSwitches } from './switches.ts';
import { systemElectronShell, type MakeElectronShell } from './system-electron.ts';

/** The watcher passes it to the kiosk. */
const WATCHED_ARGUMENT = '--watched';
/**
 * On Linux the watcher passes this too. Our locks and the presence detection rely on the X server. In a Wayland session
 * Electron would bypass it, and it chooses before it loads any of our files (its pull request 48301).
 */
const OZONE = '--ozone-platform';
const ON_X_ARGUMENT = `${OZONE}=x11`;

export interface ElectronProgramDeps {
  readonly electron: ElectronApi;
  /** Node's `process`. */
  readonly node: { removeAllListeners(event: 'warning'): unknown };
  /** The folder in which the installer put the files beside the archive; undefined in development. */
  readonly resourcesFolder: string | undefined;
  readonly platform: NodeJS.Platform;
  /** As the operating system gave it: the first element is the program. */
  readonly argv: readonly string[];
  /** The folder for Chromium's own files; Electron's default when absent or undefined. */
  readonly userData?: () => string | undefined;
  readonly switchesOf: (argv: readonly string[]) => ElectronSwitches;
  /**
   * Runs a command that needs no screen, also beside a running kiosk. Returns its exit code, or undefined if argv has
   * none.
   */
  readonly command: (argv: readonly string[]) => Promise<number | undefined>;
  /**
   * Runs the kiosk with these arguments, watches it until it ends, and returns the exit code. Absent where the caller
   * watches the program itself.
   */
  readonly watch?: (program: readonly string[]) => Promise<number>;
  /** Runs the kiosk until it ends and returns the exit code. */
  readonly start: (argv: readonly string[], makeShell: MakeElectronShell) => Promise<number>;
  readonly writeError: (text: string) => void;
}

const sentence = (failure: PrepareFailure): string =>
  failure.kind === 'already-running'
    ? 'Le kiosque fonctionne déjà sur ce poste.'
    : `Le kiosque refuse de démarrer\u00a0: l’option «\u00a0${failure.name}\u00a0» retire une protection. ` +
      'Sur un Linux sans espaces de noms utilisateur, installez le paquet .deb.';

/**
 * Drops the program's path and, in development, the application's path that follows it. An installed kiosk reads the
 * département's content, or else the content beside its archive, unless `--config` names another folder or `--demo` is
 * given.
 */
const ownArguments = (argv: readonly string[], resourcesFolder: string | undefined): readonly string[] => {
  if (resourcesFolder === undefined) return argv.slice(2);
  const given = argv.slice(1);
  return given.some((one) => one === '--demo' || one.startsWith('--config'))
    ? given
    : [`--config=${contentFolder(resourcesFolder)}`, ...given];
};

/**
 * `ready` fires only once the program's module has finished loading (Electron's issue 40719). So for the kiosk this
 * promise settles first, and the kiosk continues afterwards. The watcher keeps it pending: Electron then runs only its
 * Node, without a browser, a window, a profile or the single-instance lock.
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
  // Electron warns of each page and frame that did not load, with its whole address (its issue 49583), and Node prints
  // warnings on standard error: the machine's journal.
  deps.node.removeAllListeners('warning');
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
