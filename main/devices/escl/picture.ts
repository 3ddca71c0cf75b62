/**
 * Checks a page image received from a device, by walking its bytes to the end marker. Padding after it is cut off. An
 * image without it was truncated, whatever HTTP reported. A height that is only known at the end (DNL marker) is copied
 * to where decoders look for it.
 */
export type Picture =
  | { readonly format: 'jpeg' | 'png'; readonly bytes: Uint8Array }
  | { readonly format: 'none' }
  | { readonly format: 'cut' };

const SOI = 0xd8;
const EOI = 0xd9;
const DNL = 0xdc;
const isRestart = (marker: number): boolean => marker >= 0xd0 && marker <= 0xd7;
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
const PNG_HEAD = [0x89, 0x50, 0x4e, 0x47];
/** Length, type and checksum of the last chunk, which is empty. */
const PNG_END = [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];

/** The next marker at or after `from`, skipping coded data, byte stuffing and fill bytes. */
const nextMarker = (bytes: Uint8Array, from: number): number => {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const code = bytes[at + 1] ?? 0;
    if (code !== 0 && code !== 0xff && !isRestart(code)) return at;
    at = bytes.indexOf(0xff, code === 0xff ? at + 1 : at + 2);
  }
  return -1;
};

const jpegOf = (received: Uint8Array): Picture => {
  let bytes = received;
  let heightAt = -1;
  let at = 2;
  for (;;) {
    const marker = nextMarker(bytes, at);
    if (marker < 0) return { format: 'cut' };
    const code = bytes[marker + 1] ?? 0;
    if (code === EOI) return { format: 'jpeg', bytes: bytes.subarray(0, marker + 2) };
    if (code === SOI) return { format: 'cut' }; // another image starts inside this one
    const length = ((bytes[marker + 2] ?? 0) << 8) | (bytes[marker + 3] ?? 0);
    if (length < 2) return { format: 'cut' };
    if (isFrame(code)) heightAt = marker + 5;
    if (code === DNL && heightAt > 0) {
      bytes = bytes === received ? received.slice() : bytes;
      bytes.set(received.subarray(marker + 4, marker + 6), heightAt);
    }
    // Entropy-coded data follows a scan header; `nextMarker` skips it.
    at = marker + 2 + length;
  }
};

const pngOf = (bytes: Uint8Array): Picture => {
  const end = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).lastIndexOf(Buffer.from(PNG_END));
  return end < 0 ? { format: 'cut' } : { format: 'png', bytes: bytes.subarray(0, end + PNG_END.length) };
};

export const readPicture = (bytes: Uint8Array): Picture => {
  if (bytes[0] === 0xff && bytes[1] === SOI) return jpegOf(bytes);
  if (PNG_HEAD.every((byte, at) => bytes[at] === byte)) return pngOf(bytes);
  return { format: 'none' };
};
