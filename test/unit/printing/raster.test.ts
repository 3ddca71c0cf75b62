import { describe, expect, it } from 'vitest';
import { ok } from '../../../main/contract/result.ts';
import { rasterOf } from '../../../main/features/printing/pdf/raster.ts';
import type { PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { testKiosk } from '../../harness/printing/kiosk-printing.ts';

const pdfDecoder: PdfDecoder = {
  ask: async () => ok(new Uint8Array(3) as never),
  warmUp: () => undefined,
  clear: async () => undefined,
  stop: async () => undefined,
};

describe('a document drawn for a printer that reads no PDF', () => {
  it('does not outlive the session of whoever printed it, and the audit looks for it', async () => {
    const raster = rasterOf(pdfDecoder);
    const { printing } = testKiosk(undefined, { pdfDecoder, rasterised: raster });
    await raster.rgb(new Uint8Array(9), 1, { width: 1, height: 1 });
    expect(await printing.lastWipe.leftovers()).toEqual(['un document préparé pour l’impression']);
    await printing.lastWipe.wipe();
    expect(await printing.lastWipe.leftovers()).toEqual([]);
  });
});
