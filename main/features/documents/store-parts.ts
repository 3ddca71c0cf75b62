/** Stores the parts of a document in the vault: all or none. */
import { fail, ok, type Result } from '../../contract/result.ts';
import type { Vault, VaultFault } from './vault.ts';

/** `not-kept`: the kiosk cannot store it, and erasing something would not help. */
export type StoreRefusal = 'full' | 'not-kept' | 'cut';

/** `hasOthers`: there are documents that the person could erase. */
const refusalOf = (fault: VaultFault, hasOthers: boolean): StoreRefusal => {
  switch (fault.kind) {
    case 'full':
      return 'full';
    case 'memory-full':
      return hasOthers ? 'full' : 'not-kept';
    case 'unwritable':
      return 'not-kept';
    case 'source':
    case 'wiped':
      return 'cut';
  }
};

/** Returns the vault ids of the parts, in their order. */
export const storeParts = async (
  {
    vault,
    onFault,
    hasOthers,
  }: {
    readonly vault: Vault;
    readonly onFault: (fault: VaultFault) => void;
    readonly hasOthers: () => boolean;
  },
  parts: readonly Uint8Array[],
): Promise<Result<readonly string[], StoreRefusal>> => {
  const ids: string[] = [];
  for (const part of parts) {
    const stored = await vault.add(part);
    if (!stored.ok) {
      for (const id of ids) await vault.remove(id);
      onFault(stored.error);
      return fail(refusalOf(stored.error, hasOthers()));
    }
    ids.push(stored.value.id);
  }
  return ok(ids);
};
