import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { covers } from '../../../main/config/domains.ts';
import { readDemarches } from './read-content.ts';

/** The mailboxes came later, each from sources that its own file names. */
const demarches = readDemarches()
  .map(({ demarche }) => demarche)
  .filter(({ mailbox }) => mailbox === null);

const source = join(import.meta.dirname, '../../../../shared/data/demarches.json');
const sourceRow = z.object({
  id: z.string(),
  url: z.string(),
  domains: z.array(z.string()),
  urlDate: z.string().nullable(),
  priority: z.number(),
  needsAccount: z.boolean(),
  franceConnect: z.union([z.boolean(), z.literal('plus')]),
});

const present = existsSync(source);
if (!present) console.warn('SKIPPED: ../shared/data/demarches.json is absent, the facts were not compared with it');

describe.skipIf(!present)('against the data it was written from', () => {
  const rows = present
    ? z.object({ demarches: z.array(sourceRow) }).parse(JSON.parse(readFileSync(source, 'utf8'))).demarches
    : [];
  /** Sheets that newer sources, named in the sheet itself, have corrected since. */
  const mended = new Set([
    'points-permis',
    'ameli-attestation-droits',
    'ameli-carte-vitale',
    'ameli-ceam',
    'amende-contester',
    'amende-payer',
    'ants-permis',
    'apa',
    'rdv-service-public',
    'cheque-energie',
    'cybermalveillance',
    'transports-scolaires',
    'pass-culture',
  ]);
  it('names its sources where it departs from the data', () => {
    expect(demarches.filter(({ id, sources }) => mended.has(id) && sources.length === 0)).toEqual([]);
  });
  const pairs = rows.map((row) => ({ row, demarche: demarches.find(({ id }) => id === row.id) }));
  const differing = (
    same: (row: (typeof rows)[number], demarche: (typeof demarches)[number]) => boolean,
  ): readonly string[] =>
    pairs
      .filter(({ row, demarche }) => demarche === undefined || (!mended.has(row.id) && !same(row, demarche)))
      .map(({ row }) => row.id);

  it('has them all', () => {
    const ours = new Set(demarches.map(({ id }) => id));
    expect(rows.filter(({ id }) => !ours.has(id)).map(({ id }) => id)).toEqual([]);
  });

  it('keeps every address as it was recorded', () => {
    expect(differing((row, demarche) => demarche.url === row.url)).toEqual([]);
  });

  it('opens no domain that the journey does not need, and loses none of the organism’s own', () => {
    const shared = [
      'franceconnect.gouv.fr',
      'impots.gouv.fr',
      'ameli.fr',
      'lidentitenumerique.laposte.fr',
      'msa.fr',
      'france-identite.gouv.fr',
      'yris.eu',
    ];
    const renamed = ['service-public.fr', 'service-public.gouv.fr'];
    expect(
      differing((row, { domains, bundles }) => {
        const journey = [
          ...domains,
          ...(bundles.includes('franceconnect') ? shared : []),
          ...(bundles.includes('service-public') ? renamed : []),
        ];
        const lost = row.domains.filter((host) => !journey.some((domain) => covers(domain, host)));
        const added = journey.filter((host) => !row.domains.some((domain) => covers(domain, host)));
        return lost.length === 0 && added.length === 0;
      }),
    ).toEqual([]);
  });

  it('keeps the account, FranceConnect and which démarches are asked most', () => {
    expect(differing((row, { account }) => (account !== null) === row.needsAccount)).toEqual([]);
    expect(
      differing((row, { account }) => {
        if (account === null) return true;
        // The Caf has gone over to FranceConnect+ since.
        return row.franceConnect === true
          ? account.franceConnect !== false
          : account.franceConnect === row.franceConnect;
      }),
    ).toEqual([]);
    expect(differing((row, { priority }) => (priority === 1) === (row.priority === 1))).toEqual([]);
  });

  it('never claims that an address was checked later than it was', () => {
    expect(
      differing((row, { checkedOn }) => checkedOn.slice(0, row.urlDate?.length ?? 4) <= (row.urlDate ?? '2019')),
    ).toEqual([]);
  });
});
