/** The directory on a real kiosk with ten thousand imported places: a keystroke, the map, changes of screen. */
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import type { Place } from '../../main/features/directory/place.ts';
import { createDirectoryStore } from '../../main/features/directory/store.ts';
import { buildMap } from '../../main/map/build-map.ts';
import { readOfficialLists } from '../../main/map/official-lists.ts';
import { systemFiles } from '../../main/platform/files.ts';
import { onDirectory } from '../e2e/pages/on-directory.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { outline, outlinesAreThere } from '../unit/map/real-outlines.ts';
import { percentile, type BenchRow } from './bench-row.ts';
import { FRAME_MS, held, MAP_MS, SCREEN_MS, TYPED } from './directory-bounds.ts';

const TURNS = 12;
const HAND_MS = 150;

/** Includes the outlines of all communes when this machine has them, which is the hardest shipped map to draw. */
const writeMap = async (configDir: string): Promise<number> => {
  if (!outlinesAreThere) {
    process.stderr.write('bench directory: the map as it ships, official outlines are not on this machine\n');
    return 0;
  }
  const made = buildMap([outline('communes-03.geojson'), outline('rivieres-03.geojson')], {
    lists: await readOfficialLists(systemFiles),
  });
  if (!made.ok) throw new Error(made.error.join());
  writeFileSync(join(configDir, 'map.json'), JSON.stringify(made.value.map));
  return made.value.map.towns.length;
};

export const benchDirectoryScreens = async (places: readonly Place[]): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-places-'));
  const [configDir, state] = [join(folder, 'config'), join(folder, 'state')];
  cpSync(join(import.meta.dirname, '../../kiosk-config'), configDir, { recursive: true });
  // Stored as an import does: parsing ten thousand places from YAML would delay the start beyond the browser's timeout.
  const store = createDirectoryStore({
    files: systemFiles,
    folder: join(state, 'directory'),
    onDamaged: () => undefined,
  });
  const kept = await store.replaceImport({ version: 1, importedOn: '2026-11-26', files: ['essai.csv'], places });
  if (!kept.ok) throw new Error(kept.error.code);
  const communes = await writeMap(configDir);
  const kiosk = await runKiosk({ configDir, state });
  try {
    const { screens } = kiosk;
    const see = onDirectory(screens);
    await screens.getByRole('button', { name: /Commencer/ }).click();
    await see.nearHere.click();
    await see.anyPlace.click();
    await see.names.first().waitFor();
    const found = Number(/\d+/.exec((await see.count.textContent()) ?? '')?.[0]);
    if (found < places.length) throw new Error(`${found} places on the screen`);
    const keys = await typing(see.town);
    const { drawn, screen } = await screenToScreen(screens, see.anyPlace);
    return [
      held(
        `directory: keystroke to cards and map in place, p95 of ${keys.length} over ${found} places, ms`,
        percentile(keys, 0.95),
        FRAME_MS,
      ),
      ...(communes === 0
        ? []
        : [
            held(
              `directory: map of ${communes} communes drawn, p95 of ${drawn.length}, ms`,
              percentile(drawn, 0.95),
              MAP_MS,
            ),
          ]),
      held(
        `directory: from screen to screen, its first frame, p95 of ${screen.length}, ms`,
        percentile(screen, 0.95),
        SCREEN_MS,
      ),
    ];
  } finally {
    await kiosk.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Time from the event through style and layout. */
const typing = async (town: Locator): Promise<readonly number[]> => {
  await town.fill('a');
  const times: number[] = [];
  for (const word of TYPED) {
    for (let n = 2; n <= word.length; n++) {
      times.push(
        await town.evaluate(
          async (field, text) => {
            const began = performance.now();
            Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));
            await Promise.resolve();
            await Promise.resolve();
            document.body.getBoundingClientRect();
            return performance.now() - began;
          },
          word.slice(0, n),
        ),
      );
    }
  }
  return times;
};

const screenToScreen = async (
  screens: Page,
  all: Locator,
): Promise<{ readonly drawn: readonly number[]; readonly screen: readonly number[] }> => {
  const drawn: number[] = [];
  const screen: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    await screens.getByRole('button', { name: 'Retour' }).click();
    await all.waitFor();
    // Let the way back finish drawing, so that it does not count for the next press.
    await screens.waitForTimeout(HAND_MS);
    const took = await all.evaluate(async (button: HTMLElement) => {
      const began = performance.now();
      button.click();
      while (!document.querySelector('.map svg .marker')) await new Promise((next) => setTimeout(next, 0));
      document.body.getBoundingClientRect();
      const map = performance.now() - began;
      await new Promise((next) => requestAnimationFrame(() => setTimeout(next, 0)));
      return { map, frame: performance.now() - began };
    });
    drawn.push(took.map);
    screen.push(took.frame);
  }
  return { drawn, screen };
};
