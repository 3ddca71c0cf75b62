/** Removes from a share the weeks that are older than the 25 months that the kiosks keep. */
import type { Entry, Files } from '../../platform/files.ts';
import { claimOf } from './bundle.ts';
import { KEPT_MONTHS } from './counts-keeper.ts';
import { monthOf, type Week } from './iso-week.ts';
import { bundleReader } from './read-bundle.ts';
import { keysFor, type Trust } from './register.ts';

interface Claimed {
  readonly entry: Entry;
  readonly kiosk: string;
  readonly week: Week;
}

/**
 * Months are counted back from the last one, and only those with verified figures of two kiosks, or of one where the
 * register has no other. So neither the clock of this PC, nor a file that anybody can write, nor one kiosk that signed
 * weeks far ahead makes other weeks too old.
 */
export const removeOldBundles = async (files: Files, folder: string, trust: Trust): Promise<void> => {
  const listed = await files.list(folder);
  if (!listed.ok) return;
  const isVerified = verifier(files, folder, trust);
  let counted = 0;
  for (const claims of newestMonthFirst(listed.value)) {
    // The month that completes the 25 is kept, and all before it go.
    if (counted === KEPT_MONTHS) {
      for (const { entry } of claims) await files.remove(`${folder}/${entry.name}`);
    } else if (await isVerified(claims)) counted += 1;
  }
};

const newestMonthFirst = (entries: readonly Entry[]): readonly (readonly Claimed[])[] => {
  const months = new Map<string, Claimed[]>();
  for (const entry of entries) {
    const claimed = claimOf(entry.name);
    if (!claimed || entry.kind !== 'file') continue;
    const month = monthOf(claimed.week);
    const claims = months.get(month) ?? [];
    claims.push({ entry, ...claimed });
    months.set(month, claims);
  }
  return [...months].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, claims]) => claims);
};

/** Opens only as many files as needed. */
const verifier = (files: Files, folder: string, trust: Trust): ((claims: readonly Claimed[]) => Promise<boolean>) => {
  const read = bundleReader(files, folder, trust);
  const keys = keysFor(trust.kiosks);
  const hasKey = (kiosk: string, week: Week): boolean => (keys(kiosk, week) ?? []).length > 0;
  return async (claims) => {
    const known = trust.kiosks.filter(({ kiosk }) => claims.some(({ week }) => hasKey(kiosk, week))).length;
    const needed = Math.min(2, known);
    const verified = new Set<string>();
    for (const { entry, kiosk } of claims) {
      if (!verified.has(kiosk) && (await read(entry))().ok) verified.add(kiosk);
      if (verified.size > 0 && verified.size === needed) return true;
    }
    return false;
  };
};
