/**
 * Copied into a packed program and run there by plain Node. It loads every package as the kiosk does, and exercises
 * those whose files were pruned. It is started like an Electron decoder script, so that the packed sharp is used.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PDFDocument } from '@cantoo/pdf-lib';
import fontkit from '@cantoo/fontkit';
import Database from 'better-sqlite3';
import libheif from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import sharp from 'sharp';
import { createWorker, OEM } from 'tesseract.js';

const app = import.meta.dirname;
const ours = async <T>(path: string): Promise<T> => (await import(pathToFileURL(join(app, path)).href)) as T;

const pdf = await PDFDocument.create();
pdf.addPage([200, 100]).drawText('Attestation', { size: 20 });
const { openPdf } = await ours<typeof import('../../../main/pdf/open-pdf.ts')>('dist/main/pdf/open-pdf.js');
const opened = await openPdf(await pdf.save(), (why) => new Error(why));
const pages = opened.document.numPages;
await opened.close();

const blank = { create: { width: 60, height: 60, channels: 3, background: '#fff' } } as const;
const reader = await createWorker('fra', OEM.LSTM_ONLY, {
  langPath: join(app, 'node_modules/@tesseract.js-data/fra/4.0.0_best_int'),
  cacheMethod: 'none',
  gzip: true,
});
const { data } = await reader.recognize(await sharp(blank).png().toBuffer());
await reader.terminate();

const missing: string[] = [];
for (const name of JSON.parse(process.env['PN_PACKAGES'] ?? '[]') as string[])
  await import(name).catch((error: unknown) => missing.push(`${name}: ${String(error)}`));

process.stdout.write(
  JSON.stringify({
    pages,
    text: data.text.trim(),
    sharp: 'emscripten' in sharp.versions ? 'wasm' : 'native',
    sqlite: new Database(':memory:').prepare('select 1 as one').get(),
    heif: typeof libheif().HeifDecoder,
    font: typeof fontkit.create,
    missing,
  }),
);
process.exit(0);
