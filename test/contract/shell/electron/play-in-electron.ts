/** Runs the suite in Electron's program (or a stand-in) through the bundled player, on its own display. */
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDisplay } from '../../../../main/npm-scripts/display.ts';
import { bundleForElectron, projectRoot, startInElectron } from '../../../harness/electron/in-electron.ts';
import type { Played } from './small-vitest.ts';

const here = import.meta.dirname;
const PLAYED_WITHIN_MS = 5 * 60_000;

/** Bundles the player and the suite into one file, with Electron's `fixture.ts` and `small-vitest.ts` swapped in. */
export const bundlePlayer = async (
  outfile: string,
  player = join(here, 'player-entry.ts'),
  stage = join(here, 'fixture.ts'),
): Promise<void> => {
  await bundleForElectron(player, outfile, [
    {
      name: 'inside-electron',
      setup(bundler) {
        bundler.onResolve({ filter: /^vitest$/ }, () => ({ path: join(here, 'small-vitest.ts') }));
        bundler.onResolve({ filter: /^\.\/fixture\.ts$/ }, () => ({ path: stage }));
        // The demonstration sites read pages from their own source folder.
        bundler.onLoad({ filter: /\.ts$/ }, ({ path }) => ({
          contents: readFileSync(path, 'utf8')
            .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
            .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)),
          loader: 'ts',
        }));
      },
    },
  ]);
};

export interface PlayOptions {
  readonly program: string;
  readonly player?: string;
  readonly fixture?: string;
}

export const playInElectron = async ({ program, player, fixture }: PlayOptions): Promise<readonly Played[]> => {
  // Inside the project, so that the bundle finds its external packages.
  const folder = mkdtempSync(join(projectRoot, 'out', 'electron-'));
  chmodSync(folder, 0o755);
  const bundle = join(folder, 'player.mjs');
  await bundlePlayer(bundle, player, fixture);
  const display = await openDisplay({ existing: undefined, size: '1280x800' });
  const running = startInElectron({
    program,
    bundle,
    display: display.name,
    state: join(folder, 'state'),
    params: { root: projectRoot },
  });
  let said = '';
  running.child.stderr?.on('data', (chunk: Buffer) => (said = `${said}${chunk.toString()}`.slice(-4_000)));
  let played: readonly Played[] | undefined;
  running.child.on('message', (message) => (played = message as readonly Played[]));
  const ended = await running.ended(PLAYED_WITHIN_MS);
  await display.stop();
  rmSync(folder, { recursive: true, force: true });
  if (!played) throw new Error(`${program} told nothing (exit ${ended}): ${said}`);
  return played;
};
