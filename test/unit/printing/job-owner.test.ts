import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isAnothers, isOurs, jobOwner } from '../../../main/devices/job-owner.ts';
import { machineId } from '../../../main/platform/machine-id.ts';

const PC = '0123456789abcdef0123456789abcdef';
const ours = jobOwner('msd-moulins', PC);
const neighbour = jobOwner('msd-vichy', PC);

describe('the name under which a kiosk prints', () => {
  it('is the same after a restart, and nothing of the place or the PC can be read in it', () => {
    expect(jobOwner('msd-moulins', PC)).toEqual(ours);
    expect(ours.user).toMatch(/^borne-[0-9a-f]{6}$/);
    expect(ours.jobName).toBe(`Document ${ours.user.slice(-6)}`);
    expect(PC).not.toContain(ours.user.slice(-6));
  });

  it('is another one on a copied disk with its own kiosk id, and on another PC with the same id', () => {
    const names = [ours, neighbour, jobOwner('msd-moulins', PC.replace('0', 'f'))].map(({ user }) => user);
    expect(new Set(names).size).toBe(3);
  });

  it.each([
    ['both', { user: ours.user, name: ours.jobName }, 'ours'],
    ['another case', { user: ours.user.toUpperCase(), name: undefined }, 'ours'],
    ['our name under a user of its own', { user: 'anonymous', name: ours.jobName }, 'ours'],
    ['our user, as a queue names its jobs', { user: ours.user, name: 'Document 48213' }, 'ours'],
    ['the neighbour', { user: neighbour.user, name: neighbour.jobName }, 'another’s'],
    ['the neighbour, without a name', { user: neighbour.user, name: undefined }, 'another’s'],
    ['the staff', { user: 'accueil', name: 'Facture' }, 'another’s'],
    ['nothing', { user: undefined, name: undefined }, 'neither'],
    ['our user cut to eight characters', { user: ours.user.slice(0, 8), name: undefined }, 'neither'],
    ['every user cut to six characters', { user: 'borne-', name: 'Document' }, 'neither'],
    ['the name of all kiosks before', { user: 'borne', name: 'Document' }, 'neither'],
    ['a user of its own, without a name', { user: 'anonymous', name: undefined }, 'neither'],
  ])('of a job for which a printer tells %s', (_, told, whose) => {
    expect([isOurs(ours, told), isAnothers(ours, told)]).toEqual([whose === 'ours', whose === 'another’s']);
  });
});

describe('the id of this PC', () => {
  it.each([
    ['is what the system gave it', `${PC}\n`, PC],
    ['is its host name before the first start of a system', 'uninitialized\n', hostname()],
    ['is its host name where the file is empty', '', hostname()],
  ])('%s', (_, content, id) => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-machine-'));
    try {
      writeFileSync(join(folder, 'machine-id'), content);
      expect(machineId(join(folder, 'machine-id'))).toBe(id);
      expect(machineId(join(folder, 'none'))).toBe(hostname());
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
