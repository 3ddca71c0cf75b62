/** Two demonstration sites with pinned keys: one pinned to its real key, the other to a wrong one. */
import { hosts } from '../../fixtures/sites/hosts.ts';

export const rightPinned = hosts.identity;
export const wronglyPinned = hosts.portail;
