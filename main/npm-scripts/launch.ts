/** `npm start`: opens a display, starts the demonstration sites if requested, then the built kiosk. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, renameSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { appRoot } from '../platform/app-root.ts';
import { demoArguments, readArguments, usage } from '../process/arguments.ts';
import { commandIn } from '../process/command-name.ts';
import { drained } from '../platform/drained.ts';
import { systemFiles } from '../platform/files.ts';
import { StartRefused } from '../platform/supervised-process.ts';
import type { Watcher } from '../process/watcher.ts';
import { chooseShell } from './choose-shell.ts';
import { openDisplay } from './display.ts';
import { findElectron } from './electron-binary.ts';
import { othersMayReach, unprivileged } from './unprivileged.ts';

enableCompileCache();

const root = appRoot();
const argv = process.argv.slice(2);
const demoConfigDir = join(root, 'test/fixtures/demo');
const say = (text: string): void => void process.stderr.write(`point-numerique: ${text}\n`);

/**
 * Loads a module of the build. `--help` must work on a fresh clone, where nothing is built yet, so it uses the sources.
 */
const ours = async <M>(name: string): Promise<M> =>
  (await import(
    argv.includes('--help') ? join(root, 'main', `${name}.ts`) : join(root, 'dist/main', `${name}.js`)
  )) as M;

/** The demonstration sites are a separate program: the kiosk treats them like any other site. */
const startDemoSites = async (): Promise<{ readonly port: number; readonly spki: string; stop(): void }> => {
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'test/fixtures/sites/serve.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    },
  );
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error('the demonstration sites did not start')));
  });
  const { port, spki } = JSON.parse(line) as { port: number; spki: string };
  return { port, spki, stop: () => void child.kill('SIGTERM') };
};

/** Nobody can see a virtual display, so keep a screenshot of it, updated each second. */
const keepScreenshot = (display: string): (() => void) => {
  const folder = join(root, 'out');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'screen.png');
  say(`no display: a virtual one is used; a fresh picture of it is kept in ${file}`);
  let timer: NodeJS.Timeout | undefined;
  const shoot = (): void => {
    const shot = spawn('scrot', ['--overwrite', '--silent', `${file}.new.png`], {
      env: { ...process.env, DISPLAY: display },
      stdio: 'ignore',
    });
    shot.once('error', () => undefined);
    shot.once('exit', (code) => {
      if (code === 0) renameSync(`${file}.new.png`, file);
      timer = setTimeout(shoot, 1_000);
    });
  };
  timer = setTimeout(shoot, 1_000);
  return () => clearTimeout(timer);
};

const electron = findElectron({
  folder: join(root, 'node_modules', 'electron'),
  overrideFolder: process.env['ELECTRON_OVERRIDE_DIST_PATH'],
  platform: process.platform,
});

/**
 * Where Electron keeps its figures when root started it. Otherwise they are in the folder of the user who started it.
 */
const ROOT_STATE = '/var/lib/point-numerique';

const runElectron = async (program: string, demo: readonly string[]): Promise<number> => {
  if (!reachable()) return 1;
  const { command, words, env, forget } = unprivileged(program, [root, ...argv, ...demo], ROOT_STATE);
  const child = spawn(command, words, { stdio: 'inherit', env: { ...process.env, ...env } });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  forget();
  return code ?? 1;
};

/** Fails early with an explanation: the user that the kiosk runs as cannot enter, for example, root's home. */
const reachable = (): boolean => {
  if (process.getuid?.() !== 0 || othersMayReach(root)) return true;
  say(`the user point-numerique cannot reach ${root}: put the project where other accounts may read it, /opt for one`);
  return false;
};

const setPassphrase = async (stateFolder: string): Promise<number> => {
  const { refusalForRoot } = await ours<typeof import('../commands/other-account.ts')>('commands/other-account');
  const refused = argv.includes('--demo') ? undefined : await refusalForRoot(stateFolder, { files: systemFiles });
  if (refused === undefined) return asKioskUser(stateFolder);
  process.stderr.write(refused);
  return 1;
};

/** Runs the command as the kiosk's user, who must be able to read what it writes. */
const asKioskUser = async (stateFolder: string): Promise<number> => {
  if (!reachable()) return 1;
  const again = ['--disable-warning=ExperimentalWarning', join(root, 'main/npm-scripts/launch.ts'), ...argv];
  const { command, words, env, forget } = unprivileged(process.execPath, again, stateFolder);
  const child = spawn(command, words, { stdio: 'inherit', env: { ...process.env, ...env } });
  const [code] = (await once(child, 'exit')) as [number | null];
  forget();
  return code ?? 1;
};

const main = async (): Promise<number> => {
  const command = commandIn(argv);
  const read = readArguments(argv);
  if (command === undefined && (!read.ok || read.value.help)) {
    if (read.ok) process.stdout.write(usage);
    else process.stderr.write(`${read.error}\n`);
    return read.ok ? 0 : 2;
  }
  const { readShellChoice } = await ours<typeof import('../config/read-shell-choice.ts')>('config/read-shell-choice');
  if (command !== undefined) {
    const dir = argv.includes('--demo') ? demoConfigDir : join(root, 'kiosk-config');
    const asked = await readShellChoice({ files: systemFiles, dir });
    const shown = chooseShell({ asked, electronIsThere: electron !== undefined, platform: process.platform });
    if (process.getuid?.() === 0 && shown.ok && shown.value === 'electron') {
      // A kiosk started by root runs as another user, who owns its figures and passphrase.
      process.env['STATE_DIRECTORY'] ??= ROOT_STATE;
      if (command === 'agent-passphrase') return setPassphrase(process.env['STATE_DIRECTORY']);
    }
    const { runCommand } = await ours<typeof import('../commands/run-command.ts')>('commands/run-command');
    const { stdin: input, stdout: out, stderr: err } = process;
    return runCommand(command, argv, { out, err, input, demoConfigDir });
  }
  if (!read.ok) throw new Error('arguments that cannot be read were answered above');
  const args = read.value;
  const dir = args.demo ? demoConfigDir : (args.configDir ?? join(root, 'kiosk-config'));
  const shell = chooseShell({
    asked: args.shell ?? (await readShellChoice({ files: systemFiles, dir })),
    electronIsThere: electron !== undefined,
    platform: process.platform,
  });
  if (!shell.ok) {
    say(shell.error);
    return 2;
  }
  let kiosk: Watcher | undefined;
  // `npm run dev` rebuilt the screens. Listen from the start, because an unhandled SIGUSR2 ends the process.
  process.on('SIGUSR2', () => kiosk?.signal('SIGUSR2'));
  const size = args.window ? `${args.window.width}x${args.window.height}` : '1920x1080';
  const display = await openDisplay({ existing: process.env['DISPLAY'], size });
  process.env['DISPLAY'] = display.name;
  const sites = args.demo ? await startDemoSites() : undefined;
  const demoSites = sites ? { hostRules: `MAP *.test 127.0.0.1:${sites.port}`, trustedSpki: sites.spki } : undefined;
  const stopScreenshot = display.isVirtual ? keepScreenshot(display.name) : () => undefined;
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
      kiosk?.stop();
    });
  }
  try {
    const demo = demoSites ? demoArguments({ demoSites, demoConfigDir }) : [];
    if (shell.value === 'electron' && electron !== undefined) return await runElectron(electron, demo);
    if (asked) return 0;
    const { startWatcher } = await ours<typeof import('../process/watcher.ts')>('process/watcher');
    kiosk = startWatcher({
      argv: [...argv, ...demo],
      err: process.stderr,
      onShown: () => say('the kiosk is shown; Ctrl+C ends it'),
    });
    return await kiosk.ended;
  } finally {
    stopScreenshot();
    sites?.stop();
    await display.stop();
  }
};

const code = await main().catch((error: unknown) => {
  if (!(error instanceof StartRefused)) throw error;
  say(error.message);
  return 2;
});
await drained(process.stdout, process.stderr);
process.exit(code);
