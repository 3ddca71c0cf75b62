/** Hashes the agent's passphrase with scrypt. The salt and the costs are stored with the hash. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** N = 2^15, r = 8: about 100 ms and 32 MB on the ten-year-old PC that we target (RFC 7914 §2). */
const COST = { N: 32_768, r: 8, p: 1, maxmem: 64 * 1024 * 1024 };
const LENGTH = 32;
export const MIN_PASSPHRASE_LENGTH = 12;

interface Kept {
  readonly N: number;
  readonly r: number;
  readonly p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const derive = (passphrase: string, salt: Buffer, { N, r, p }: Pick<Kept, 'N' | 'r' | 'p'>): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // NFC: different keyboards may encode the same accented letters differently.
    scrypt(passphrase.normalize('NFC'), salt, LENGTH, { N, r, p, maxmem: COST.maxmem }, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });

export const hashPassphrase = async (passphrase: string): Promise<string> => {
  const salt = randomBytes(16);
  const hash = await derive(passphrase, salt, COST);
  return `scrypt:${COST.N}:${COST.r}:${COST.p}:${salt.toString('base64')}:${hash.toString('base64')}\n`;
};

const parse = (text: string): Kept | undefined => {
  const match = /^scrypt:(\d+):(\d+):(\d+):([A-Za-z0-9+/=]+):([A-Za-z0-9+/=]+)\n?$/.exec(text);
  if (!match) return undefined;
  const [, N, r, p, salt = '', hash = ''] = match;
  const kept = {
    N: Number(N),
    r: Number(r),
    p: Number(p),
    salt: Buffer.from(salt, 'base64'),
    hash: Buffer.from(hash, 'base64'),
  };
  const sane =
    kept.N <= COST.N * 2 && kept.r <= 16 && kept.p <= 4 && kept.hash.length === LENGTH && kept.salt.length >= 16;
  return sane ? kept : undefined;
};

export const isPassphraseHash = (text: string): boolean => parse(text) !== undefined;

/** Also false when the stored hash is unreadable: the door stays locked. */
export const checkPassphrase = async (passphrase: string, keptText: string): Promise<boolean> => {
  const kept = parse(keptText);
  if (!kept) return false;
  return timingSafeEqual(await derive(passphrase, kept.salt, kept), kept.hash);
};
