/** Has the suite played by a program (Electron's own) that runs the bundled player, on a display of its own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { openDisplay } from '../../../../main/setup/display.ts';
import { unprivileged } from '../../../../main/setup/unprivileged.ts';
import type { Played } from './small-vitest.ts';

const here = import.meta.dirname;
const root = join(here, '../../../..');
const PLAYED_WITHIN_MS = 5 * 60_000;

/** The player and the suite in one file, with Electron's stage and the small vitest in the place of the others. */
export const bundlePlayer = async (
  outfile: string,
  player = join(here, 'player-entry.ts'),
  stage = join(here, 'stage.ts'),
): Promise<void> => {
  await build({
    entryPoints: [player],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
    plugins: [
      {
        name: 'inside-electron',
        setup(bundler) {
          bundler.onResolve({ filter: /^vitest$/ }, () => ({ path: join(here, 'small-vitest.ts') }));
          bundler.onResolve({ filter: /^\.\/stage\.ts$/ }, () => ({ path: stage }));
          // The demonstration sites read their pages beside themselves.
          bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
            contents: readFileSync(path, 'utf8')
              .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
              .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
            loader: 'ts',
          }));
        },
      },
    ],
  });
};

export interface PlayOptions {
  readonly program: string;
  readonly player?: string;
  readonly stage?: string;
}

export const playInElectron = async ({ program, player, stage }: PlayOptions): Promise<readonly Played[]> => {
  // In the tree, so that the bundle finds the packages it leaves outside.
  const folder = mkdtempSync(join(root, 'out', 'electron-'));
  chmodSync(folder, 0o755);
  const bundle = join(folder, 'player.mjs');
  await bundlePlayer(bundle, player, stage);
  const display = await openDisplay({ existing: undefined, size: '1280x800' });
  const { command, words, env, forget } = unprivileged(program, [bundle], join(folder, 'state'));
  const child = spawn(command, words, {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...env, DISPLAY: display.name, PN_ROOT: root },
  });
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4_000)));
  let played: readonly Played[] | undefined;
  child.on('message', (message) => (played = message as readonly Played[]));
  const timer = setTimeout(() => child.kill('SIGKILL'), PLAYED_WITHIN_MS);
  const [code, signal] = (await once(child, 'close')) as [number | null, string | null];
  clearTimeout(timer);
  await display.stop();
  rmSync(folder, { recursive: true, force: true });
  forget();
  if (!played) throw new Error(`${program} told nothing (exit ${code ?? signal}): ${said}`);
  return played;
};
