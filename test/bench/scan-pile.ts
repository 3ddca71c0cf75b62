/**
 * Makes a searchable PDF of a pile of sheets, in its own process, started like the kiosk's: `node
 * test/bench/scan-pile.ts PAGE.jpg…` prints `PileFigures`. Drawing and damaging the sheets needs more memory than this
 * work, so the bench does it in another process.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ScannedPage } from '../../main/devices/scanner.ts';
import { realPageDecoder, realReader } from '../harness/scanning/scanning-fixture.ts';
import { finishedPage, realDocumentDecoder } from './scan-page.ts';

export interface PileFigures {
  readonly seconds: number;
  readonly peakMb: number;
  /** Delay of the event loop, 99th percentile. */
  readonly delayMs: number;
  readonly shownMs: number;
  /** Seconds per page. */
  readonly fitSeconds: number;
  readonly fits: boolean;
}

/** PSS of this process: its own memory and its part of shared memory. */
const pssMb = (): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1] ?? 0) / 1024;

const measure = async (files: readonly string[]): Promise<PileFigures> => {
  const scans: ScannedPage[] = [];
  for (const [at, file] of files.entries())
    scans.push({ number: at + 1, dpi: 300, image: { format: 'jpeg', bytes: new Uint8Array(await readFile(file)) } });
  const pageDecoder = realPageDecoder();
  const reader = realReader(2);
  const documents = realDocumentDecoder();
  let peakMb = pssMb();
  const weighing = setInterval(() => (peakMb = Math.max(peakMb, pssMb())), 100);
  const delay = monitorEventLoopDelay({ resolution: 10 });
  delay.enable();
  const startedMs = performance.now();
  const made = await Promise.all(scans.map((scan) => finishedPage(pageDecoder, reader, scan)));
  const pages = made.map(({ page }) => page);
  const paper = await documents.ask('makePaper', { pages, title: 'x', dateMs: 0 });
  const seconds = (performance.now() - startedMs) / 1000;
  delay.disable();
  if (!paper.ok) throw new Error(paper.error);

  const fitStartedMs = performance.now();
  const fitted = await documents.ask('fit', {
    source: { kind: 'pages', pages },
    format: 'pdf',
    maxBytes: Math.round(paper.value.pdf.length * 0.3),
    orLightest: false,
    maySplit: false,
    title: 'x',
    dateMs: 0,
  });
  const fitSeconds = (performance.now() - fitStartedMs) / 1000 / pages.length;
  clearInterval(weighing);

  const deliveredMs = performance.now();
  let shownMs = 0;
  await pageDecoder.ask('prepare', scans[0]!, () => (shownMs = performance.now() - deliveredMs));
  await Promise.all([pageDecoder.clear(), reader.clear(), documents.clear()]);
  const delayMs = Math.round(delay.percentile(99) / 1e6);
  return { seconds, peakMb: Math.round(peakMb), delayMs, shownMs, fitSeconds, fits: fitted.ok };
};

if (import.meta.main) process.stdout.write(JSON.stringify(await measure(process.argv.slice(2))));
