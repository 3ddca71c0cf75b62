/**
 * The words of a watermark must be on the paper whatever draws it: sharp in WebAssembly (Electron on Linux) knows no
 * font.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const file = (path: string): string => JSON.stringify(new URL(`file://${join(root, path)}`).href);

const SCRIPT = `
  import { readFileSync } from 'node:fs';
  import sharp from ${file('node_modules/sharp/dist/index.mjs')};
  import { burnWatermark } from ${file('main/features/documents/work/watermark.ts')};
  const font = readFileSync(new URL(${file('resources/fonts/atkinson-hyperlegible-next-700.woff')}));
  const create = { width: 620, height: 877, channels: 3, background: '#ffffff' };
  const jpeg = await sharp({ create }).jpeg().toBuffer();
  const page = { jpeg, width: 620, height: 877, dpi: 75, colour: false, lines: [] };
  const marked = async (words) => {
    const { jpeg } = await burnWatermark(page, words, font);
    return Math.round((await sharp(jpeg).stats()).channels[0].mean);
  };
  const refused = await marked('日本').then(() => false, () => true);
  console.log(JSON.stringify({ mean: await marked('Copie pour l’Agence Éa – 25/11/2026'), refused }));
  process.exit(0);`;

const play = (entry: readonly string[]): { readonly mean: number; readonly refused: boolean } => {
  const words = ['--disable-warning=ExperimentalWarning', ...entry];
  return JSON.parse(execFileSync(process.execPath, words, { encoding: 'utf8', timeout: 60_000 })) as ReturnType<
    typeof play
  >;
};

describe('a watermark', () => {
  const script = `data:text/javascript,${encodeURIComponent(SCRIPT)}`;

  it.each([
    ['sharp’s own library', ['--input-type=module', '-e', SCRIPT]],
    ['sharp in WebAssembly', [join(root, 'main/shell/electron/decoder-entry.ts'), script]],
  ])('is on the paper with %s, and nothing is kept when no letter of it can be written', (_sharp, entry) => {
    const { mean, refused } = play(entry);
    expect(mean).toBeLessThan(253);
    expect(mean).toBeGreaterThan(200);
    expect(refused).toBe(true);
  });
});
