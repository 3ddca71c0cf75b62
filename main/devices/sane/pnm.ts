/** Parses the image format that `scanimage` streams: a short text header, then samples (netpbm P4, P5, P6). */
import type { ScannedImage } from '../scanner.ts';

export interface PnmHeader {
  readonly kind: 'P4' | 'P5' | 'P6';
  readonly width: number;
  readonly height: number;
  /** Largest sample value; 255 or 65535. */
  readonly max: number;
  readonly dataOffset: number;
  readonly dataBytes: number;
}

const MAX_HEADER_BYTES = 512;

/** `undefined`: more bytes are needed. `null`: not an image. */
export const parsePnmHeader = (bytes: Uint8Array): PnmHeader | undefined | null => {
  const text = new TextDecoder('latin1').decode(bytes.subarray(0, MAX_HEADER_BYTES));
  const kind = text.slice(0, 2);
  if (text.length >= 2 && kind !== 'P4' && kind !== 'P5' && kind !== 'P6') return null;
  const numbers: number[] = [];
  const wanted = kind === 'P4' ? 2 : 3;
  let at = 2;
  while (numbers.length < wanted) {
    const space = /^(?:\s|#[^\n]*\n)*/.exec(text.slice(at));
    at += space?.[0].length ?? 0;
    const digits = /^\d+(?=\s)/.exec(text.slice(at));
    if (!digits) {
      const rest = text.slice(at);
      const maybeMore = text.length < MAX_HEADER_BYTES && /^(?:\d*|#[^\n]*)$/.test(rest);
      return maybeMore ? undefined : null;
    }
    numbers.push(Number(digits[0]));
    at += digits[0].length;
  }
  const [width = 0, height = 0, max = 1] = numbers;
  if (width < 1 || height < 1 || width > 100_000 || height > 100_000 || max < 1 || max > 65_535) return null;
  const sampleBytes = max > 255 ? 2 : 1;
  const rowBytes = kind === 'P4' ? Math.ceil(width / 8) : width * sampleBytes * (kind === 'P6' ? 3 : 1);
  return { kind: kind as PnmHeader['kind'], width, height, max, dataOffset: at + 1, dataBytes: rowBytes * height };
};

/** Converts samples to 8 bits. `data` is not copied when it already has 8 bits. */
export const pnmToImage = (header: PnmHeader, data: Uint8Array): ScannedImage => {
  const { width, height } = header;
  const channels = header.kind === 'P6' ? 3 : 1;
  if (header.kind === 'P4') {
    const rowBytes = Math.ceil(width / 8);
    const bytes = new Uint8Array(width * height);
    for (let y = 0; y < height; y += 1)
      for (let x = 0; x < width; x += 1)
        bytes[y * width + x] = ((data[y * rowBytes + (x >> 3)] ?? 0) >> (7 - (x & 7))) & 1 ? 0 : 255;
    return { format: 'raw', width, height, channels, bytes };
  }
  if (header.max === 255) return { format: 'raw', width, height, channels, bytes: data };
  const samples = width * height * channels;
  const bytes = new Uint8Array(samples);
  if (header.max > 255) for (let i = 0; i < samples; i += 1) bytes[i] = data[2 * i] ?? 0;
  else for (let i = 0; i < samples; i += 1) bytes[i] = Math.round(((data[i] ?? 0) * 255) / header.max);
  return { format: 'raw', width, height, channels, bytes };
};
