/** A PDF embedded in a page is displayed there and can be kept. A PDF that would replace the page is kept at once. */
import { PDFDocument, PDFName, PDFString, rgb } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, SITE_RECT, type OneSite } from './one-site.ts';

const HOST = 'papiers-exemple.test';
const AT = `https://${HOST}`;
const RED = { r: 200, g: 20, b: 30 };

/** A PDF with one page, all red. `opens`: its action when it is opened. */
const redPaper = async (opens?: Readonly<Record<string, unknown>>): Promise<Uint8Array> => {
  const paper = await PDFDocument.create();
  if (opens) paper.catalog.set(PDFName.of('OpenAction'), paper.context.obj({ Type: 'Action', ...opens } as never));
  const size = { width: 595, height: 842 };
  paper
    .addPage([size.width, size.height])
    .drawRectangle({ x: 0, y: 0, ...size, color: rgb(RED.r / 255, RED.g / 255, RED.b / 255) });
  return paper.save();
};

const WHOLE = 'style="position:absolute;inset:0;width:100%;height:100%;border:0"';
const MAKE = `const made = fetch('/papier.pdf').then((answer) => answer.blob()).then((paper) => URL.createObjectURL(paper))`;
const page = (inner: string): string =>
  `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0">${inner}`;
const BIG = 'style="display:block;width:100%;height:300px;font-size:60px"';

const pages: Readonly<Record<string, string>> = {
  '/iframe': page(`<iframe src="/papier.pdf" ${WHOLE}></iframe>`),
  '/imprime': page(`<iframe src="/imprime.pdf" ${WHOLE}></iframe>`),
  '/parle': page(`<iframe src="/parle.pdf" ${WHOLE}></iframe>`),
  '/embed': page(`<embed src="/papier.pdf" type="application/pdf" ${WHOLE}>`),
  '/object': page(`<object data="/papier.pdf" type="application/pdf" ${WHOLE}>Pas de lecteur.</object>`),
  '/blob': page(`<iframe id="cadre" ${WHOLE}></iframe><script>${MAKE}; made.then((at) => (cadre.src = at))</script>`),
  '/lien': page(`<a href="/papier.pdf" ${BIG}>Attestation</a>`),
  '/lien-blank': page(`<a href="/papier.pdf" target="_blank" ${BIG}>Attestation</a>`),
  '/lien-blob': page(
    `<a id="lien" target="_blank" ${BIG}>Attestation</a><script>${MAKE}; made.then((at) => (lien.href = at))</script>`,
  ),
  '/place-blob': page(
    `<button id="agir" ${BIG}>Attestation</button><script>${MAKE}; agir.onclick = async () => { location = await made }</script>`,
  ),
  '/faux': page(`<iframe src="/faux.pdf" ${WHOLE}></iframe><script>setInterval(() => fetch('/vit'), 300)</script>`),
  '/open-blob': page(
    `<button id="agir" ${BIG}>Attestation</button><script>${MAKE}; agir.onclick = async () => window.open(await made)</script>`,
  ),
};

describe.skipIf(findChromium() === undefined)('a PDF of a site', () => {
  let site: OneSite;
  const logged: string[] = [];
  beforeAll(async () => {
    const papers: Readonly<Record<string, Uint8Array>> = {
      '/papier.pdf': await redPaper(),
      '/imprime.pdf': await redPaper({ S: 'Named', N: 'Print' }),
      '/parle.pdf': await redPaper({ S: 'JavaScript', JS: PDFString.of('app.alert("Bonjour"); this.print();') }),
    };
    site = await openOneSite({
      hosts: [HOST],
      logger: { log: (event) => void logged.push(event) },
      answer({ path }) {
        const paper = path === '/faux.pdf' ? Buffer.from('<h1>Erreur 500</h1>') : papers[path];
        if (paper === undefined) return pages[path] === undefined ? undefined : { body: pages[path] };
        const headers = { 'content-disposition': 'inline; filename="attestation.pdf"' };
        return { type: 'application/pdf', headers, body: paper };
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  /** The middle of the site has the colour of the paper. */
  const isRed = async (): Promise<boolean> => {
    const [r, g, b] = await site.colourAt(640, 400);
    return Math.abs(r - RED.r) < 12 && Math.abs(g - RED.g) < 12 && Math.abs(b - RED.b) < 12;
  };

  const inPlace = ['/iframe', '/embed', '/object', '/blob'];
  const openPaper = async (path: string): Promise<void> => {
    await site.open(`${AT}${path}`);
    await until('the paper', isRed);
  };

  it.each(inPlace)('%s: is displayed in place', async (path) => {
    await openPaper(path);
    expect(site.events.some(({ kind }) => kind === 'download-started')).toBe(false);
  });

  /** Presses the first of the three buttons on the right of the viewer. */
  const pressKeep = () => site.press(SITE_RECT.width - 104, 28);
  const pressPrint = () => site.press(SITE_RECT.width - 68, 28);
  /**
   * It cannot be observed when the viewer accepts presses: the PDF is drawn before the buttons work, and a dialog
   * catches presses until it is gone. So press again, as a person would.
   */
  const pressUntil = async <T>(what: string, press: () => void, look: () => T | undefined) => {
    let lastMs = Number.NEGATIVE_INFINITY;
    return until(what, () => {
      const seen = look();
      if (!seen && performance.now() - lastMs > 1_000) {
        lastMs = performance.now();
        press();
      }
      return seen;
    });
  };
  const keptBy = (press: () => void) =>
    pressUntil('the paper in our documents', press, () => site.events.find((event) => event.kind === 'download-done'));

  it.each(inPlace)('%s: its download button keeps it', async (path) => {
    await openPaper(path);
    const { suggestedName } = await keptBy(pressKeep);
    expect(suggestedName).toMatch(path === '/blob' ? /\.pdf$/ : /^attestation\.pdf$/);
    expect(await isRed()).toBe(true);
  });

  /** Checks that the PDF has one A4 page. */
  const expectPaper = async (pdf: Uint8Array | 'too-large'): Promise<void> => {
    if (pdf === 'too-large') throw new Error('too large');
    const printed = await PDFDocument.load(pdf);
    const [{ width, height } = { width: 0, height: 0 }] = printed.getPages().map((one) => one.getSize());
    expect({ pages: printed.getPageCount(), width: Math.round(width), height: Math.round(height) }).toEqual({
      pages: 1,
      width: 595,
      height: 842,
    });
  };

  it.each(inPlace)('%s: its print button prints it, and the site is visible again', async (path) => {
    await openPaper(path);
    await pressUntil('a print', pressPrint, () => site.events.find((event) => event.kind === 'print-wanted'));
    await expectPaper(await site.guest.printAsked());
    await until('the paper again', isRed);
  });

  it('that prints itself asks to print, and leaves no dialog open', async () => {
    logged.length = 0;
    await site.open(`${AT}/imprime`);
    await site.heard('print-wanted');
    await expectPaper(await site.guest.printAsked());
    expect(logged).not.toContain('guest.print-not-taken');
    await until('the paper', isRed);
    await keptBy(pressKeep);
    expect(site.events.some(({ kind }) => kind === 'crashed')).toBe(false);
  });

  it('that is invalid does not stop its page', async () => {
    await site.open(`${AT}/faux`);
    await site.askedFor('/faux.pdf');
    await new Promise((resolve) => setTimeout(resolve, 1_500)); // the viewer does not report the result
    const before = site.asked.length;
    await until('the page goes on', () => site.asked.slice(before).some(({ path }) => path === '/vit'));
    const kinds = site.events.map(({ kind }) => kind);
    for (const kind of ['crashed', 'dialog', 'download-started', 'print-wanted']) expect(kinds).not.toContain(kind);
    expect(await site.guest.printToPdf()).toBeInstanceOf(Uint8Array);
  });

  it('does not run its script', async () => {
    await openPaper('/parle');
    await keptBy(pressKeep);
    expect(site.events.some(({ kind }) => kind === 'dialog')).toBe(false);
  });

  it.each([
    ['/lien', 'attestation.pdf'],
    ['/lien-blank', 'attestation.pdf'],
    ['/lien-blob', /\.pdf$/],
    ['/open-blob', /\.pdf$/],
    ['/place-blob', /\.pdf$/],
  ])('%s: is kept, and the page stays', async (path, name) => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    if (path.endsWith('blob')) await site.askedFor('/papier.pdf');
    site.press(300, 150);
    const { suggestedName } = await site.heard('download-done');
    expect(suggestedName).toMatch(name);
    const reached = site.events.filter((one) => one.kind === 'navigated' && !one.sameDocument);
    expect(reached).toMatchObject([{ url: `${AT}${path}` }]);
  });
});
