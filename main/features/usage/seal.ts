/**
 * Sealed boxes (libsodium): anyone can encrypt with the Département's public key, and only its private key decrypts.
 * The library is imported when the first week is delivered, so that it does not slow down the start.
 */
import type Sodium from 'libsodium-wrappers';

type Library = typeof Sodium;
let library: Promise<Library> | undefined;
const sodium = (): Promise<Library> =>
  (library ??= (async () => {
    const { default: read } = await import('libsodium-wrappers');
    await read.ready;
    return read;
  })());

const HEAD = Buffer.from('point-numerique/chiffres-scelles 1\n');
const KEY_BYTES = 32;

export interface SealPair {
  readonly publicKey: string;
  readonly privateKey: string;
}

export const isSealKey = (text: string): boolean =>
  /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === KEY_BYTES;

export const newSealPair = async (): Promise<SealPair> => {
  const { publicKey, privateKey } = (await sodium()).crypto_box_keypair();
  return {
    publicKey: Buffer.from(publicKey).toString('base64'),
    privateKey: Buffer.from(privateKey).toString('base64'),
  };
};

export const seal = async (text: string, publicKey: string): Promise<Uint8Array> =>
  Buffer.concat([HEAD, (await sodium()).crypto_box_seal(Buffer.from(text), Buffer.from(publicKey, 'base64'))]);

export const isSealed = (bytes: Uint8Array): boolean => HEAD.equals(bytes.subarray(0, HEAD.length));

/** Returns undefined when the box was sealed for another key or altered. */
export const openSeal = async (bytes: Uint8Array, pair: SealPair): Promise<string | undefined> => {
  const lib = await sodium();
  try {
    const opened = lib.crypto_box_seal_open(
      bytes.subarray(HEAD.length),
      Buffer.from(pair.publicKey, 'base64'),
      Buffer.from(pair.privateKey, 'base64'),
    );
    return Buffer.from(opened).toString('utf8');
  } catch {
    return undefined;
  }
};
