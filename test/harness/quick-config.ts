/**
 * Copies a configuration and sets to zero the pauses meant for people. Tests of those pauses use `atPersonsPace`
 * instead.
 */
import { appendFileSync, cpSync } from 'node:fs';
import { join } from 'node:path';

const NO_WAIT = '\npace: { settleMs: 0, farewellS: 0 }\n';

/** Copies the folder `from` to `to`, which must not exist yet. Returns `to`. */
export const quickConfig = (from: string, to: string): string => {
  cpSync(from, to, { recursive: true });
  appendFileSync(join(to, 'departement.yaml'), NO_WAIT);
  return to;
};
