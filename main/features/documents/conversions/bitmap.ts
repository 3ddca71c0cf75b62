/** Converts a Windows bitmap to JPEG. `sharp` cannot read it; the canvas can. In the document decoder. */
import { createCanvas, loadImage } from '@napi-rs/canvas';
import sharp from 'sharp';
import { DecoderRefusal } from '../../../platform/decoders/serve.ts';

const MAX_PIXELS = 52_000_000;
/** Size of the oldest header (OS/2), whose width and height have 16 bits. */
const SHORT_HEADER = 12;

/** Read from the header, before decoding. A negative height means that rows start at the top. */
const pixelsOf = (bytes: Uint8Array): number => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(14, true) === SHORT_HEADER
    ? view.getUint16(18, true) * view.getUint16(20, true)
    : Math.abs(view.getInt32(18, true) * view.getInt32(22, true));
};

export const bitmapToJpeg = async (bytes: Uint8Array): Promise<Uint8Array> => {
  if (pixelsOf(bytes) > MAX_PIXELS) throw new DecoderRefusal('too-large');
  const image = await loadImage(Buffer.from(bytes)).catch((cause: unknown) => {
    throw new DecoderRefusal('damaged', { cause });
  });
  const { width, height } = image;
  const canvas = createCanvas(width, height);
  const context = canvas.getContext('2d');
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0);
  const jpeg = await sharp(canvas.data(), { raw: { width, height, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: 90 })
    .toBuffer();
  return new Uint8Array(jpeg);
};
