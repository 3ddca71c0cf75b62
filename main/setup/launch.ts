/** `npm start`: a display, the demonstration sites when asked, then the built kiosk. */
import { spawn } from 'node:child_process';
import { mkdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { appRoot } from '../platform/app-root.ts';
import { openDisplay } from './display.ts';

const root = appRoot();
const argv = process.argv.slice(2);
const say = (text: string): void => void process.stderr.write(`point-numerique: ${text}\n`);

/** The demonstration sites are a program of their own: the kiosk sees them as it sees any site. */
const startDemoSites = async (): Promise<{ readonly port: number; readonly spki: string; stop(): void }> => {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', join(root, 'test/fixtures/sites/serve.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const line = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', resolve);
    child.once('exit', () => reject(new Error('the demonstration sites did not start')));
  });
  const { port, spki } = JSON.parse(line) as { port: number; spki: string };
  return { port, spki, stop: () => void child.kill('SIGTERM') };
};

/** With a virtual display nobody sees the kiosk: a picture of it is kept, fresh each second. */
const keepScreenshot = (display: string): (() => void) => {
  const folder = join(root, 'out');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'screen.png');
  say(`no display: a virtual one is used; a fresh picture of it is kept in ${file}`);
  const timer = setInterval(() => {
    const shot = spawn('scrot', ['--overwrite', '--silent', `${file}.new.png`], {
      env: { ...process.env, DISPLAY: display },
      stdio: 'ignore',
    });
    shot.once('error', () => undefined);
    shot.once('exit', (code) => code === 0 && renameSync(`${file}.new.png`, file));
  }, 1_000);
  return () => clearInterval(timer);
};

const main = async (): Promise<number> => {
  const { start } = (await import(join(root, 'dist/main/start.js'))) as typeof import('../start.ts');
  if (argv.includes('--help')) return (await start(argv, { out: process.stdout, err: process.stderr })).code;
  const window = argv.find((one) => one.startsWith('--window='))?.slice('--window='.length);
  const display = await openDisplay({ existing: process.env['DISPLAY'], size: window ?? '1920x1080' });
  process.env['DISPLAY'] = display.name;
  const sites = argv.includes('--demo') ? await startDemoSites() : undefined;
  const stopScreenshot = display.isVirtual ? keepScreenshot(display.name) : () => undefined;
  let stop: (() => Promise<void>) | undefined;
  const asked = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });
  try {
    const started = await start(argv, {
      out: process.stdout,
      err: process.stderr,
      ...(sites
        ? {
            demoSites: { hostRules: `MAP *.test 127.0.0.1:${sites.port}`, trustedSpki: sites.spki },
            demoConfigDir: join(root, 'test/fixtures/demo'),
          }
        : {}),
    });
    if (started.kiosk) {
      stop = () => started.kiosk?.stop() ?? Promise.resolve();
      say('the kiosk is shown; Ctrl+C ends it');
      await asked;
    }
    return started.code;
  } finally {
    await stop?.();
    stopScreenshot();
    sites?.stop();
    await display.stop();
  }
};

process.exit(await main());
