/**
 * What tells this PC from any other, also after its folders were erased: the id that systemd or D-Bus gave to this
 * installation; on a system without one (Windows), its host name. Confidential (machine-id(5)): derive from it, never
 * show it.
 */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

const ID = /^[0-9a-f]{32}$/;

export const machineId = (file = '/etc/machine-id'): string => {
  try {
    const id = readFileSync(file, 'utf8').trim();
    if (ID.test(id)) return id;
  } catch {
    // no such file
  }
  return hostname();
};
