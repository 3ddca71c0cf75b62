/**
 * `npm run dev`: rebuilds the screens at each change and reloads them in the kiosk view, with the real main process and
 * shell and the demonstration sites. In a window by default.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { appRoot } from '../platform/app-root.ts';

const root = appRoot();
const argv = process.argv.slice(2);
const given = argv.length > 0 ? argv : ['--demo', '--window=1280x800'];
let kiosk: ChildProcess | undefined;
let ending = false;

const launch = (): void => {
  kiosk = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(root, 'main/npm-scripts/launch.ts'), ...given],
    { stdio: 'inherit' },
  );
};

const endKiosk = async (): Promise<void> => {
  if (!kiosk || kiosk.exitCode !== null || kiosk.signalCode !== null) return;
  kiosk.kill('SIGTERM');
  await once(kiosk, 'exit');
};

const relaunch = async (): Promise<void> => {
  await endKiosk();
  if (!ending) launch();
};

const buildMain = async (): Promise<void> => {
  const built = spawn(process.execPath, [join(root, 'main/npm-scripts/build.ts'), '--if-stale'], { stdio: 'inherit' });
  await once(built, 'exit');
};

/** Editors write several times in a row: run one build for all of them. */
const debounced = (work: () => Promise<void>): (() => void) => {
  let timer: NodeJS.Timeout | undefined;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(() => void work(), 150);
  };
};

launch();
const screens = await build({
  root: join(root, 'renderer'),
  configFile: join(root, 'vite.config.ts'),
  logLevel: 'error',
  build: { watch: {} },
});
// SIGUSR2: reload the screens (launch.ts). Any other signal would end the kiosk.
if ('on' in screens) {
  screens.on('event', (event) => {
    if (event.code === 'END') kiosk?.kill('SIGUSR2');
  });
}
const mainChanged = debounced(async () => {
  await buildMain();
  await relaunch();
});
watch(join(root, 'main'), { recursive: true }, (_kind, name) => name?.endsWith('.ts') && mainChanged());
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    if (ending) return;
    ending = true;
    void endKiosk().then(() => process.exit(0));
  });
}
