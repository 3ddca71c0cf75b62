/**
 * Compares a reference page, checked by eye, with the preview and with the real output of a PDF printer and a
 * raster-only printer. `golden-page.png` beside this file is greyscale at 60 dpi. Each run writes its pages to
 * `out/printing/`. After an intended change, check them by eye, then replace the reference.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sheet } from '../../../main/features/printing/pdf/sheet.ts';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { readTypeface } from '../../../main/pdf/typeface.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { ippPrinter, realPdfDecoder } from '../../harness/printing/kiosk-side.ts';
import { testKiosk } from '../../harness/printing/kiosk-printing.ts';
import { missingPrograms, startPrinterFixture, type PrinterFixture } from '../../harness/printing/printer-fixture.ts';
import { readPwg } from '../../harness/printing/read-pwg.ts';
import { until } from '../../harness/until.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: the golden page, without ${missing.join(', ')}`);

const [WIDTH, HEIGHT] = [496, 702];
const golden = join(import.meta.dirname, 'golden-page.png');
const out = join(import.meta.dirname, '../../../out/printing');
const sheet: Sheet = {
  title: 'Demander une aide au logement (APL)',
  sentence: 'Une aide pour payer votre loyer. On remplit un questionnaire sur le site de la Caf.',
  sections: [
    {
      kind: 'checklist',
      heading: 'Ce qu’il faut apporter',
      items: ['Un RIB', 'Le bail ou l’attestation de loyer', 'Vos revenus des douze derniers mois'],
    },
    { kind: 'steps', items: ['Entrez votre numéro de sécurité sociale.', 'Vérifiez l’adresse, puis continuez.'] },
    { kind: 'text', heading: 'Le site', paragraphs: ['caf.fr'] },
  ],
  footer: 'MSD de Moulins · de 9 h à 17 h',
};

/** Blurred, so that sub-pixel differences between two renderers do not matter, while a missing word still does. */
const grey = (picture: Sharp): Promise<Buffer> =>
  picture
    .flatten({ background: '#ffffff' })
    .resize(WIDTH, HEIGHT, { fit: 'fill' })
    .greyscale()
    .blur(1.2)
    .raw()
    .toBuffer();
/** How many pixels per thousand clearly differ. */
const unlike = (one: Buffer, other: Buffer): number => {
  expect(one).toHaveLength(other.length);
  return (1000 * one.reduce((sum, dot, at) => sum + (Math.abs(dot - (other[at] ?? 0)) > 60 ? 1 : 0), 0)) / one.length;
};
const FEW = 0.1;

describe.skipIf(missing.length > 0)('the golden page', () => {
  let fixture: PrinterFixture;
  let pdfDecoder: PdfDecoder;
  let kept: Buffer;
  beforeAll(async () => {
    fixture = await startPrinterFixture();
    pdfDecoder = realPdfDecoder();
    kept = await grey(sharp(golden));
  }, 30_000);
  afterAll(async () => {
    await pdfDecoder.stop();
    await fixture.stop();
  });

  const print = async (formats: string): Promise<{ shown: Buffer; file: string }> => {
    const machine = await fixture.printer({ formats, colour: formats === 'application/pdf' });
    const kiosk = testKiosk(ippPrinter(machine.uri, { pdfDecoder }), {
      pdfDecoder: { ...pdfDecoder, stop: async () => undefined },
      sources: {
        guestPage: async () => undefined,
        guestAsked: async () => undefined,
        document: async () => undefined,
        sheet: async () => sheet,
      },
      fonts: () => readTypeface(systemFiles, join(import.meta.dirname, '../../../resources/fonts')),
    });
    kiosk.printing.start();
    await kiosk.printing.handlers.prepare({ source: { kind: 'sheet', sheet: 'papers', id: 'apl' } });
    await until('the sheet', () => kiosk.state().document !== null && !kiosk.state().preparing, 20_000);
    const picture = await kiosk.printing.bytes?.(`${kiosk.state().document?.id ?? ''}/1/960.png`);
    if (picture === undefined) throw new Error('no picture of the page');
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sidesOut: 1 });
    await kiosk.printing.stop();
    const [file = ''] = machine.printed();
    return { shown: await grey(sharp(Buffer.from(picture.body))), file };
  };

  it('matches the preview and the output of a PDF printer', async () => {
    const { shown, file } = await print('application/pdf');
    const dots = execFileSync('pdftoppm', ['-r', '240', '-gray', '-png', '-singlefile', file], { maxBuffer: 1e8 });
    const drawn = await sharp(dots).resize(WIDTH, HEIGHT, { fit: 'fill' }).png({ palette: true }).toBuffer();
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, 'golden-page.png'), drawn);
    expect(unlike(await grey(sharp(drawn)), kept)).toBeLessThan(FEW);
    expect(unlike(shown, kept)).toBeLessThan(FEW);
  });

  it('matches the output of a raster-only printer', async () => {
    const { shown, file } = await print('image/pwg-raster');
    const [page] = readPwg(readFileSync(file));
    if (page === undefined) throw new Error('no page in the raster');
    const dots = sharp(page.dots, { raw: { width: page.width, height: page.height, channels: 1 } });
    expect(unlike(await grey(dots), kept)).toBeLessThan(FEW);
    expect(unlike(shown, kept)).toBeLessThan(FEW);
  });

  it('differs clearly from a page with one word missing, upside down, or smaller', async () => {
    const page = () => sharp(golden);
    const box = await page().metadata();
    // "RIB", on the first line of the list.
    const word = { width: 20, height: 14, channels: 3 as const, background: '#ffffff' };
    const others = {
      without: page().composite([{ input: { create: word }, left: 88, top: 171 }]),
      turned: page().rotate(180),
      smaller: sharp(
        await page()
          .resize(Math.round(box.width * 0.97))
          .extend({ right: Math.round(box.width * 0.03), bottom: Math.round(box.height * 0.03), background: '#ffffff' })
          .toBuffer(),
      ),
    };
    for (const [how, other] of Object.entries(others))
      expect(unlike(await grey(other), kept), how).toBeGreaterThan(FEW);
  });
});
