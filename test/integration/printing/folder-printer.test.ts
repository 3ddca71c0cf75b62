/** The folder that takes the place of a printer on a PC without one. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createFolderPrinter } from '../../../main/devices/virtual/printer-folder.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { testKiosk } from '../../harness/printing/kiosk-printing.ts';
import { fastClock } from '../../harness/printing/kiosk-side.ts';
import { samplePdf } from '../../harness/printing/sample-pdf.ts';

describe('a folder that stands for a printer', () => {
  const printOn = async (keeps: boolean) => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-folder-'));
    const pages = join(folder, 'printed');
    const kiosk = testKiosk(createFolderPrinter({ clock: fastClock(20), files: systemFiles, folder: pages, keeps }));
    await kiosk.show(await samplePdf(1));
    await kiosk.print();
    expect(await kiosk.ended()).toMatchObject({ end: 'done', sidesOut: 1 });
    const before = readdirSync(pages);
    await kiosk.printing.handlers.acknowledge({});
    await kiosk.printing.lastWipe.wipe();
    const after = existsSync(pages) ? readdirSync(pages) : [];
    await kiosk.printing.stop();
    rmSync(folder, { recursive: true });
    return { before: before.length, after: after.length };
  };

  it('of the session loses its pages at the end of the session, even when the person acknowledged the print', async () => {
    expect(await printOn(false)).toEqual({ before: 1, after: 0 });
  });

  it('of the site keeps its pages', async () => {
    expect(await printOn(true)).toEqual({ before: 1, after: 1 });
  });
});
