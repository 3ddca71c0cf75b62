/** The whole run: one address at a time, each after a pause, compared with what the last run left in the folder. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { journeyDomains } from '../../main/config/domains.ts';
import type { KioskConfig } from '../../main/config/kiosk-config.ts';
import type { Journey } from '../../main/features/browsing/journey-policy.ts';
import { addressesOf, starHosts, type Asked } from './addresses.ts';
import { compare, keep, type Finding, type Kept, type LastRun, type Sight } from './compare.ts';
import { linksPage } from './write-page.ts';

export interface LinksRun {
  readonly config: Pick<KioskConfig, 'demarches' | 'bundles' | 'site'>;
  readonly visit: (address: string, journey: Journey) => Promise<Sight>;
  /** `last-run.json` and the page stand there. */
  readonly out: string;
  readonly today: string;
  /** Between two visits, whoever they go to. */
  readonly pause: () => Promise<void>;
  readonly print: (line: string) => void;
}

/** So many first names that lead nowhere are a machine without a network, not a country without sites. */
const SURELY = 3;

const journeyOf = ({ ids }: Asked, { demarches, bundles, site }: LinksRun['config']): Journey => {
  const speaking = demarches.filter(({ id }) => ids.includes(id));
  return {
    domains: speaking.flatMap((one) => journeyDomains(one, bundles)),
    ports: speaking.flatMap(({ ports }) => ports),
    localHosts: [],
    frames: speaking.some(({ payByCard }) => payByCard === true)
      ? 'any'
      : [...site.frames, ...speaking.flatMap(({ frames }) => frames)],
  };
};

const readLastRun = (file: string): LastRun =>
  existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { pages: LastRun }).pages : {};

/** The findings; undefined without a network: then nothing is written and the last run stays the last. */
export const checkLinks = async (run: LinksRun): Promise<readonly Finding[] | undefined> => {
  const { config, out, today, print } = run;
  const file = join(out, 'last-run.json');
  const last = readLastRun(file);
  const findings: Finding[] = [];
  const kept: Record<string, Kept> = { ...last };
  let reached = 0;
  const addresses = addressesOf(config.demarches);
  for (const asked of addresses) {
    if (findings.length > 0) await run.pause();
    const { address } = asked;
    const sight = await run
      .visit(address, journeyOf(asked, config))
      .catch((error: unknown): Sight => ({ kind: 'wall', why: `la visite a échoué : ${String(error)}` }));
    const finding = compare(asked, sight, last[address]);
    const now = keep(sight, today, last[address]);
    if (now !== undefined) kept[address] = now;
    findings.push(finding);
    print(`${finding.kind.padEnd(8)}${address}`);
    if (sight.kind !== 'unreachable') reached += 1;
    else if (reached === 0 && findings.length >= Math.min(SURELY, addresses.length)) return undefined;
  }
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, 'index.html'), linksPage({ findings, stars: starHosts(config.demarches), today }));
  writeFileSync(`${file}.new`, `${JSON.stringify({ ranOn: today, pages: kept }, undefined, 2)}\n`);
  renameSync(`${file}.new`, file);
  return findings;
};
