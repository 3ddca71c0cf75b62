/**
 * Run in its own process by `sharp-wasm.ts`: prepares one scanned page (a JPEG) several times and prints time and
 * memory.
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { preparePage } from '../../main/features/scanning/pages/prepare-page.ts';
import { median } from './bench-row.ts';

const ROUNDS = 5;

sharp.concurrency(1);
sharp.cache(false);

const bytes = new Uint8Array(readFileSync(process.argv.at(-1) ?? ''));
const took: number[] = [];
let width = 0;
for (let i = 0; i < ROUNDS; i += 1) {
  const start = performance.now();
  const page = { number: 1, dpi: 300, image: { format: 'jpeg' as const, bytes } };
  ({ width } = await preparePage(page, { onPreview: () => undefined, whole: false }));
  took.push(performance.now() - start);
}
const rssMb = Math.round(process.memoryUsage().rss / 1024 / 1024);
process.stdout.write(JSON.stringify({ ms: median(took), rssMb, width, wasm: 'emscripten' in sharp.versions }));
process.exit(0);
