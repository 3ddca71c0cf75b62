/** Page decoders without pictures, for tests of what follows from a page: one for sheets of a pixel, one that fails. */
import { fail, ok } from '../../../main/contract/result.ts';
import type { ScannedPage } from '../../../main/devices/scanner.ts';
import type { PageOperations, PageResult } from '../../../main/features/scanning/pages/operations.ts';
import type { DecoderClient } from '../../../main/platform/decoders/client.ts';

const sheet = (grey: number): ScannedPage => ({
  number: 1,
  dpi: 300,
  image: { format: 'raw', width: 1, height: 1, channels: 1, bytes: Uint8Array.of(grey) },
});
/** In the dark, with the lid open, no writing is seen. */
const DARK_GREY = 64;
const DAMAGED_GREY = 128;
const BLANK_GREY = 255;
export const WRITTEN = sheet(0);
export const DARK = sheet(DARK_GREY);
export const DAMAGED = sheet(DAMAGED_GREY);
export const BLANK = sheet(BLANK_GREY);

export const onePixelDecoder: DecoderClient<PageOperations> = {
  warmUp: () => undefined,
  clear: async () => undefined,
  async ask(_operation: string, args: unknown, onNews?: (news: unknown) => void) {
    const { image } = args as ScannedPage;
    const grey = image.bytes[0];
    onNews?.({ jpeg: image.bytes, width: 1, height: 1 });
    if (grey === DAMAGED_GREY) return { ok: false, error: 'unreadable' };
    const made: PageResult = {
      ...{ jpeg: image.bytes, width: 1, height: 1, dpi: 300, colour: false, reading: image.bytes, readingDpi: 200 },
      ...{ turnedDeg: 0, straightenedDeg: 0, card: false, glass: undefined },
      blank: grey === BLANK_GREY || grey === DARK_GREY,
      flaws: grey === DARK_GREY ? ['too-dark'] : [],
    };
    return ok(made);
  },
} as DecoderClient<PageOperations>;

export const noPageDecoder = {
  ask: async () => fail('failed'),
  warmUp: () => undefined,
  clear: async () => undefined,
} as unknown as DecoderClient<PageOperations>;
