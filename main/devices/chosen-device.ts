/**
 * Which device `auto` chose at the first contact. Kept with the pinned certificates, so that deleting one file makes
 * the kiosk choose again. As a fingerprint, because that file holds nothing else.
 */
import { createHash } from 'node:crypto';
import type { CertificatePins } from './ipp/client.ts';

/** No host has such names. */
const CHOSEN = 'chosen device';
const CHOSEN_AT = 'address of the chosen device';

const fingerprint = (identity: string): string => createHash('sha256').update(identity).digest('hex');

export interface ChosenDevice {
  /** Nothing was chosen yet. */
  readonly none: boolean;
  is(identity: string): boolean;
  keep(identity: string): Promise<void>;
  /** Whether it was last found at this address. */
  wasAt(address: string): boolean;
  keepAddress(address: string): Promise<void>;
}

export const readChosen = async (pins: CertificatePins): Promise<ChosenDevice> => {
  const chosen = await pins.read(CHOSEN);
  const at = await pins.read(CHOSEN_AT);
  return {
    none: chosen === undefined,
    is: (identity) => chosen === fingerprint(identity),
    keep: (identity) => pins.write(CHOSEN, fingerprint(identity)),
    wasAt: (address) => at === fingerprint(address),
    keepAddress: (address) => pins.write(CHOSEN_AT, fingerprint(address)),
  };
};
