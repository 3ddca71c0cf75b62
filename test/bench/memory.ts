/**
 * Proportional memory (PSS) of all processes while the kiosk is idle on the accueil, against bare Chromium with one
 * page.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDisplay } from '../../main/npm-scripts/display.ts';
import { createPerson, demo } from '../e2e/pages/person.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { startBareChromium } from './bare-chromium.ts';
import { ratioRow, type BenchRow } from './bench-row.ts';
import { openPixels } from './screen-pixel.ts';

const parentOf = (pid: string): string => /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';

/** The process and its descendants. */
const family = (root: number): readonly string[] => {
  const parents = new Map<string, string>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(pid, parentOf(pid));
    } catch {
      /* it ended */
    }
  }
  const isOurs = (pid: string): boolean => pid === String(root) || (parents.has(pid) && isOurs(parents.get(pid) ?? ''));
  return [...parents.keys()].filter(isOurs);
};

const isBrowser = (pid: string): boolean => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes('chromium');
  } catch {
    return false; // it ended
  }
};

/** PSS of the process and its descendants, or of those accepted by `fits`. */
export const pssMiB = (root: number, fits: (pid: string) => boolean = () => true): number =>
  family(root)
    .filter(fits)
    .map((pid) => {
      try {
        return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      } catch {
        return 0;
      }
    })
    .reduce((sum, kib) => sum + kib, 0) / 1024;

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 6_000));

/**
 * All browsers of a kiosk with a démarche and the mailbox open. The main process is this process, so it is not counted.
 */
const browsersOfTwoSites = async (): Promise<number> => {
  const kiosk = await runKiosk();
  try {
    const person = createPerson(kiosk);
    await person.begin();
    await person.goTo(demo.housing);
    await person.mailbox.tool.click();
    await person.mailbox.keeper('Courriel d’exemple').click();
    await person.siteIsShown();
    await settle();
    return pssMiB(process.pid, isBrowser);
  } finally {
    await kiosk.stop();
  }
};

export const benchMemory = async (): Promise<readonly BenchRow[]> => {
  const display = await openDisplay({ existing: undefined, size: '1920x1080' });
  const pixels = await openPixels(display.name);
  try {
    const kiosk = spawn(
      process.execPath,
      [join(import.meta.dirname, '../../dist/main/process/watcher-on-chromium.js')],
      {
        stdio: 'ignore',
        env: { ...process.env, DISPLAY: display.name },
      },
    );
    await pixels.becomes(130, 800, [0xe8, 0xa3, 0x3d]);
    await settle();
    const ours = pssMiB(kiosk.pid ?? -1);
    const withoutBrowsers = ours - pssMiB(kiosk.pid ?? -1, isBrowser);
    const gone = once(kiosk, 'exit');
    kiosk.kill('SIGTERM');
    await gone;
    const bare = startBareChromium(display.name, 'data:text/html,<body style="background:%23E8A33D">');
    await pixels.becomes(130, 800, [0xe8, 0xa3, 0x3d]);
    await settle();
    const reference = pssMiB(bare.pid);
    await bare.stop();
    const two = withoutBrowsers + (await browsersOfTwoSites());
    return [
      ratioRow('memory: idle at the accueil, PSS, MiB', ours, reference, 2.2),
      ratioRow('memory: a démarche and the mailbox beside it, PSS, MiB', two, reference, 2.8),
    ];
  } finally {
    pixels.end();
    await display.stop();
  }
};
