/** Detects a host that imitates the name of a known site: `caf-remboursement.info`, `arneli.fr`. Pure. */
import { domainToUnicode } from 'node:url';
import { covers } from '../../config/domains.ts';
import type { DemarcheConfig } from '../../config/kiosk-config.ts';

/** Characters that look like others: digits for letters, two letters for one, Cyrillic and Greek for Latin. */
const LOOKS_LIKE: readonly (readonly [RegExp, string])[] = [
  [/rn/g, 'm'],
  [/vv/g, 'w'],
  [/[0οо]/g, 'o'],
  [/[1lіι|]/g, 'i'],
  [/[аα]/g, 'a'],
  [/[еε]/g, 'e'],
  [/[рρ]/g, 'p'],
  [/[сϲ]/g, 'c'],
  [/[хχ]/g, 'x'],
  [/[уγ]/g, 'y'],
  [/5|ѕ/g, 's'],
];

/** Maps characters that look the same to one, so that texts that look the same compare equal. */
const skeleton = (text: string): string =>
  LOOKS_LIKE.reduce(
    (seen, [sign, as]) => seen.replaceAll(sign, as),
    text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase(),
  );

/** The label that people know a site by: `caf` for `connect.caf.fr`, `impots` for `impots.gouv.fr`. */
const mainLabel = (domain: string): string => {
  const labels = domain.split('.').slice(0, -1);
  return (labels.at(-1) === 'gouv' ? labels.at(-2) : labels.at(-1)) ?? '';
};

/** Shorter names must be a whole label, since they also occur inside other words. */
const MIN_SUBSTRING_LENGTH = 5;

/** `seen` is the skeleton of a host. */
const containsName = (seen: string, name: string): boolean => {
  if (name === '') return false;
  const wanted = skeleton(name);
  return wanted.length < MIN_SUBSTRING_LENGTH ? seen.split(/[.-]/).includes(wanted) : seen.includes(wanted);
};

/** The first site whose name appears in this host, unless the host belongs to a known site; null when there is none. */
export const imitatedSite = (
  host: string,
  demarches: readonly Pick<DemarcheConfig, 'domains' | 'siteName'>[],
): string | null => {
  if (host === '') return null;
  if (demarches.some((one) => one.domains.some((domain) => covers(domain, host)))) return null;
  const seen = skeleton(domainToUnicode(host) || host);
  const found = demarches.find((one) => one.domains.some((domain) => containsName(seen, mainLabel(domain))));
  return found?.siteName ?? null;
};
