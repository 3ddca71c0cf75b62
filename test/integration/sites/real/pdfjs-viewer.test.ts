/**
 * The print button of pdf.js's own viewer, which many sites embed. It draws each page of the PDF into the page, prints
 * that, and removes it again.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join } from 'node:path';
import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const AT = 'https://lecteur-exemple.test';
const VIEWER = join(
  dirname(createRequire(import.meta.url).resolve('pdfjs-dist-viewer-min/package.json')),
  'build/minified',
);
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css',
  '.js': 'text/javascript',
  '.svg': 'image/svg+xml',
};
const READER = '/web/viewer.html?file=/papier.pdf';
/** Tells when the viewer can print, and where its button is. */
const SAYS_READY = `<script>addEventListener('load', async () => {
  while (!window.PDFViewerApplication?.pdfViewer?.pageViewsReady) await new Promise((go) => setTimeout(go, 50));
  const { x, y, width, height } = document.getElementById('print').getBoundingClientRect();
  fetch('/bouton?x=' + Math.round(x + width / 2) + '&y=' + Math.round(y + height / 2));
})</script>`;
const AROUND = `<!doctype html><link rel="icon" href="data:,"><body style="margin:0">
<iframe src="${READER}" style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe>`;

const COLOURS = [
  { r: 200, g: 20, b: 30 },
  { r: 20, g: 60, b: 200 },
  { r: 20, g: 140, b: 60 },
];

describe.skipIf(findChromium() === undefined)('the viewer of pdf.js', () => {
  let site: OneSite;
  beforeAll(async () => {
    const paper = await PDFDocument.create();
    for (const { r, g, b } of COLOURS) {
      const size = { width: 595, height: 842 };
      paper
        .addPage([size.width, size.height])
        .drawRectangle({ x: 0, y: 0, ...size, color: rgb(r / 255, g / 255, b / 255) });
    }
    const bytes = await paper.save();
    site = await openOneSite({
      hosts: ['lecteur-exemple.test'],
      answer({ path }) {
        const { pathname } = new URL(path, AT);
        if (pathname === '/') return { body: AROUND };
        if (pathname === '/papier.pdf') return { type: 'application/pdf', body: bytes };
        const file = join(VIEWER, pathname);
        if (!existsSync(file)) return undefined;
        const body = readFileSync(file);
        const type = TYPES[extname(file)] ?? 'application/octet-stream';
        return { type, body: pathname.endsWith('viewer.html') ? `${body.toString()}${SAYS_READY}` : body };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const colourOf = async (pdf: Uint8Array, page: number) => {
    const drawn = execFileSync('pdftoppm', ['-r', '20', '-f', `${page}`, '-l', `${page}`, '-png', '-'], { input: pdf });
    const { width, height } = await sharp(drawn).metadata();
    const middle = { left: Math.round(width / 2), top: Math.round(height / 2), width: 1, height: 1 };
    return sharp(drawn).extract(middle).removeAlpha().raw().toBuffer();
  };

  it.each([
    ['alone', READER],
    ['in a frame', '/'],
  ])('%s: its print button prints every page of the PDF, and nothing else', async (_where, path) => {
    await site.open(`${AT}${path}`);
    const { searchParams: at } = new URL((await site.askedFor(/^\/bouton/)).path, AT);
    site.press(Number(at.get('x')), Number(at.get('y')));
    await site.heard('print-wanted');
    const pdf = await site.guest.printAsked();
    if (pdf === 'too-large') throw new Error('too large');
    expect((await PDFDocument.load(pdf)).getPageCount()).toBe(COLOURS.length);
    for (const [index, { r, g, b }] of COLOURS.entries()) {
      const found = [...(await colourOf(pdf, index + 1))];
      for (const [which, wish] of [r, g, b].entries())
        expect(Math.abs((found[which] ?? 0) - wish), `page ${index + 1}: ${found.join()}`).toBeLessThan(25);
    }
  });
});
