/**
 * Encryption of a vault file: AES-256-GCM in pieces, so that a file of any size streams in little memory.
 *
 *   file   = salt (16) · piece · piece · … · last piece
 *   piece  = up to 256 KiB of cipher text · tag (16)
 *   key    = HKDF-SHA-256(session key, salt)        one key per file, so that a nonce never repeats
 *   nonce  = piece number (11, big endian) · 1 if last else 0
 *
 * The last-piece flag is in the nonce: a file that was truncated, extended or whose pieces were swapped does not open.
 */
import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

export const SALT_BYTES = 16;
export const TAG_BYTES = 16;
export const PIECE_BYTES = 256 * 1024;

export const fileKey = (sessionKey: Uint8Array, salt: Uint8Array): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', sessionKey, salt, 'vault file', 32));

const nonceOf = (piece: number, last: boolean): Buffer => {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(piece, 5, 6);
  nonce[11] = last ? 1 : 0;
  return nonce;
};

/** Cipher text and tag of one piece, to be written in this order. */
export const sealPiece = (
  key: Uint8Array,
  piece: number,
  last: boolean,
  plain: Uint8Array,
): readonly [Uint8Array, Uint8Array] => {
  const cipher = createCipheriv('aes-256-gcm', key, nonceOf(piece, last));
  const text = cipher.update(plain);
  cipher.final();
  return [text, cipher.getAuthTag()];
};

/** Throws when the piece was modified or comes from another position. */
export const openPiece = (key: Uint8Array, piece: number, last: boolean, sealed: Uint8Array): Uint8Array => {
  const decipher = createDecipheriv('aes-256-gcm', key, nonceOf(piece, last));
  decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
  const plain = decipher.update(sealed.subarray(0, sealed.length - TAG_BYTES));
  decipher.final();
  return plain;
};

/** The encrypted size of `plainBytes`. */
export const sealedSize = (plainBytes: number): number =>
  SALT_BYTES + plainBytes + Math.max(1, Math.ceil(plainBytes / PIECE_BYTES)) * TAG_BYTES;

/** Regroups a stream into full pieces; the last one may be short or empty, and has `last` set. */
export async function* inPieces(
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<{ readonly plain: Uint8Array; readonly last: boolean }> {
  let held = new Uint8Array(PIECE_BYTES);
  let filled = 0;
  for await (const chunk of source) {
    let taken = 0;
    while (taken < chunk.length) {
      // Yield a full piece only when another byte follows: until then it may be the last.
      if (filled === PIECE_BYTES) {
        yield { plain: held, last: false };
        held = new Uint8Array(PIECE_BYTES);
        filled = 0;
      }
      const n = Math.min(PIECE_BYTES - filled, chunk.length - taken);
      held.set(chunk.subarray(taken, taken + n), filled);
      filled += n;
      taken += n;
    }
  }
  yield { plain: held.subarray(0, filled), last: true };
}
