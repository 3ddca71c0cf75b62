/** Proportional memory (PSS) of everything that runs while the kiosk waits on the accueil, against bare Chromium with one page. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openDisplay } from '../../main/setup/display.ts';
import { startBareChromium } from './bare-chromium.ts';
import { ratioRow, type BenchRow } from './bench-row.ts';
import { pixelBecomes } from './screen-pixel.ts';

const parentOf = (pid: string): string => /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1] ?? '';

/** The process and all that descend from it. */
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

export const pssMiB = (root: number): number =>
  family(root)
    .map((pid) => {
      try {
        return Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
      } catch {
        return 0;
      }
    })
    .reduce((sum, kib) => sum + kib, 0) / 1024;

const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 6_000));

export const benchMemory = async (): Promise<readonly BenchRow[]> => {
  const display = await openDisplay({ existing: undefined, size: '1920x1080' });
  try {
    const kiosk = spawn(process.execPath, [join(import.meta.dirname, '../../dist/main/run.js')], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: display.name },
    });
    await pixelBecomes(display.name, 130, 800, [0xe8, 0xa3, 0x3d]);
    await settle();
    const ours = pssMiB(kiosk.pid ?? -1);
    const gone = once(kiosk, 'exit');
    kiosk.kill('SIGTERM');
    await gone;
    const bare = startBareChromium(display.name, 'data:text/html,<body style="background:%23E8A33D">');
    await pixelBecomes(display.name, 130, 800, [0xe8, 0xa3, 0x3d]);
    await settle();
    const reference = pssMiB(bare.pid);
    await bare.stop();
    return [ratioRow('memory: idle at the accueil, PSS, MiB', ours, reference, 2.2)];
  } finally {
    await display.stop();
  }
};
