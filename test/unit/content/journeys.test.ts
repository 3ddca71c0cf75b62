/**
 * Real addresses of the real sites, played through the kiosk's own step follower: `test/fixtures/journeys/README.md`.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { parseUrlPattern, urlMatches } from '../../../main/config/url-pattern.ts';
import { followStep } from '../../../main/features/browsing/follow-step.ts';
import { day } from '../../../main/config/schema/fields.ts';
import { readDemarches } from './read-content.ts';

const folder = join(import.meta.dirname, '../../fixtures/journeys');
const read = (name: string): unknown => parse(readFileSync(join(folder, `${name}.yaml`), 'utf8'));

const sources = z.record(z.string(), z.strictObject({ seenOn: day(''), says: z.string() })).parse(read('sources'));
const journeySchema = z.array(
  z.strictObject({
    /** Counted from 1, as the screen does. */
    step: z.int().positive(),
    address: z.url(),
    from: z.string().refine((name) => name in sources, 'a source of sources.yaml'),
  }),
);

const names = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml') && name !== 'sources.yaml')
  .map((name) => name.replace(/\.yaml$/, ''));

/** Their start page belongs to the signed-in space: who is not signed in is led to a sign-in page first. */
const leadsElsewhere = (id: string, mailbox: unknown): boolean => id === 'ameli-attestation-droits' || mailbox !== null;

const demarches = readDemarches().map(({ demarche }) => {
  const { id, url, steps, mailbox } = demarche;
  const pages = names.includes(id) ? journeySchema.parse(read(id)) : [];
  return { id, url, steps, pages, played: leadsElsewhere(id, mailbox) ? pages : [{ address: url, step: 1 }, ...pages] };
});
const franceConnect = 'https://oidc.franceconnect.gouv.fr/api/v2/authorize';
const fits = (pattern: string, address: string): boolean => {
  const parsed = parseUrlPattern(pattern);
  return parsed.ok && urlMatches(parsed.value, new URL(address));
};

describe('the guidance on the real addresses', () => {
  it.each(demarches)('of $id', ({ steps, played }) => {
    let at = 0;
    const reached = played.map(({ address }) => {
      at = followStep(steps, at, address);
      return `${at + 1} ${address}`;
    });
    expect(reached).toEqual(played.map(({ step, address }) => `${step} ${address}`));
  });

  it('has a démarche for each list', () => {
    expect(names.filter((name) => !demarches.some(({ id }) => id === name))).toEqual([]);
  });

  it('has no pattern that none of them shows', () => {
    const guessed = demarches.flatMap(({ id, url, steps, pages }) =>
      steps
        .flatMap(({ when }) => when)
        .filter(
          (pattern) => ![url, franceConnect, ...pages.map(({ address }) => address)].some((one) => fits(pattern, one)),
        )
        .map((pattern) => `${id}: ${pattern}`),
    );
    expect(guessed).toEqual([]);
  });

  it('goes past the sign-in wherever one is spoken of and an address after it is known', () => {
    const signIn = /^(oidc\.franceconnect|connect\.|ameliconnect|fc\.|auth|cfspart-idp|sso)/;
    const stuck = demarches.filter(({ steps, pages }) => {
      const last = pages.at(-1);
      return last !== undefined && !signIn.test(new URL(last.address).hostname) && last.step === 1 && steps.length > 1;
    });
    expect(stuck.map(({ id }) => id)).toEqual(['amende-payer', 'ft-mes-aides']);
  });
});
