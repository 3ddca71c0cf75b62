/**
 * A WAV that was written to a pipe: its header was sent before its length was known (espeak-ng puts 0x7ffff000 there), which makes
 * a player believe in hours of sound. RIFF: https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
const HEADER_BYTES = 44;
const RIFF_SIZE_AT = 4;
const DATA_SIZE_AT = 40;
const BYTES_PER_SECOND_AT = 28;

/** The same sound with its true lengths; undefined when it is no plain WAV with a sample in it. */
export const withTrueLengths = (wav: Uint8Array): Uint8Array | undefined => {
  if (wav.length <= HEADER_BYTES) return undefined;
  const bytes = Buffer.from(wav);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 16) !== 'WAVEfmt ') return undefined;
  if (bytes.toString('latin1', 36, 40) !== 'data') return undefined;
  bytes.writeUInt32LE(bytes.length - 8, RIFF_SIZE_AT);
  bytes.writeUInt32LE(bytes.length - HEADER_BYTES, DATA_SIZE_AT);
  return bytes;
};

/** How long it sounds, by its own header. */
export const durationMs = (wav: Uint8Array): number => {
  const bytes = Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength);
  return (bytes.readUInt32LE(DATA_SIZE_AT) / bytes.readUInt32LE(BYTES_PER_SECOND_AT)) * 1_000;
};
