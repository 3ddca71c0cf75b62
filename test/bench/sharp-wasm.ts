/**
 * `sharp`: preparing a scanned page with sharp in WebAssembly (used under Electron on Linux), against its native
 * library.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { scanOf } from '../harness/scanning/damage.ts';
import { letter } from '../harness/scanning/papers.ts';
import { ratioRow, type BenchRow } from './bench-row.ts';

interface Played {
  readonly ms: number;
  readonly rssMb: number;
  readonly width: number;
  readonly wasm: boolean;
}

const at = (path: string): URL => new URL(path, import.meta.url);
const page = at('./sharp-wasm-page.ts');
const entry = fileURLToPath(at('../../main/shell/electron/decoder-entry.ts'));

const play = async (words: readonly string[]): Promise<Played> => {
  const { stdout } = await promisify(execFile)(process.execPath, [...words], { timeout: 180_000 });
  return JSON.parse(stdout) as Played;
};

/** A page as a scanner delivers it. Drawn in this process, because sharp in WebAssembly cannot render text. */
const scanned = async (): Promise<Uint8Array> => {
  const { image } = await scanOf(letter, { dpi: 300, skewDeg: 1.5, noise: 10 }, 1);
  if (image.format !== 'raw') throw new Error('raw expected');
  const { width, height, channels } = image;
  return sharp(image.bytes, { raw: { width, height, channels } }).jpeg({ quality: 90 }).toBuffer();
};

/** The preview appears within a second or two. People wait for the prepared page only once, at the end. */
const AT_MOST = 3;
/** `MAX_MEMORY_MB` of a decoder, which is killed above it. */
const MEMORY_MB = 768;

const rowsOf = (native: Played, wasm: Played): readonly BenchRow[] => {
  if (native.wasm || !wasm.wasm) throw new Error('both played with the same sharp');
  if (native.width !== wasm.width) throw new Error('they made another page of it');
  return [
    ratioRow('sharp in WebAssembly: a page at 300 dpi made ready, ms', wasm.ms, native.ms, AT_MOST),
    {
      name: 'sharp in WebAssembly: memory of the decoder, MB',
      ours: wasm.rssMb,
      reference: native.rssMb,
      ratio: Math.round((wasm.rssMb / native.rssMb) * 100) / 100,
      target: `< ${MEMORY_MB}`,
      ok: wasm.rssMb < MEMORY_MB,
    },
  ];
};

export const benchSharp = async (): Promise<readonly BenchRow[]> => {
  const folder = await mkdtemp(join(tmpdir(), 'pn-sharp-'));
  const scan = join(folder, 'page.jpg');
  await writeFile(scan, await scanned());
  try {
    return rowsOf(await play([fileURLToPath(page), scan]), await play([entry, page.href, scan]));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
