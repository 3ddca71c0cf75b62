import { describe, expect, it } from 'vitest';
import { imitatedSite } from '../../../main/features/browsing/imitated-site.ts';

const sites = [
  { siteName: 'caf.fr', domains: ['caf.fr'] },
  { siteName: 'ameli.fr', domains: ['ameli.fr'] },
  { siteName: 'impots.gouv.fr', domains: ['impots.gouv.fr'] },
  { siteName: 'service-public.fr', domains: ['service-public.gouv.fr'] },
];

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
    expect(imitatedSite(host, sites)).toBe(site);
  });

  it('is recognised with Cyrillic look-alike letters', () => {
    expect(imitatedSite(new URL('https://аmеli.com').hostname, sites)).toBe('ameli.fr');
  });

  it.each(['connect.caf.fr', 'www.impots.gouv.fr', 'decathlon.fr', 'escafe.fr', 'cafe-des-sports.fr', ''])(
    'is not %s',
    (host) => {
      expect(imitatedSite(host, sites)).toBeNull();
    },
  );
});
