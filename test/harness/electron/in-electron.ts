/**
 * Runs one of our entry files in Electron's program, as an unprivileged user. Test and entry file talk over the IPC
 * channel opened at the start.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { electronRemedy, findElectron } from '../../../main/npm-scripts/electron-binary.ts';
import { unprivileged } from '../../../main/npm-scripts/unprivileged.ts';
import { CHANNEL_STDIO } from '../../../main/platform/supervised-process.ts';
import { PARAMS_ENV } from './entry-params.ts';

export const projectRoot = join(import.meta.dirname, '../../..');

/** Located in the same way as by `npm start`. */
export const electronProgram = findElectron({
  folder: join(projectRoot, 'node_modules/electron'),
  overrideFolder: process.env['ELECTRON_OVERRIDE_DIST_PATH'],
  platform: process.platform,
});

export const electronIsAbsent = `Electron’s own program is not here (${electronRemedy})`;

/**
 * Bundles the entry into one file, because Electron's Node does not load TypeScript. Packages and the built product
 * stay external.
 */
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
  /** A file written by `bundleForElectron`. */
  readonly bundle: string;
  readonly display: string;
  readonly state: string;
  /** Chromium switches. Electron expects them before the entry file. */
  readonly switches?: readonly string[];
  /** Arguments for the program, after the entry file. */
  readonly argv?: readonly string[];
  /** Parameters that the entry file reads with `readEntryParams`. */
  readonly params?: unknown;
}

export interface InElectron {
  readonly child: ChildProcess;
  /** Waits for the exit and returns its code or signal. Kills the process after `withinMs`. */
  ended(withinMs: number): Promise<number | NodeJS.Signals>;
}

export const startInElectron = (options: InElectronOptions): InElectron => {
  const { program, bundle, display, state, switches = [], argv = [], params = {} } = options;
  // The given display is an X display, even when the developer's session runs on Wayland.
  const ownSwitches = ['--ozone-platform=x11', ...switches];
  const { command, words, env, forget } = unprivileged(program, [...ownSwitches, bundle, ...argv], state);
  const child = spawn(command, words, {
    stdio: ['ignore', 'ignore', 'pipe', ...CHANNEL_STDIO],
    env: { ...process.env, STATE_DIRECTORY: state, ...env, DISPLAY: display, [PARAMS_ENV]: JSON.stringify(params) },
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
