/**
 * What reading a pile of sheets weighs, in a process of its own: `node test/bench/scan-memory.ts PAGE.jpg…` prints its peak PSS in MB.
 * The bench itself draws and damages sheets, which weighs more than the work.
 */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { DocumentOperations, PaperPage } from '../../main/features/documents/work/operations.ts';
import { createAskThread } from '../../main/platform/ask-thread.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { threadOf } from '../../main/platform/worker.ts';
import { realPageWorkshop, realReader } from '../harness/scanning/scanning-stage.ts';

/** What this process really weighs: its own memory and its share of what it shares. */
const pssMb = (): number =>
  Number(/^Pss:\s+(\d+) kB/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1] ?? 0) / 1024;

let peakMb = pssMb();
const weighing = setInterval(() => (peakMb = Math.max(peakMb, pssMb())), 200);
const workshop = realPageWorkshop();
const reader = realReader(2);
const documents = createAskThread<DocumentOperations>({
  startThread: threadOf(new URL('../../main/features/documents/work/document-thread.ts', import.meta.url)),
  clock: systemClock,
  timeoutMs: () => 120_000,
  maxHeapMb: 1024,
});
const pages: PaperPage[] = [];
for (const [at, file] of process.argv.slice(2).entries()) {
  const scan = { number: at + 1, dpi: 300, image: { format: 'jpeg', bytes: await readFile(file) } } as const;
  const made = await workshop.ask('prepare', scan);
  if (!made.ok) throw new Error(made.error);
  const { reading, readingDpi, jpeg, width, height, dpi, colour } = made.value;
  const read = await reader.read(reading, readingDpi);
  pages.push({ jpeg, width, height, dpi, colour, lines: read?.lines ?? [] });
}
await documents.ask('makePaper', { pages, title: 'x', dateMs: 0 });
clearInterval(weighing);
await Promise.all([workshop.clear(), reader.clear(), documents.clear()]);
process.stdout.write(`${Math.round(Math.max(peakMb, pssMb()))}\n`);
process.exit(0);
