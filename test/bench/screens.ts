/**
 * Time from a press to the first frame of the next screen, on the real kiosk with the demonstration's machines and
 * sites: every screen of every shipped tutorial and of every other part. The time that a machine or a site needs
 * (scanning, rendering pages, loading a site) is measured in `scan`, `print` and `open`; here only its waiting screen
 * counts. The agent's screens count from after the passphrase check, which is slow on purpose.
 */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createAgentActions } from '../e2e/pages/agent.ts';
import { addTutorials } from '../harness/tutorials-config.ts';
import { deriveConfig } from '../harness/machines/derive-config.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { percentile, type BenchRow } from './bench-row.ts';
import { gone, presses } from './screen-press.ts';
import { ways } from './screen-ways.ts';

const WITHIN_MS = 100;
const HOLD_S = 2;
const root = join(import.meta.dirname, '..', '..');

const row = (name: string, took: readonly number[]): BenchRow => {
  const ours = Math.round(percentile(took, 0.95) * 10) / 10;
  const most = Math.round(Math.max(...took));
  return {
    name: `screens: ${name}, p95 of ${took.length} presses (most ${most}), ms`,
    ours,
    reference: null,
    ratio: null,
    target: `<= ${WITHIN_MS}`,
    ok: ours <= WITHIN_MS,
  };
};

const agentPages = async (kiosk: RunningKiosk, took: number[]): Promise<void> => {
  const press = presses(kiosk.screens, took);
  const agent = createAgentActions(kiosk);
  await agent.setPassphrase();
  await agent.open();
  for (const page of ['La borne', 'L’accueil', 'Les chiffres'])
    await press('dialog[open] nav button', page, 'dialog[open] h2');
  await press('dialog[open] button', 'Fermer l’espace agent', gone('dialog[open]'));
};

const BLOCK_BYTES = 4096;
const MOST_BYTES = 3_000_000;
/** Installed size in whole disk blocks. Counts our sources, which are larger than the build. */
const installedBytes = (folder: string): number =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => Math.ceil(statSync(join(one.parentPath, one.name)).size / BLOCK_BYTES) * BLOCK_BYTES)
    .reduce((sum, size) => sum + size, 0);
const sizeRow = (): BenchRow => {
  const bytes = ['kiosk-config/tutorials', 'main/features/tutorials', 'renderer/features/tutorials']
    .map(installedBytes)
    .reduce((sum, size) => sum + size, 0);
  return {
    name: 'screens: what the tutorials add to the installed size, kB',
    ours: Math.round(bytes / 1000),
    reference: null,
    ratio: null,
    target: `<= ${MOST_BYTES / 1000}`,
    ok: bytes <= MOST_BYTES,
  };
};

export const benchScreens = async (): Promise<readonly BenchRow[]> => {
  const config = deriveConfig({ agentDoor: { holdS: HOLD_S } });
  addTutorials(config.dir, 'shipped');
  const kiosk = await runKiosk({ configDir: config.dir });
  try {
    const { screens } = kiosk;
    const parts: (readonly [name: string, took: readonly number[]])[] = [];
    const agent: number[] = [];
    await agentPages(kiosk, agent);
    await screens.getByRole('button', { name: /Commencer/ }).click();
    await screens.locator('.wide button').first().waitFor();
    for (const { name, times, walk } of ways) {
      const took: number[] = [];
      for (let turn = 0; turn < times; turn += 1) await walk(presses(screens, took), screens);
      parts.push([name, took]);
    }
    parts.push(['the agent’s pages', agent]);
    const all = parts.flatMap(([, took]) => took);
    return [row('all', all), ...parts.map(([name, took]) => row(name, took)), sizeRow()];
  } finally {
    await kiosk.stop();
    config.remove();
  }
};
