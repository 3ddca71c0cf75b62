/** Two of the demonstration sites whose keys a bundle promises: one truly, one not. */
import { hosts } from '../../fixtures/sites/hosts.ts';

export const rightPinned = hosts.identity;
export const wronglyPinned = hosts.portail;
