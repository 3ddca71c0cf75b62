import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from './any-text.ts';
import { covers, domainFault, hostOf, isAddress, journeyDomains, normalHost } from '../../../main/config/domains.ts';

describe('which hosts a domain covers', () => {
  it.each([
    ['caf.fr', 'caf.fr', true],
    ['caf.fr', 'connect.caf.fr', true],
    ['caf.fr', 'a.b.c.caf.fr', true],
    ['caf.fr', 'CONNECT.Caf.FR', true],
    ['Caf.FR.', 'connect.caf.fr', true],
    ['caf.fr', 'connect.caf.fr.', true],
    ['élan.fr', 'www.xn--lan-9la.fr', true],
    ['xn--lan-9la.fr', 'www.Élan.fr', true],
    ['caf.fr', 'my_site.caf.fr', true],
    ['caf.fr', 'notcaf.fr', false],
    ['caf.fr', 'caf.fr.example.com', false],
    ['caf.fr', 'caf-fr.com', false],
    ['connect.caf.fr', 'caf.fr', false],
    ['caf.fr', 'fr', false],
    ['caf.fr', '', false],
    ['caf.fr', '.caf.fr', false],
    ['caf.fr', 'x..caf.fr', false],
    ['caf.fr', 'caf.fr..', false],
    ['', 'caf.fr', false],
    ['1.2', '10.0.1.2', false],
    ['0.1', '127.0.0.1', false],
    ['::1', '[::1]', false],
  ])('%s and %s: %s', (domain, host, expected) => {
    expect(covers(domain, host)).toBe(expected);
  });

  it('never covers a host that only ends with the same letters', () => {
    const label = fc.stringMatching(/^[a-z][a-z0-9]{0,8}$/);
    fc.assert(
      fc.property(label, label, label, (a, b, tail) => {
        expect(covers(`${a}.${tail}`, `${b}${a}.${tail}`)).toBe(false);
        expect(covers(`${a}.${tail}`, `${b}.${a}.${tail}`)).toBe(true);
        expect(covers(`${a}.${tail}`, `${a}.${tail}.${b}`)).toBe(a === tail && tail === b);
      }),
    );
  });

  it('never throws, whatever it is given', () => {
    fc.assert(
      fc.property(anyText(), anyText(), (domain, host) => {
        covers(domain, host);
        domainFault(domain);
      }),
    );
  });
});

describe('what counts as an address', () => {
  it.each(['127.0.0.1', '127.1', '0x7f.1', '2130706433', '10.0.0.1.', '[::1]', '::ffff:10.0.0.1', '1.2.3.0x'])(
    '%s',
    (host) => {
      expect(isAddress(host)).toBe(true);
    },
  );
  it.each(['caf.fr', '17cyber.gouv.fr', '1jeune1solution.beta.gouv.fr', '0x.fr'])('not %s', (host) => {
    expect(isAddress(host)).toBe(false);
  });
});

describe('the normal form of a host', () => {
  it.each([
    ['CAF.fr.', 'caf.fr'],
    ['localhost', 'localhost'],
    ['-a.fr', undefined],
    ['a-.fr', undefined],
    [`${'a'.repeat(64)}.fr`, undefined],
    [`${'a.'.repeat(127)}fr`, undefined],
    ['a b.fr', undefined],
    ['.', undefined],
  ])('%s', (text, expected) => {
    expect(normalHost(text)).toBe(expected);
  });
});

describe('the domains of a journey', () => {
  const bundles = {
    fc: { domains: ['franceconnect.gouv.fr', 'Impots.gouv.fr'] },
    sp: { domains: ['service-public.fr'] },
  };

  it('are its own and those of its bundles, each once', () => {
    expect(journeyDomains({ domains: ['impots.gouv.fr', 'caf.fr'], bundles: ['fc', 'fc'] }, bundles)).toEqual([
      'impots.gouv.fr',
      'caf.fr',
      'franceconnect.gouv.fr',
    ]);
  });

  it('do not grow by a bundle that is not there, even one named like an inherited property', () => {
    expect(journeyDomains({ domains: ['caf.fr'], bundles: ['none', 'constructor', '__proto__'] }, bundles)).toEqual([
      'caf.fr',
    ]);
  });
});

describe('the host of an address', () => {
  it.each([
    ['https://www.Caf.fr:8443/x?y#z', 'www.caf.fr'],
    ['mailto:aide@caf.fr', ''],
    ['caf.fr', ''],
    [`https://${'l'.repeat(250)}.fr/`, `${'l'.repeat(250)}.fr`],
    [`https://${'l'.repeat(251)}.fr/`, ''],
  ])('%s: %s', (address, host) => {
    expect(hostOf(address)).toBe(host);
  });
});
