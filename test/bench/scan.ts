/**
 * Clean-up and OCR of scans, against `ocrmypdf --deskew --rotate-pages --clean` on the same pictures: wrong characters,
 * time, size. Gives rows for the bench table; run alone, it prints them. `--quick` uses one paper for each kind of
 * damage.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import sharp from 'sharp';
import type { ScannedPage } from '../../main/devices/scanner.ts';
import { textOf } from '../../main/devices/text-reader.ts';
import { MEMORY_ENV } from '../../main/platform/supervised-process.ts';
import { scanOf, type Damage } from '../harness/scanning/damage.ts';
import { allPapers, attestationCaf, letter, trueText, type Paper } from '../harness/scanning/papers.ts';
import { realPageDecoder, realReader } from '../harness/scanning/scanning-fixture.ts';
import type { BenchRow } from './bench-row.ts';
import { finishedPage, realDocumentDecoder } from './scan-page.ts';
import type { PileFigures } from './scan-pile.ts';

const exec = promisify(execFile);

const plain = (text: string): string => text.normalize('NFC').replace(/[’‘]/g, "'").replace(/\s+/g, ' ').trim();

/** Share of characters to change from the OCR result to the true text (Levenshtein distance). */
export const characterErrorRate = (truth: string, read: string): number => {
  const [a, b] = [plain(truth), plain(read)];
  let before = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1)
      row[j] = Math.min(row[j - 1]! + 1, before[j]! + 1, before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    before = row;
  }
  return before[b.length]! / Math.max(1, a.length);
};

const DAMAGES: readonly (readonly [name: string, damage: Damage])[] = [
  ['clean 300', { dpi: 300 }],
  ['crooked 300', { dpi: 300, skewDeg: 2.4, noise: 14 }],
  ['grey paper 200', { dpi: 200, skewDeg: -1.6, noise: 18, shadow: 0.2, paper: '#e8e4da' }],
  ['upside down 200', { dpi: 200, turnDeg: 180, skewDeg: 1, noise: 10 }],
  ['faint 150', { dpi: 150, skewDeg: 1.2, noise: 10, exposure: 0.8 }],
  ['heavy damage 200', { dpi: 200, skewDeg: 3.2, noise: 40, shadow: 0.35, paper: '#ece6d8' }],
];

const jpegOf = async (scan: ScannedPage): Promise<Buffer> => {
  const { image } = scan;
  if (image.format !== 'raw') throw new Error('raw expected');
  return sharp(image.bytes, { raw: { width: image.width, height: image.height, channels: image.channels } })
    .withMetadata({ density: scan.dpi })
    .jpeg({ quality: 90 })
    .toBuffer();
};

const reference = async (folder: string, scan: ScannedPage): Promise<{ text: string; sizeBytes: number }> => {
  const [input, output, text] = [join(folder, 'in.jpg'), join(folder, 'out.pdf'), join(folder, 'out.txt')];
  await writeFile(input, await jpegOf(scan));
  await exec(
    'ocrmypdf',
    ['-q', '-l', 'fra', '--deskew', '--rotate-pages', '--clean', '--sidecar', text, input, output],
    { timeout: 240_000 },
  );
  return { text: await readFile(text, 'utf8'), sizeBytes: (await stat(output)).size };
};

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
const percent = (value: number): number => Math.round(value * 10_000) / 100;

const row = (name: string, ourValue: number, referenceValue: number | null, target: string, ok: boolean): BenchRow => ({
  name,
  ours: ourValue,
  reference: referenceValue,
  ratio: referenceValue ? Math.round((100 * ourValue) / referenceValue) / 100 : null,
  target,
  ok,
});

const readingRows = async (
  folder: string,
  hasReference: boolean,
  papers: readonly Paper[],
): Promise<readonly BenchRow[]> => {
  const pageDecoder = realPageDecoder();
  const reader = realReader(2);
  const documents = realDocumentDecoder();
  const rows: BenchRow[] = [];
  try {
    for (const [name, damage] of DAMAGES) {
      const [mine, theirs, sizes, theirSizes]: number[][] = [[], [], [], []];
      for (const [at, paper] of papers.entries()) {
        const scan = await scanOf(paper, damage, at + 1);
        const result = await finishedPage(pageDecoder, reader, scan);
        mine!.push(characterErrorRate(trueText(paper), textOf(result.read)));
        const made = await documents.ask('makePaper', { pages: [result.page], title: 'x', dateMs: 0 });
        if (made.ok) sizes!.push(made.value.pdf.length);
        if (!hasReference) continue;
        const other = await reference(folder, scan);
        theirs!.push(characterErrorRate(trueText(paper), other.text));
        theirSizes!.push(other.sizeBytes);
      }
      const theirRate = hasReference ? percent(mean(theirs!)) : null;
      const damaged = name !== 'clean 300';
      const ourRate = percent(mean(mine!));
      rows.push(
        row(
          `scan: characters wrong, ${name}, %`,
          ourRate,
          theirRate,
          damaged ? '<= 0.9x' : '<= 1.0x',
          theirRate === null ? ourRate < 5 : ourRate <= theirRate * (damaged ? 0.9 : 1),
        ),
        row(
          `scan: PDF size, ${name}, kB`,
          Math.round(mean(sizes!) / 1000),
          hasReference ? Math.round(mean(theirSizes!) / 1000) : null,
          '<= 1.0x',
          !hasReference || mean(sizes!) <= mean(theirSizes!),
        ),
      );
    }
    return rows;
  } finally {
    await Promise.all([pageDecoder.clear(), reader.clear(), documents.clear()]);
  }
};

const pileRows = async (folder: string, hasReference: boolean, count: number): Promise<readonly BenchRow[]> => {
  // As a network scanner delivers them.
  const files: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const scan = await scanOf(allPapers[i % allPapers.length]!, { dpi: 300, skewDeg: 1.5, noise: 10 }, i + 1);
    files.push(join(folder, `page-${i}.jpg`));
    await writeFile(files[i]!, await jpegOf(scan));
  }
  const alone = await exec(process.execPath, [join(import.meta.dirname, 'scan-pile.ts'), ...files], {
    env: { ...process.env, ...MEMORY_ENV },
  });
  const { seconds: ourSeconds, peakMb, delayMs, shownMs, fitSeconds, fits } = JSON.parse(alone.stdout) as PileFigures;

  let theirSeconds: number | null = null;
  if (hasReference) {
    const { PDFDocument } = await import('@cantoo/pdf-lib');
    const pdf = await PDFDocument.create();
    for (const file of files) {
      const image = await pdf.embedJpg(await readFile(file));
      pdf.addPage([595.28, 841.89]).drawImage(image, { x: 0, y: 0, width: 595.28, height: 841.89 });
    }
    await writeFile(join(folder, 'ten.pdf'), await pdf.save());
    const before = performance.now();
    await exec(
      'ocrmypdf',
      [
        '-q',
        '-j2',
        '-l',
        'fra',
        '--deskew',
        '--rotate-pages',
        '--clean',
        join(folder, 'ten.pdf'),
        join(folder, 'ten-out.pdf'),
      ],
      { timeout: 900_000 },
    );
    theirSeconds = (performance.now() - before) / 1000;
  }
  const round = (value: number): number => Math.round(value * 10) / 10;
  return [
    row(
      `scan: ${count} pages A4 300 dpi to a searchable PDF, s`,
      round(ourSeconds),
      theirSeconds === null ? null : round(theirSeconds),
      '<= 0.6x',
      theirSeconds === null || ourSeconds <= theirSeconds * 0.6,
    ),
    row('scan: peak memory (PSS) of that work alone, MB', peakMb, null, '<= 700', peakMb > 0 && peakMb <= 700),
    row('scan: event-loop delay p99 meanwhile, ms', delayMs, null, '<= 100', delayMs <= 100),
    row(
      'scan: preview shown after the page came, ms',
      Math.round(shownMs),
      null,
      '<= 1000',
      shownMs > 0 && shownMs <= 1000,
    ),
    row('scan: brought under a third of its size, s a page', round(fitSeconds), null, '<= 2', fits && fitSeconds <= 2),
  ];
};

export const benchScan = async (options: { readonly quick?: boolean } = {}): Promise<readonly BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'bench-scan-'));
  const hasReference = await exec('ocrmypdf', ['--version']).then(
    () => true,
    () => false,
  );
  if (!hasReference) console.warn('SKIPPED: ocrmypdf is not installed; the reference column is empty');
  try {
    return [
      ...(await readingRows(folder, hasReference, options.quick ? [attestationCaf, letter] : allPapers)),
      ...(await pileRows(folder, hasReference, options.quick ? 4 : 10)),
    ];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

if (import.meta.main) console.table(await benchScan({ quick: process.argv.includes('--quick') }));
