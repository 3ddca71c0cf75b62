/**
 * Time from spawn until the accueil accepts a click, against bare Chromium on a static page. Warm disk cache, cold
 * processes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { openDisplay } from '../../main/npm-scripts/display.ts';
import { startBareChromium } from './bare-chromium.ts';
import { median, ratioRow, type BenchRow } from './bench-row.ts';
import { openPixels, type Colour } from './screen-pixel.ts';

const ROUNDS = 5;
const SAFFRON: Colour = [0xe8, 0xa3, 0x3d];
/** A point inside "Commencer" at 1920×1080. The static page has that colour everywhere. */
const AT = { x: 130, y: 800 } as const;

export const benchStart = async (): Promise<readonly BenchRow[]> => {
  const display = await openDisplay({ existing: undefined, size: '1920x1080' });
  const pixels = await openPixels(display.name);
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    for (let i = 0; i <= ROUNDS; i++) {
      let began = performance.now();
      const kiosk = spawn(
        process.execPath,
        [join(import.meta.dirname, '../../dist/main/process/watcher-on-chromium.js')],
        {
          stdio: 'ignore',
          env: { ...process.env, DISPLAY: display.name },
        },
      );
      await pixels.becomes(AT.x, AT.y, SAFFRON);
      if (i > 0) ours.push(performance.now() - began); // skip the first round, which warms the disk cache
      const gone = once(kiosk, 'exit');
      kiosk.kill('SIGTERM');
      await gone;
      began = performance.now();
      const chromium = startBareChromium(display.name, 'data:text/html,<body style="background:%23E8A33D">');
      await pixels.becomes(AT.x, AT.y, SAFFRON);
      if (i > 0) bare.push(performance.now() - began);
      await chromium.stop();
    }
  } finally {
    pixels.end();
    await display.stop();
  }
  return [ratioRow('start: spawn to accueil, ms', median(ours), median(bare), 1.8)];
};
