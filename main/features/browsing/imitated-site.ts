/** Detects a host that imitates the name of a known site: `caf-remboursement.info`, `arneli.fr`. Pure. */
import { domainToUnicode } from 'node:url';
import { covers, registeredName } from '../../config/domains.ts';
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

/**
 * Names that only the State uses. AFNIC gives `gouv.fr` to nobody else; `education.fr` is the ministry's (circular
 * 98-190 of 16 September 1998, eduscol.education.fr).
 */
const STATE = ['gouv.fr', 'education.fr'];

/** Shorter names must be a whole part, since they also occur inside other words. */
const MIN_SUBSTRING_LENGTH = 5;
/** Sites whose name is an ordinary word, which many others contain: `education-canine.fr`, `allier.cci.fr`. */
const ORDINARY = new Set(['allier', 'education', 'etudiant', 'interieur', 'justice', 'live', 'proton'].map(skeleton));

const dotted = (text: string): string => `.${text.replaceAll('-', '.')}.`;

/**
 * True when a host bears the name of this site. `seen` is the skeleton of the host, `owned` that of the name which its
 * owner registered. A listed sub-domain (`dossierfacile.logement.gouv.fr`) stands under a name that is often an
 * ordinary word too. Such a word counts only as the name that was registered, or with its ending
 * (`allier.fr.aides.com`).
 */
const bearsName = (seen: string, owned: string, site: string): boolean => {
  const registered = registeredName(site);
  const name = skeleton(registered.split('.')[0] ?? '');
  if (registered !== site || ORDINARY.has(name))
    return owned === name || dotted(seen).includes(dotted(skeleton(registered)));
  return name.length < MIN_SUBSTRING_LENGTH ? seen.split(/[.-]/).includes(name) : seen.includes(name);
};

type Site = Pick<DemarcheConfig, 'domains' | 'siteName'> & Partial<Pick<DemarcheConfig, 'mailbox'>>;

/**
 * The first site whose name appears in this host, unless the host belongs to a known owner; null when there is none.
 * `shared` are the domains of the bundles: known owners too, though no site of their own. So are the endings of a
 * mailbox (`yahoo.fr`), but not what stands before them: anybody publishes pages at `free.fr`.
 */
export const imitatedSite = (host: string, sites: readonly Site[], shared: readonly string[]): string | null => {
  if (host === '' || STATE.some((suffix) => covers(suffix, host))) return null;
  const known = [...sites.flatMap(({ domains }) => domains), ...shared];
  if (known.some((domain) => covers(domain, host))) return null;
  const shown = domainToUnicode(host) || host;
  const registered = registeredName(shown);
  // A known owner may lend its sub-domains to others: `caf.free.fr` still passes for the Caf.
  const endings = sites.flatMap(({ mailbox }) => mailbox?.endings ?? []);
  const lent = [...known, ...endings].some((domain) => registeredName(domain) === registered);
  const chosen = lent ? shown.slice(0, -registered.length).replace(/\.$/, '') : shown;
  const seen = skeleton(chosen);
  const owned = skeleton((lent ? chosen.split('.').at(-1) : registered.split('.')[0]) ?? '');
  const found = sites.find((one) => [one.siteName, ...one.domains].some((site) => bearsName(seen, owned, site)));
  return found?.siteName ?? null;
};
