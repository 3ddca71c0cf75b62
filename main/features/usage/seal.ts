/**
 * Sealed boxes (libsodium): anyone can encrypt with the Département's public key, and only its private key decrypts.
 */
import { sodium } from './sodium.ts';

const HEAD = Buffer.from('point-numerique/chiffres-scelles 1\n');

export interface SealPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

const KEY_BYTES = 32;

export const isSealKey = (text: string): boolean =>
  /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === KEY_BYTES;

export const newSealPair = (): SealPair => {
  const { crypto_box_keypair: makePair } = sodium();
  const [publicKey, privateKey] = [Buffer.alloc(KEY_BYTES), Buffer.alloc(KEY_BYTES)];
  makePair(publicKey, privateKey);
  return { publicKey: publicKey.toString('base64'), privateKey: privateKey.toString('base64') };
};

export const seal = (text: string, publicKey: string): Uint8Array => {
  const { crypto_box_seal: sealBox, crypto_box_SEALBYTES: overhead } = sodium();
  const message = Buffer.from(text);
  const sealed = Buffer.alloc(message.length + overhead);
  sealBox(sealed, message, Buffer.from(publicKey, 'base64'));
  return Buffer.concat([HEAD, sealed]);
};

export const isSealed = (bytes: Uint8Array): boolean => HEAD.equals(bytes.subarray(0, HEAD.length));

/** Returns undefined when the box was sealed for another key, altered or cut. */
export const openSeal = (bytes: Uint8Array, pair: SealPair): Buffer | undefined => {
  const { crypto_box_seal_open: openBox, crypto_box_SEALBYTES: overhead } = sodium();
  const sealed = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).subarray(HEAD.length);
  if (sealed.length < overhead) return undefined;
  const message = Buffer.alloc(sealed.length - overhead);
  const keys = [Buffer.from(pair.publicKey, 'base64'), Buffer.from(pair.privateKey, 'base64')] as const;
  return openBox(message, sealed, ...keys) ? message : undefined;
};
