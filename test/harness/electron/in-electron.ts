/** Has Electron's own program run one of our files, as an unprivileged user; they talk over the channel it is started with. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { electronRemedy, findElectron } from '../../../main/npm-scripts/electron-binary.ts';
import { unprivileged } from '../../../main/npm-scripts/unprivileged.ts';
import { CHANNEL_STDIO } from '../../../main/platform/supervised-process.ts';
import { GIVEN } from './given.ts';

export const projectRoot = join(import.meta.dirname, '../../..');

/** Found as `npm start` finds it. */
export const electronProgram = findElectron({
  folder: join(projectRoot, 'node_modules/electron'),
  overrideFolder: process.env['ELECTRON_OVERRIDE_DIST_PATH'],
  platform: process.platform,
});

export const electronIsAbsent = `Electron’s own program is not here (${electronRemedy})`;

/** One file, because Electron's Node reads no TypeScript; packages stay outside, the built product is imported where it is. */
export const bundleForElectron = async (entry: string, outfile: string, plugins: Plugin[] = []): Promise<void> => {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    plugins,
  });
};

export interface InElectronOptions {
  readonly program: string;
  /** Made by `bundleForElectron`. */
  readonly bundle: string;
  readonly display: string;
  readonly state: string;
  /** Chromium's own, before the program's words as Electron wants them. */
  readonly switches?: readonly string[];
  /** Behind the file: what the program itself is told. */
  readonly argv?: readonly string[];
  /** Read by the file with `givenToUs`. */
  readonly given?: unknown;
}

export interface InElectron {
  readonly child: ChildProcess;
  /** Once it is asked to end, or ended. */
  ended(withinMs: number): Promise<number | NodeJS.Signals>;
}

export const startInElectron = (options: InElectronOptions): InElectron => {
  const { program, bundle, display, state, switches = [], argv = [], given = {} } = options;
  // The display that we are given is X's, whatever the session of whoever runs this.
  const ownSwitches = ['--ozone-platform=x11', ...switches];
  const { command, words, env, forget } = unprivileged(program, [...ownSwitches, bundle, ...argv], state);
  const child = spawn(command, words, {
    stdio: ['ignore', 'ignore', 'pipe', ...CHANNEL_STDIO],
    env: { ...process.env, STATE_DIRECTORY: state, ...env, DISPLAY: display, [GIVEN]: JSON.stringify(given) },
  });
  const closed = once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>;
  closed.then(forget, forget);
  return {
    child,
    async ended(withinMs) {
      const timer = setTimeout(() => child.kill('SIGKILL'), withinMs);
      try {
        const [code, signal] = await closed;
        return code ?? signal ?? 'SIGKILL';
      } finally {
        clearTimeout(timer);
      }
    },
  };
};
