/** The links of a PDF in a frame. An e-mail address is reported, and the page with the PDF stays as it was. */
import { PDFDocument, PDFName, PDFString, rgb } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const HOST = 'papiers-exemple.test';
const AT = `https://${HOST}`;
const RED = { r: 200, g: 20, b: 30 };

/** A PDF with one page, all red, and all of it is a link. */
const linkPaper = async (to: string): Promise<Uint8Array> => {
  const paper = await PDFDocument.create();
  const [width, height] = [595, 842];
  const page = paper.addPage([width, height]);
  page.drawRectangle({ x: 0, y: 0, width, height, color: rgb(RED.r / 255, RED.g / 255, RED.b / 255) });
  const action = { Type: 'Action', S: 'URI', URI: PDFString.of(to) };
  const link = { Type: 'Annot', Subtype: 'Link', Rect: [0, 0, width, height], A: action };
  page.node.set(PDFName.of('Annots'), paper.context.obj([link] as never));
  return paper.save();
};

const PAGE = `<!doctype html><link rel="icon" href="data:,"><iframe src="/papier.pdf" style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe>`;

describe.skipIf(findChromium() === undefined)('a link of a PDF in a frame', () => {
  let site: OneSite;
  beforeAll(async () => {
    const body = await linkPaper('mailto:aide@caisse.exemple?subject=Dossier');
    site = await openOneSite({
      hosts: [HOST],
      answer: ({ path }) => (path === '/papier.pdf' ? { type: 'application/pdf', body } : { body: PAGE }),
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const isRed = async (): Promise<boolean> => {
    const [r, g, b] = await site.colourAt(640, 400);
    return Math.abs(r - RED.r) < 12 && Math.abs(g - RED.g) < 12 && Math.abs(b - RED.b) < 12;
  };

  it('to an e-mail address is reported once for each press, and its page is not loaded again', async () => {
    await site.open(`${AT}/`);
    await until('the paper', isRed);
    let pressedMs = Number.NEGATIVE_INFINITY;
    // the paper is drawn before it takes presses
    await until('the address', () => {
      const wanted = site.events.find((one) => one.kind === 'contact-wanted');
      if (wanted === undefined && performance.now() - pressedMs > 2_000) {
        pressedMs = performance.now();
        site.press(640, 400);
      }
      return wanted;
    });
    await new Promise((resolve) => setTimeout(resolve, 1_000)); // nothing else is to happen
    expect(site.events.filter((one) => one.kind === 'contact-wanted')).toEqual([
      { kind: 'contact-wanted', contact: { by: 'mail', to: 'aide@caisse.exemple' } },
    ]);
    expect(site.asked.filter(({ path }) => path === '/')).toHaveLength(1);
    expect(site.events.filter((one) => one.kind === 'navigated')).toHaveLength(1);
    expect(await isRed()).toBe(true);
  });
});
