/** The map of 317 communes, drawn anew on a real kiosk: markers and names placed, styles, layout. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildMap } from '../../main/map/build-map.ts';
import { readOfficialLists } from '../../main/map/official-lists.ts';
import { systemFiles } from '../../main/platform/files.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { outline, outlinesAreThere } from '../unit/map/real-outlines.ts';
import { percentile, type BenchRow } from './bench-row.ts';

const DRAWN_WITHIN_MS = 150;
const SCREEN_WITHIN_MS = 100;

const row = (name: string, ours: number, atMost: number): BenchRow => ({
  name,
  ours: Math.round(ours * 10) / 10,
  reference: null,
  ratio: null,
  target: `<= ${atMost}`,
  ok: ours <= atMost,
});

export const benchDirectoryMap = async (): Promise<readonly BenchRow[]> => {
  if (!outlinesAreThere) {
    process.stderr.write('bench directory-map: SKIPPED, official outlines are not on this machine\n');
    return [];
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-map-'));
  cpSync(join(import.meta.dirname, '../../kiosk-config'), folder, { recursive: true });
  const made = buildMap([outline('communes-03.geojson'), outline('rivieres-03.geojson')], {
    lists: await readOfficialLists(systemFiles),
  });
  if (!made.ok) throw new Error(made.error.join());
  writeFileSync(join(folder, 'map.json'), JSON.stringify(made.value.map));
  const kiosk = await runKiosk({ configDir: folder });
  try {
    const { screens } = kiosk;
    await screens.getByRole('button', { name: /Commencer/ }).click();
    await screens.getByRole('button', { name: 'De l’aide près d’ici' }).click();
    const all = screens.getByRole('button', { name: 'Voir tous les lieux' });
    await all.click();
    await screens.locator('[data-place]').first().waitFor();
    const drawn: number[] = [];
    const screen: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      await screens.getByRole('button', { name: 'Retour' }).click();
      await all.waitFor();
      const took = await all.evaluate(async (button: HTMLElement) => {
        const began = performance.now();
        button.click();
        while (!document.querySelector('.map svg .marker')) await new Promise((next) => setTimeout(next, 0));
        document.body.getBoundingClientRect(); // styles and layout, as a frame would
        const map = performance.now() - began;
        await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
        return { map, frame: performance.now() - began };
      });
      drawn.push(took.map);
      screen.push(took.frame);
    }
    return [
      row(
        `directory: map of ${made.value.map.towns.length} communes drawn, p95 of ${drawn.length}, ms`,
        percentile(drawn, 0.95),
        DRAWN_WITHIN_MS,
      ),
      row(
        `directory: from screen to screen, its first frame, p95 of ${screen.length}, ms`,
        percentile(screen, 0.95),
        SCREEN_WITHIN_MS,
      ),
    ];
  } finally {
    await kiosk.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
