import { describe, expect, it } from 'vitest';
import { imitatedSite } from '../../../main/features/browsing/imitated-site.ts';
import { readBundles, readDemarches } from '../content/read-content.ts';

const sites = [
  { siteName: 'caf.fr', domains: ['caf.fr'] },
  { siteName: 'ameli.fr', domains: ['ameli.fr'] },
  { siteName: 'impots.gouv.fr', domains: ['impots.gouv.fr'] },
  { siteName: 'service-public.fr', domains: ['service-public.gouv.fr'] },
];

const owners = [
  ...sites,
  { siteName: 'dossierfacile.fr', domains: ['dossierfacile.fr', 'dossierfacile.logement.gouv.fr'] },
  { siteName: 'casier-judiciaire.justice.gouv.fr', domains: ['casier-judiciaire.justice.gouv.fr'] },
  { siteName: 'free.fr', domains: ['webmail.free.fr'] },
  { siteName: 'google.com', domains: ['mail.google.com', 'accounts.google.com'] },
  { siteName: 'laposte.net', domains: ['laposte.net'] },
  { siteName: 'education.gouv.fr', domains: ['education.gouv.fr'] },
  { siteName: 'allier.fr', domains: ['allier.fr'] },
];

/** The domains of all bundles, as they ship. */
const shared = Object.values(readBundles()).flatMap(({ domains }) => domains);

describe('a host that imitates a site', () => {
  it.each([
    ['caf-remboursement.info', 'caf.fr'],
    ['www.caf.fr.dossier-2026.com', 'caf.fr'],
    ['connexion.caf.xyz', 'caf.fr'],
    ['ameli-vitale.net', 'ameli.fr'],
    ['moncompteameli.com', 'ameli.fr'],
    ['arneli.fr', 'ameli.fr'],
    ['amelì.fr', 'ameli.fr'],
    ['ame1i.fr', 'ameli.fr'],
    ['impots-gouv.fr', 'impots.gouv.fr'],
    ['lmpots.gouv-fr.com', 'impots.gouv.fr'],
    ['service-public-amendes.fr', 'service-public.fr'],
  ])('%s: %s', (host, site) => {
    expect(imitatedSite(host, sites, [])).toBe(site);
  });

  it('is recognised with Cyrillic look-alike letters', () => {
    expect(imitatedSite(new URL('https://аmеli.com').hostname, sites, [])).toBe('ameli.fr');
  });

  it.each(['connect.caf.fr', 'www.impots.gouv.fr', 'decathlon.fr', 'escafe.fr', 'cafe-des-sports.fr', ''])(
    'is not %s',
    (host) => {
      expect(imitatedSite(host, sites, [])).toBeNull();
    },
  );

  it.each([
    'www.justice.gouv.fr',
    'www.allier.gouv.fr',
    'mobile.free.fr',
    'play.google.com',
    'www.laposte.fr',
    'eduscol.education.fr',
    'logement-neuf.fr',
    'education-canine.fr',
  ])('is not %s: the State, a known owner, or a plain word', (host) => {
    expect(imitatedSite(host, owners, shared)).toBeNull();
  });

  it.each([
    ['caf.free.fr', 'caf.fr'],
    ['allier.free.fr', 'allier.fr'],
    ['free-mobile.info', 'free.fr'],
    ['google-secure.com', 'google.com'],
    ['logement.com', 'dossierfacile.fr'],
    ['impots.gouv.fr.remboursement.com', 'impots.gouv.fr'],
  ])('is still %s, which would pass for %s', (host, site) => {
    expect(imitatedSite(host, owners, shared)).toBe(site);
  });

  const shipped = readDemarches().map(({ demarche }) => demarche);

  it.each([
    'play.google.com',
    'www.laposte.fr',
    'apps.apple.com',
    'mobile.free.fr',
    'www.justice.gouv.fr',
    'www.allier.gouv.fr',
    'eduscol.education.fr',
    'www.culture.gouv.fr',
    'www.legifrance.gouv.fr',
    'www.anil.org',
    'www.credit-agricole.fr',
    'www.decoration-interieur.fr',
    'www.leboncoin.fr',
    'allier-habitat.fr',
    'chevallier.fr',
    'doctolibpatient.zendesk.com',
    'www.francetravail.org',
    'www.allier.cci.fr',
    'www.red-by-sfr.fr',
    'outlook.office.com',
    'outlook.cloud.microsoft',
    'www.yahoo.fr',
    'www.protonvpn.com',
    'live.leboncoin.fr',
    'etudiant.lefigaro.fr',
    'culture.moulins.fr',
  ])('is not %s, with all that ships', (host) => {
    expect(imitatedSite(host, shipped, shared)).toBeNull();
  });

  it.each([
    'caf-remboursement.info',
    'arneli.fr',
    'impots-gouv.fr',
    'antai-amende.com',
    'francetravail-emploi.net',
    'caf.zendesk.com',
    'doctolib-patients.zendesk.com',
    'outlook-connexion.com',
    'yahoo-mail.info',
    'caf.free.fr',
    'allier.com',
    'www.allier.fr.aides.com',
    'justice-gouv-fr.com',
  ])('is %s, with all that ships', (host) => {
    expect(imitatedSite(host, shipped, shared)).not.toBeNull();
  });

  it('is not of an owner whose sites no démarche opens', () => {
    expect(shipped.filter(({ bundles }) => bundles.includes('connus-mais-fermes')).map(({ id }) => id)).toEqual([]);
  });

  it('is not a host of any shipped démarche', () => {
    const accused = shipped
      .flatMap(({ domains, url }) => [...domains.flatMap((domain) => [domain, `www.${domain}`]), new URL(url).hostname])
      .filter((host) => imitatedSite(host, shipped, shared) !== null);
    expect(accused).toEqual([]);
  });
});
