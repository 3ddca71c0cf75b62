/**
 * Fixes the header of a WAV written to a pipe: it was written before the length was known (espeak-ng writes
 * 0x7ffff000), so players would show hours of sound. RIFF:
 * https://www.mmsp.ece.mcgill.ca/Documents/AudioFormats/WAVE/WAVE.html
 */
const HEADER_BYTES = 44;
const RIFF_SIZE_AT = 4;
const DATA_SIZE_AT = 40;
const BYTES_PER_SECOND_AT = 28;

/** The same sound with correct lengths; undefined when it is not a plain WAV with at least one sample. */
export const withTrueLengths = (wav: Uint8Array): Uint8Array | undefined => {
  if (wav.length <= HEADER_BYTES) return undefined;
  const bytes = Buffer.from(wav);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 16) !== 'WAVEfmt ') return undefined;
  if (bytes.toString('latin1', 36, 40) !== 'data') return undefined;
  bytes.writeUInt32LE(bytes.length - 8, RIFF_SIZE_AT);
  bytes.writeUInt32LE(bytes.length - HEADER_BYTES, DATA_SIZE_AT);
  return bytes;
};

/** Duration according to its header. */
export const durationMs = (wav: Uint8Array): number => {
  const bytes = Buffer.from(wav.buffer, wav.byteOffset, wav.byteLength);
  return (bytes.readUInt32LE(DATA_SIZE_AT) / bytes.readUInt32LE(BYTES_PER_SECOND_AT)) * 1_000;
};
