/** A form in a PDF of a site, filled in by a person in Chromium's own viewer: kept and printed with what they wrote. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PDFDocument, rgb } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPdf } from '../../../../main/pdf/open-pdf.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SITE_RECT, type OneSite } from './one-site.ts';

const HOST = 'formulaires-exemple.test';
const AT = `https://${HOST}`;
const WRITTEN = 'Camille Exemple';

/** One green page. A field fills its upper part. */
const makeForm = async (): Promise<Uint8Array> => {
  const form = await PDFDocument.create();
  const page = form.addPage([595, 842]);
  page.drawRectangle({ x: 0, y: 0, width: 595, height: 842, color: rgb(0, 0.6, 0) });
  const field = form.getForm().createTextField('nom');
  field.addToPage(page, { x: 50, y: 500, width: 495, height: 250 });
  field.setFontSize(24);
  return form.save();
};

describe.skipIf(findChromium() === undefined)('a form in a PDF of a site', () => {
  let site: OneSite;
  beforeAll(async () => {
    const form = await makeForm();
    site = await openOneSite({
      hosts: [HOST],
      answer: ({ path }) => {
        if (path === '/formulaire.pdf') return { type: 'application/pdf', body: form };
        return path === '/demande'
          ? {
              body: '<!doctype html><link rel="icon" href="data:,"><body style="margin:0"><iframe src="/formulaire.pdf" style="position:absolute;inset:0;width:100%;height:100%;border:0"></iframe>',
            }
          : undefined;
      },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const keys = (...given: readonly string[]): void =>
    void execFileSync('xdotool', given, { env: { ...process.env, DISPLAY: site.display } });
  const isGreen = async (): Promise<boolean> => {
    const [r, g, b] = await site.colourAt(640, 640);
    return g > 100 && r < 60 && b < 60;
  };
  const hasWritten = () => site.events.some(({ kind }) => kind === 'written');
  const write = (): void => {
    site.press(640, 350);
    keys('key', 'ctrl+a');
    keys('type', '--delay', '40', WRITTEN);
    keys('key', 'Tab');
  };
  /** Fills in the field. The viewer draws before it listens, so this is done again until it has, as a person would. */
  const fill = async (): Promise<void> => {
    await site.open(`${AT}/demande`);
    await until('the form', isGreen);
    for (let tries = 0; tries < 10 && !hasWritten(); tries += 1) {
      write();
      await until('it is written', hasWritten, 2_000).catch(() => undefined);
    }
    write(); // it may have begun to listen in the middle
  };
  const textOf = async (pdf: Uint8Array): Promise<string | undefined> =>
    (await PDFDocument.load(pdf)).getForm().getTextField('nom').getText();

  it('that somebody fills in is told as typed text, and kept with what they wrote', async () => {
    await fill();
    expect(hasWritten()).toBe(true);
    const kept = await until(
      'the form in our documents',
      async () => {
        site.press(SITE_RECT.width - 104, 28); // the download button…
        await new Promise((resolve) => setTimeout(resolve, 500));
        site.press(SITE_RECT.width - 104, 74); // … asks with or without the changes
        await new Promise((resolve) => setTimeout(resolve, 500));
        return site.events.find((event) => event.kind === 'download-done');
      },
      30_000,
    );
    expect(kept.suggestedName).toBe('formulaire.pdf');
    expect(await textOf(readFileSync(kept.path))).toBe(WRITTEN);
    // no bar of the browser, which would push the page down, and no dialog
    const top = await site.colourAt(20, 4);
    expect(Math.max(...top)).toBeLessThan(90);
    expect(await isGreen()).toBe(true);
  });

  it('is printed with what they wrote', async () => {
    await fill();
    site.press(SITE_RECT.width - 68, 28);
    await site.heard('print-wanted');
    const paper = await site.guest.printAsked();
    if (paper === 'too-large') throw new Error('too large');
    const { document, close } = await openPdf(paper, (why) => new Error(why));
    const { items } = await (await document.getPage(1)).getTextContent();
    await close();
    expect(items.map((one) => ('str' in one ? one.str : '')).join('')).toContain(WRITTEN);
  });
});
