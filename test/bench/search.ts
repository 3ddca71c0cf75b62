/** With 1,000 démarches: time from a keystroke to the laid-out results (script, style and layout), 95th percentile. */
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeUrgencyDetector } from '../../renderer/features/catalogue/urgent-words.ts';
import { makeSearch } from '../../renderer/features/catalogue/search.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { measureSearch, readQueries, readUrgentQueries } from '../harness/search-queries.ts';
import { readUrgentHelp } from '../unit/content/read-content.ts';
import { shippedCatalogue } from '../unit/renderer/catalogue-files.ts';
import { percentile, type BenchRow } from './bench-row.ts';

const COUNT = 1_000;
const FRAME_MS = 16;
const TYPED = [
  'apl',
  'carte grise',
  'pole emploi',
  'papiers didentite',
  'declaration trimestrielle',
  'attestaton',
  'secu',
  'rsa',
  'permis',
  'aide',
];

const thousandDemarches = (): string => {
  const root = join(import.meta.dirname, '../..');
  const folder = mkdtempSync(join(tmpdir(), 'thousand-'));
  cpSync(join(root, 'kiosk-config'), folder, { recursive: true });
  const names = readdirSync(join(folder, 'demarches')).filter((name) => name.endsWith('.yaml'));
  for (let i = names.length; i < COUNT; i++) {
    const name = names[i % names.length] ?? '';
    const text = readFileSync(join(root, 'kiosk-config/demarches', name), 'utf8');
    const id = `${name.replace('.yaml', '')}-${i}`;
    writeFileSync(
      join(folder, 'demarches', `${id}.yaml`),
      text.replace(/^id: .*$/m, `id: ${id}`).replace(/^title: (['"]?)(.*?)(['"]?)$/m, `title: $1$2 ${i}$3`),
    );
  }
  return folder;
};

/** On the shipped catalogue: the share of typed queries with a good result. */
const understood = (): readonly BenchRow[] => {
  const { demarches, synonyms } = shippedCatalogue();
  const search = makeSearch(demarches, synonyms);
  return (['tuned', 'untouched'] as const).flatMap((half) => {
    const figures = measureSearch(
      search,
      readQueries().filter((query) => query.half === half),
    );
    const row = (what: string, share: number, target: number, ok: boolean, sign: string): BenchRow => ({
      name: `search: ${what}, ${half} half of ${figures.asked} questions, %`,
      ours: Math.round(share * 1000) / 10,
      reference: null,
      ratio: null,
      target: `${sign} ${target * 100}`,
      ok,
    });
    return [
      row('right answer first', figures.first, 0.93, figures.first >= 0.93, '>='),
      row('right answer in the first three', figures.firstThree, 0.98, figures.firstThree >= 0.98, '>='),
      row('no answer', figures.nothing, 0.005, figures.nothing <= 0.005, '<='),
    ];
  });
};

/** Queries of people in danger that show a démarche instead of the emergency number. */
const harmful = (): BenchRow => {
  const hear = makeUrgencyDetector(Object.values(readUrgentHelp()));
  const questions = readUrgentQueries();
  const left = questions.filter(({ question }) => hear(question).length === 0).length;
  return {
    name: `search: harmful first answer, ${questions.length} questions of people in danger, %`,
    ours: Math.round((1000 * left) / questions.length) / 10,
    reference: null,
    ratio: null,
    target: '0',
    ok: left === 0,
  };
};

export const benchSearch = async (): Promise<readonly BenchRow[]> => {
  const folder = thousandDemarches();
  const kiosk = await runKiosk({ configDir: folder });
  try {
    const { screens } = kiosk;
    await screens.getByRole('button', { name: /Commencer/ }).click();
    const field = screens
      .getByRole('textbox')
      .or(screens.getByRole('searchbox'))
      .or(screens.getByRole('combobox'))
      .first();
    await field.fill('a');
    await field.fill('');
    const times: number[] = [];
    for (const word of TYPED) {
      for (let n = 1; n <= word.length; n++) {
        times.push(
          await field.evaluate(
            async (input: HTMLInputElement, text) => {
              const began = performance.now();
              Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, text);
              input.dispatchEvent(new InputEvent('input', { bubbles: true }));
              await Promise.resolve();
              await Promise.resolve();
              document.body.getBoundingClientRect(); // forces style and layout
              return performance.now() - began;
            },
            word.slice(0, n),
          ),
        );
      }
    }
    const p95 = percentile(times, 0.95);
    return [
      {
        name: `search: keystroke to results, p95 of ${times.length} over ${COUNT} démarches, ms`,
        ours: Math.round(p95 * 10) / 10,
        reference: FRAME_MS,
        ratio: Math.round((p95 / FRAME_MS) * 100) / 100,
        target: '<= 1',
        ok: p95 <= FRAME_MS,
      },
      ...understood(),
      harmful(),
    ];
  } finally {
    await kiosk.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
