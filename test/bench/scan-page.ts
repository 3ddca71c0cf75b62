/** The product's processing of a page, without the screens. */
import type { ScannedPage } from '../../main/devices/scanner.ts';
import type { DocumentOperations, PaperPage } from '../../main/features/documents/work/operations.ts';
import type { PageOperations } from '../../main/features/scanning/pages/operations.ts';
import type { Reader, ReadPage } from '../../main/devices/text-reader.ts';
import { findOrientation } from '../../main/features/scanning/page-orientation.ts';
import { createDecoderClient, type DecoderClient } from '../../main/platform/decoders/client.ts';
import { systemClock } from '../../main/platform/clock.ts';
import { startDocumentDecoder } from '../harness/decoders.ts';

interface ReadyPage {
  readonly page: PaperPage;
  readonly read: ReadPage | undefined;
}

/**
 * Processes a page like the scanning feature: clean-up, OCR, and OCR in other orientations when the text makes little
 * sense.
 */
export const finishedPage = async (
  pageDecoder: DecoderClient<PageOperations>,
  reader: Reader,
  scan: ScannedPage,
): Promise<ReadyPage> => {
  const made = await pageDecoder.ask('prepare', scan);
  if (!made.ok) throw new Error(made.error);
  const { reading, readingDpi, jpeg, width, height, dpi, colour } = made.value;
  const { page: read } = await findOrientation(
    made.value,
    async (degrees) => {
      if (degrees === 0) return reader.read(reading, readingDpi);
      const turned = await pageDecoder.ask('turnReading', { png: reading, degrees });
      return turned.ok ? reader.read(turned.value, readingDpi) : undefined;
    },
    () => true,
  );
  return { page: { jpeg, width, height, dpi, colour, lines: read?.lines ?? [] }, read };
};

export const realDocumentDecoder = (): DecoderClient<DocumentOperations> =>
  createDecoderClient<DocumentOperations>({
    startDecoder: startDocumentDecoder,
    clock: systemClock,
    timeoutMs: () => 120_000,
    maxHeapMb: 512,
  });
