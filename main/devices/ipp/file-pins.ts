/**
 * Stores the printers' certificates of first contact in a file. If the file can't be read, no certificate matches and
 * nothing is sent.
 */
import type { Files } from '../../platform/files.ts';
import { oneAtATime } from '../../platform/one-at-a-time.ts';
import type { CertificatePins } from './client.ts';

const FINGERPRINT = /^[0-9a-f]{64}$/;
/** No certificate has this fingerprint. */
const UNREADABLE = 'unreadable';

type Pins = Readonly<Record<string, string>>;

const parse = (text: string): Pins | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const entries = Object.entries(value);
    return entries.every(([, pin]) => typeof pin === 'string' && FINGERPRINT.test(pin)) ? (value as Pins) : undefined;
  } catch {
    return undefined;
  }
};

export const createFilePins = (files: Files, path: string): CertificatePins => {
  /** Each write adds to what the file holds: of two at once, one would be lost. */
  const inTurn = oneAtATime();
  const readAll = async (): Promise<Pins | undefined> => {
    const text = await files.readText(path);
    if (!text.ok) return text.error.kind === 'missing' ? {} : undefined;
    return parse(text.value);
  };
  return {
    async read(host) {
      const pins = await readAll();
      if (pins === undefined) return UNREADABLE;
      return Object.hasOwn(pins, host) ? pins[host] : undefined;
    },
    write: (host, sha256) =>
      inTurn(async () => {
        const pins = await readAll();
        if (pins === undefined) return;
        await files.writeAtomic(path, `${JSON.stringify({ ...pins, [host]: sha256 }, null, 2)}\n`);
      }),
  };
};
