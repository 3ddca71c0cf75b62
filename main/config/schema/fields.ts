/**
 * The kinds of field that the configuration files share. Each describes in French what it expects, for editors and
 * error lines.
 */
import { z } from 'zod';
import { domainFault, isAddress, normalHost, type DomainFault } from '../domains.ts';
import { complaint, quoted, type Complaint } from '../mistake.ts';

/** Attaches one of our own rules to a string field. Its complaint is passed in the issue's `params`. */
export const judged = (judge: (value: string) => Complaint | undefined): z.ZodString =>
  z.string().superRefine((value, context) => {
    const said = judge(value);
    if (said !== undefined) context.addIssue({ code: 'custom', message: said.problem, params: { ...said } });
  });

export const text = (description: string, maxLength = 200): z.ZodString =>
  judged((value) => {
    if (value.trim() === '') return complaint('texte vide', description);
    if (/\p{Cc}/u.test(value.replaceAll('\n', ''))) return complaint('signe invisible dans le texte', description);
    if (value.length > maxLength) return complaint(`texte de ${value.length} signes`, `${maxLength} signes au plus`);
    return undefined;
  }).meta({ description, minLength: 1, maxLength });

export const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;

export const slug = (description: string): z.ZodString =>
  judged((value) =>
    SLUG.test(value) && value.length <= 60
      ? undefined
      : complaint(`${quoted(value)} n’est pas un identifiant`, 'des minuscules sans accent, des chiffres, des tirets'),
  ).meta({ description, pattern: SLUG.source, maxLength: 60 });

const DOMAIN_REMEDIES: Readonly<Record<DomainFault, string>> = {
  scheme: 'le nom seul, sans « https:// »',
  path: 'le nom seul, sans ce qui suit « / »',
  port: 'le nom seul, sans numéro de port',
  wildcard: 'le nom sans étoile : un domaine couvre déjà ses sous-domaines',
  address: 'un nom de site, pas une adresse IP',
  'too-wide': 'un nom plus précis : celui-ci couvrirait des sites sans rapport',
  malformed: 'un nom de site comme « caf.fr »',
};

export const domain = z
  .string()
  .superRefine((value, context) => {
    const fault = domainFault(value);
    if (fault === undefined) return;
    const said = complaint(`${quoted(value)} n’est pas un domaine`, DOMAIN_REMEDIES[fault]);
    context.addIssue({ code: 'custom', message: said.problem, params: { ...said } });
  })
  .transform((value) => normalHost(value) ?? value)
  .meta({
    description: 'Un domaine comme caf.fr ; il couvre ses sous-domaines',
    pattern: '^[^/:*?#\\s]+\\.[^/:*?#\\s]+$',
  });

/** `hcaptcha.com`, or only a part of a site: `www.google.com/recaptcha/`. */
export const frameSource = judged((value) => {
  const slash = value.indexOf('/');
  const host = slash < 0 ? value : value.slice(0, slash);
  const fault = value.includes('://') ? 'scheme' : domainFault(host);
  if (fault !== undefined) return complaint(`${quoted(value)} n’est pas un site`, DOMAIN_REMEDIES[fault]);
  return slash < 0 || /^(\/[\w.~-]+)*\/$/.test(value.slice(slash))
    ? undefined
    : complaint(
        `${quoted(value)} n’est pas un début d’adresse`,
        'un chemin qui finit par « / » : www.google.com/recaptcha/',
      );
}).meta({
  description: 'Un site qu’une page montre dans un cadre : hcaptcha.com, ou une partie : www.google.com/recaptcha/',
  pattern: '^[^:*?#\\s]+\\.[^:*?#\\s]+$',
});

export const hostAndPort = judged((value) => {
  const [, host = value, port = ''] = /^(.+):(\d{1,5})$/.exec(value) ?? [];
  const fault = value.includes('://') ? 'scheme' : domainFault(host);
  if (fault !== undefined) return complaint(`${quoted(value)} n’est pas un site`, DOMAIN_REMEDIES[fault]);
  return Number(port) > 0 && Number(port) <= 65_535 && port !== '443' && normalHost(host) === host
    ? undefined
    : complaint(`${quoted(value)} n’a pas de port`, 'un nom et son port : portail.exemple.fr:8443 ; 443 va sans dire');
}).meta({
  description: 'Un site à un autre port que celui de https : portail.exemple.fr:8443',
  pattern: '^[^/:*?#\\s]+\\.[^/:*?#\\s]+:[0-9]{1,5}$',
});

export const httpsUrl = (description: string): z.ZodString =>
  judged((value) => {
    const url = URL.parse(value);
    if (url === null) return complaint(`${quoted(value)} n’est pas une adresse`, 'une adresse complète en https://');
    if (url.protocol === 'http:') {
      return complaint(
        'adresse en http:// (non protégée)',
        'https:// ; si le site ne répond pas en https, la borne ne peut pas l’ouvrir',
      );
    }
    if (url.protocol !== 'https:') return complaint(`adresse en ${url.protocol}`, 'une adresse en https://');
    if (url.username !== '' || url.password !== '') return complaint('mot de passe dans l’adresse', 'l’adresse seule');
    return undefined;
  }).meta({ description, pattern: '^https://' });

/** The source of a fact. The kiosk never opens it, so http:// is accepted. */
export const sourceUrl = (description: string): z.ZodString =>
  judged((value) => {
    const protocol = URL.parse(value)?.protocol;
    return protocol === 'https:' || protocol === 'http:'
      ? undefined
      : complaint(`${quoted(value)} n’est pas une adresse`, 'une adresse complète : https://www.caf.fr/…');
  }).meta({ description, pattern: '^https?://' });

const urlOf = (host: string): URL | null =>
  URL.parse(`https://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}/`);

/** A host of the local network: a name (one label is enough) or an IP address, without scheme, port or path. */
export const localHost = judged((value) => {
  const host = urlOf(value);
  return host !== null && host.port === '' && host.pathname === '/' && host.username === '' && !/[/?#@\s*]/.test(value)
    ? undefined
    : complaint(`${quoted(value)} n’est pas un nom de machine`, 'un nom ou une adresse IP, sans https:// ni port');
})
  // As in the URLs that are judged: an address has many notations.
  .transform((value) => urlOf(value)?.hostname ?? value)
  .meta({ description: 'Une machine du réseau local que les démarches peuvent atteindre' });

const PROXY = /^http:\/\/([^/\\%@?#:[\]\s]+|\[[\da-fA-F:.]+\]):[1-9]\d{0,4}\/?$/;
const PROXY_REMEDY = 'le nom ou l’adresse du serveur et son port : http://proxy.exemple.fr:3128';

/** `http://proxy.exemple.fr:3128`. The kiosk has no password for one, and can't run the script of a `.pac` file. */
export const proxyAddress = judged((value) => {
  if (/^http:\/\/[^/]*@/i.test(value))
    return complaint('mot de passe dans l’adresse', `${PROXY_REMEDY} ; le proxy doit laisser passer ce PC sans`);
  const [, host] = PROXY.exec(value) ?? [];
  const read = URL.parse(value)?.hostname;
  const isWrong = (remedy: string): Complaint => complaint(`${quoted(value)} n’est pas l’adresse d’un proxy`, remedy);
  if (host === undefined || read === undefined) return isWrong(PROXY_REMEDY);
  // A URL reads `1.2.3` as 1.2.0.3, and `010.1.2.3` as 8.1.2.3.
  if (isAddress(read) && !read.startsWith('[') && read !== host)
    return isWrong('une adresse IP en entier, quatre nombres sans zéro devant : http://10.1.2.3:3128');
  return undefined;
})
  .transform((value) => {
    const { hostname, port } = new URL(value);
    // A URL leaves out the usual port of its scheme.
    return { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) || 80 };
  })
  .meta({ description: 'Le proxy du lieu : http://proxy.exemple.fr:3128', pattern: PROXY.source });

/** `17`, `32 30`, `04 70 00 00 00`, `+33 4 70 00 00 00`. */
export const phoneNumber = (description: string): z.ZodString =>
  judged((value) =>
    /^\+?\d[\d ]{0,18}\d$/.test(value)
      ? undefined
      : complaint(`${quoted(value)} n’est pas un numéro`, 'des chiffres et des espaces, comme 32 30 ou 04 70 00 00 00'),
  ).meta({ description, pattern: '^\\+?\\d[\\d ]{0,18}\\d$' });

/** The month in which a person last checked a fact: `2026-08`. */
export const month = (description: string): z.ZodString =>
  judged((value) =>
    /^20\d\d-(0[1-9]|1[0-2])$/.test(value)
      ? undefined
      : complaint(`${quoted(value)} n’est pas un mois`, 'une année et un mois : 2026-08'),
  ).meta({ description: `${description} : 2026-08`, pattern: '^20\\d\\d-(0[1-9]|1[0-2])$' });

/** The day on which a sheet was compared with its sources: `2026-11-26`. */
export const day = (description: string): z.ZodString =>
  judged((value) =>
    isDay(value)
      ? undefined
      : complaint(`${quoted(value)} n’est pas une date`, 'une année, un mois, un jour : 2026-11-26'),
  ).meta({ description: `${description} : 2026-11-26`, pattern: '^20\\d\\d-\\d\\d-\\d\\d$' });

const isDay = (value: string): boolean =>
  /^20\d\d-\d\d-\d\d$/.test(value) && new Date(`${value}T00:00:00Z`).toJSON()?.startsWith(value) === true;

/** When a source was seen, as precisely as it is known: `2024`, `2024-12` or `2024-12-05`. */
export const dateAsKnown = (description: string): z.ZodString =>
  judged((value) =>
    /^20\d\d(-(0[1-9]|1[0-2]))?$/.test(value) || isDay(value)
      ? undefined
      : complaint(
          `${quoted(value)} n’est pas une date`,
          'ce qui est connu : 2024, 2024-12 ou 2024-12-05, entre guillemets',
        ),
  ).meta({ description: `${description} : 2024, 2024-12 ou 2024-12-05`, pattern: '^20\\d\\d(-\\d\\d){0,2}$' });

export const departementCode = judged((value) =>
  /^(\d{2}|2[AB]|97\d)$/.test(value)
    ? undefined
    : complaint(`${quoted(value)} n’est pas un département`, 'son numéro, entre guillemets : 03'),
).meta({ description: 'Le numéro du département : 03', pattern: '^(\\d{2}|2[AB]|97\\d)$' });
