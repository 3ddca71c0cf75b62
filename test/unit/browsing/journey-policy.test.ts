/** The table of cases that specifies which requests a guest may send. */
import { describe, expect, it } from 'vitest';
import {
  decide,
  decideInJourney,
  isLocalAddress,
  overHttps,
  proxyFor,
  type Journey,
} from '../../../main/features/browsing/journey-policy.ts';
import type { BlockReason, GuestRequest } from '../../../main/shell/port.ts';

const journey: Journey = {
  domains: ['caf.fr', 'franceconnect.gouv.fr'],
  ports: ['compte.caf.fr:8443', 'evil.com:8443', 'localhost:8443'],
  localHosts: ['intranet.allier.fr', '10.1.2.4', '[fd00::4]'],
  frames: ['hcaptcha.com', 'www.google.com/recaptcha/'],
};
type Answer = 'yes' | BlockReason;
type Case = readonly [kind: GuestRequest['kind'], url: string, answer: Answer, address?: string];

const pages: readonly Case[] = [
  ['main-frame', 'https://caf.fr/', 'yes'],
  ['main-frame', 'https://www.caf.fr/allocataires?x=1#/mon-compte', 'yes'],
  ['main-frame', 'https://a.b.c.caf.fr/', 'yes'],
  ['main-frame', 'https://CAF.FR/', 'yes'],
  ['main-frame', 'https://caf.fr:443/', 'yes'],
  ['main-frame', 'https://oidc.franceconnect.gouv.fr/api', 'yes'],
  ['main-frame', 'https://gouv.fr/', 'outside-journey'],
  ['main-frame', 'https://fr/', 'local-network'],
  ['main-frame', 'https://notcaf.fr/', 'outside-journey'],
  ['main-frame', 'https://caf.fr.evil.com/', 'outside-journey'],
  ['main-frame', 'https://evil.com/caf.fr', 'outside-journey'],
  ['main-frame', 'https://evil.com/?caf.fr', 'outside-journey'],
  ['main-frame', 'https://evil.com#caf.fr', 'outside-journey'],
  ['main-frame', 'https://caf.fr-evil.com/', 'outside-journey'],
  ['main-frame', 'https://caf.fr@evil.com/', 'malformed'],
  ['main-frame', 'https://user:pass@caf.fr/', 'malformed'],
  ['main-frame', 'https://evil.com\\@caf.fr/', 'outside-journey'],
  ['main-frame', 'https://cаf.fr/', 'outside-journey'], // a Cyrillic а
  ['main-frame', 'https://caf。fr/', 'yes'], // browsers normalise this full stop (U+3002) to a dot
  ['main-frame', 'https://caf.fr./', 'malformed'],
  ['main-frame', `https://${'l'.repeat(251)}.fr/`, 'malformed'], // a DNS name has 253 characters at most
  ['main-frame', `https://${'l'.repeat(251)}.caf.fr/`, 'malformed'],
  ['resource', `https://${'l'.repeat(251)}.fr/`, 'malformed'],
  ['main-frame', 'https://caf.fr:8443/', 'outside-journey'],
  ['main-frame', 'https://compte.caf.fr:8443/x', 'yes'],
  ['main-frame', 'https://compte.caf.fr:8444/', 'outside-journey'],
  ['main-frame', 'https://compte.caf.fr:84430/', 'malformed'],
  ['main-frame', 'https://a.compte.caf.fr:8443/', 'outside-journey'],
  ['main-frame', 'https://evil.com:8443/', 'outside-journey'], // no domain of the journey covers it
  ['main-frame', 'https://localhost:8443/', 'local-network'],
  ['main-frame', 'http://compte.caf.fr:8443/', 'not-https'],
  ['frame', 'https://compte.caf.fr:8443/', 'yes'],
  ['main-frame', 'https://caf.com/', 'outside-journey'],
  ['main-frame', 'https://www.google.com/', 'outside-journey'],
  ['main-frame', 'http://caf.fr/', 'not-https'],
  ['main-frame', 'http://evil.com/', 'not-https'],
  ['main-frame', 'ftp://caf.fr/', 'scheme'],
  ['main-frame', 'file:///etc/passwd', 'scheme'],
  ['main-frame', 'file://caf.fr/etc/passwd', 'scheme'],
  ['main-frame', 'chrome://settings', 'scheme'],
  ['main-frame', 'devtools://devtools/bundled/inspector.html', 'scheme'],
  ['main-frame', 'view-source:https://caf.fr/', 'scheme'],
  ['main-frame', 'data:text/html,<h1>caf.fr</h1>', 'scheme'],
  ['main-frame', 'javascript:alert(1)', 'scheme'],
  ['main-frame', 'about:blank', 'scheme'],
  ['main-frame', 'mailto:a@caf.fr', 'scheme'],
  ['main-frame', 'tel:3230', 'scheme'],
  ['main-frame', 'blob:https://www.caf.fr/0f0e', 'yes'],
  ['main-frame', 'blob:https://evil.com/0f0e', 'outside-journey'],
  ['main-frame', 'blob:null/0f0e', 'scheme'],
  ['main-frame', 'filesystem:https://caf.fr/temporary/x', 'scheme'],
  ['main-frame', 'not an address', 'malformed'],
  ['main-frame', '', 'malformed'],
  ['main-frame', 'https://', 'malformed'],
  ['main-frame', 'https://localhost/', 'local-network'],
  ['main-frame', 'https://127.0.0.1/', 'local-network'],
  ['main-frame', 'https://0x7f000001/', 'local-network'],
  ['main-frame', 'https://2130706433/', 'local-network'],
  ['main-frame', 'https://[::1]/', 'local-network'],
  ['main-frame', 'https://192.168.1.1/', 'local-network'],
  ['main-frame', 'https://8.8.8.8/', 'outside-journey'],
  ['main-frame', 'https://www.caf.fr/', 'local-network', '10.0.0.4'], // resolves to a local address
  ['main-frame', 'https://www.caf.fr/', 'yes', '185.11.125.117'],
  ['main-frame', 'https://intranet.allier.fr/', 'outside-journey'], // local resources are allowed, pages are not
];
const parts: readonly Case[] = [
  ['frame', 'https://hcaptcha.com/', 'yes'],
  ['frame', 'https://newassets.hcaptcha.com/captcha/v1/x.html', 'yes'],
  ['frame', 'https://hcaptcha.com.evil.com/', 'outside-journey'],
  ['frame', 'https://hcaptcha.com:8443/', 'outside-journey'],
  ['frame', 'https://www.google.com/recaptcha/api2/anchor?k=1', 'yes'],
  ['frame', 'https://www.google.com/search?q=recaptcha/', 'outside-journey'],
  ['frame', 'https://www.google.com/recaptcha/../search', 'outside-journey'],
  ['frame', 'https://www.caf.fr/inner', 'yes'],
  ['frame', 'https://oidc.franceconnect.gouv.fr/silent', 'yes'],
  ['frame', 'https://evil.com/', 'outside-journey'],
  ['frame', 'https://intranet.allier.fr/', 'outside-journey'],
  ['frame', 'about:srcdoc', 'yes'],
  ['frame', 'data:text/html,x', 'yes'],
  ['frame', 'blob:https://caf.fr/x', 'yes'],
  ['frame', 'file:///etc/passwd', 'scheme'],
  ['frame', 'chrome://version', 'scheme'],
  ['frame', 'https://192.168.0.1/', 'local-network'],
  ['resource', 'https://fonts.example/x.woff2', 'yes'],
  ['resource', 'wss://live.example/', 'yes'],
  ['resource', 'ws://live.example/', 'not-https'],
  ['resource', 'http://cdn.example/x.js', 'not-https'],
  ['resource', 'http://192.168.0.1/', 'local-network'],
  ['resource', 'https://printer.local/', 'local-network'],
  ['resource', 'https://nas/', 'local-network'],
  ['resource', 'https://box.home.arpa/', 'local-network'],
  ['resource', 'https://intranet.allier.fr/logo.png', 'yes', '10.1.2.3'],
  ['resource', 'https://10.1.2.4/logo.png', 'yes', '10.1.2.4'],
  ['resource', 'https://10.1.2.40/logo.png', 'local-network', '10.1.2.40'],
  ['resource', 'https://[fd00::4]/logo.png', 'yes', 'fd00::4'],
  ['resource', 'https://169.254.169.254/latest/meta-data', 'local-network'],
  ['resource', 'https://rebind.example/', 'local-network', '::ffff:192.168.0.9'],
  ['resource', 'https://rebind.example/', 'local-network', 'fe80::1%eth0'],
  ['resource', 'https://rebind.example/', 'yes', '2606:4700::6810:84e5'],
  ['resource', 'file:///etc/hosts', 'scheme'],
  ['resource', 'chrome-extension://abc/x.js', 'scheme'],
];

describe('a guest’s request', () => {
  const cases = [...pages, ...parts].map(([kind, url, answer, address]) => ({ kind, url, answer, address }));
  it.each(cases)('$kind $url $address: $answer', ({ kind, url, answer, address }) => {
    const verdict = decide({ kind, url, ...(address === undefined ? {} : { address }) }, journey);
    expect(verdict.allow ? 'yes' : verdict.reason).toBe(answer);
  });
});

describe('an address of the local network', () => {
  it.each([
    '10.1.1.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '127.0.0.1',
    '0.0.0.0',
    '169.254.1.1',
    '100.64.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'fd12::1',
    'ff02::1',
    '::ffff:10.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::192.168.1.1',
    '64:ff9b::a9fe:a9fe',
    '64:ff9b:1::808:808',
    '[::1]',
    'nonsense',
    '',
  ])('%s', (address) => expect(isLocalAddress(address)).toBe(true));
  // NAT64: a network without IPv4 gives a site that has no IPv6 this address (RFC 6052).
  it.each(['8.8.8.8', '172.32.0.1', '185.11.125.117', '2606:4700::6810:84e5', '64:ff9b::b90b:7d75'])(
    'not %s',
    (address) => expect(isLocalAddress(address)).toBe(false),
  );
});

describe('an address that this machine has, or has in one of its networks', () => {
  const near = (address: string): boolean => ['203.0.114.7', '2606:4700::7'].includes(address);
  const here: Journey = { ...journey, isNeighbour: near };
  const answer = (url: string, address?: string): Answer => {
    const verdict = decide({ kind: 'resource', url, ...(address === undefined ? {} : { address }) }, here);
    return verdict.allow ? 'yes' : verdict.reason;
  };
  it.each([
    ['https://203.0.114.7:9100/'],
    ['https://[2606:4700::7]/'],
    ['https://[2606:4700:0:0::7]/'],
    ['wss://[::ffff:203.0.114.7]/'],
    ['https://[64:ff9b::cb00:7207]/'],
    ['https://un.example/', '203.0.114.7'],
    ['https://un.example/', '2606:4700::7'],
    ['https://un.example/', '2606:4700:0:0::7'],
  ])('%s %s is local', (url, address?: string) => expect(answer(url, address)).toBe('local-network'));
  it('is no other public address', () => {
    expect([answer('https://203.0.114.8/'), answer('https://un.example/', '2606:4700::8')]).toEqual(['yes', 'yes']);
  });
  it('may be a machine that the place allows', () => {
    expect(answer('https://intranet.allier.fr/logo.png', '2606:4700::7')).toBe('yes');
  });
});

describe('an http link of the journey', () => {
  it.each([
    ['http://www.caf.fr/aide?x=1', 'https://www.caf.fr/aide?x=1'],
    ['http://www.caf.fr:8080/', 'https://www.caf.fr/'],
    ['http://evil.com/', undefined],
    ['https://www.caf.fr/', undefined],
    ['http://user@caf.fr/', undefined],
    ['nonsense', undefined],
  ])('%s → %s', (from, to) => expect(overHttps(from, journey)).toBe(to));
});

describe('a payment', () => {
  const paying: Journey = { ...journey, frames: 'any' };
  it('allows frames of any bank, but still no other page and no local address', () => {
    expect(decide({ kind: 'frame', url: 'https://acs.a-bank.example:8443/3ds' }, paying)).toEqual({ allow: true });
    expect(decide({ kind: 'main-frame', url: 'https://acs.a-bank.example/3ds' }, paying).allow).toBe(false);
    expect(decide({ kind: 'frame', url: 'https://192.168.0.1/' }, paying).allow).toBe(false);
    expect(decide({ kind: 'frame', url: 'http://acs.a-bank.example/' }, paying).allow).toBe(false);
  });
});

describe('a page of the journey over http', () => {
  it('is redirected to https', () => {
    expect(decideInJourney({ kind: 'main-frame', url: 'http://www.caf.fr/a?b' }, journey)).toEqual({
      allow: false,
      reason: 'not-https',
      instead: 'https://www.caf.fr/a?b',
    });
  });

  it.each([
    ['main-frame', 'http://evil.com/'],
    ['frame', 'http://www.caf.fr/'],
    ['main-frame', 'file:///etc/passwd'],
  ] as const)('is the only request with an https alternative: not %s %s', (kind, url) => {
    expect(decideInJourney({ kind, url }, journey)).not.toHaveProperty('instead');
  });
});

describe('a document of another host', () => {
  const main = (url: string) => decideInJourney({ kind: 'main-frame', url }, journey);
  it('may be downloaded, but its page is refused', () => {
    expect(main('https://stockage.exemple/objet/attestation.PDF?signature=a')).toEqual({
      allow: false,
      reason: 'outside-journey',
      unlessDocument: true,
    });
  });
  it.each(
    'pdf jpg jpeg jfif png gif webp avif heic heif tif tiff bmp odt doc docx rtf csv ics txt zip ods xls xlsx'.split(
      ' ',
    ),
  )('may be named .%s: the tray takes it, or says why not', (extension) => {
    expect(main(`https://stockage.exemple/objet.${extension}`)).toHaveProperty('unlessDocument', true);
  });
  it.each([
    'https://stockage.exemple/attestation',
    'https://stockage.exemple/?fichier=a.pdf',
    'https://stockage.exemple:8443/a.pdf',
    'https://127.0.0.1/a.pdf',
    'https://intranet/a.pdf',
    'http://stockage.exemple/a.pdf',
    'file:///etc/a.pdf',
  ])('is not %s', (url) => {
    expect(main(url)).not.toHaveProperty('unlessDocument');
    expect(main(url).allow).toBe(false);
  });
  it.each([
    ['frame', true],
    ['resource', undefined],
  ] as const)('of a %s', (kind, unlessDocument) => {
    const verdict: object = decideInJourney({ kind, url: 'https://stockage.exemple/a.pdf' }, journey);
    expect(verdict).toEqual(
      unlessDocument ? { allow: false, reason: 'outside-journey', unlessDocument } : { allow: true },
    );
  });
});

it('reaches everything through the proxy of the place, but the machines of the local network', () => {
  const proxy = { host: 'proxy.exemple.test', port: 3128 };
  const hosts = ['caf.fr', 'cdn.exemple.test', 'intranet.allier.fr', '10.1.2.4', '[fd00::4]'];
  const behind = { ...journey, proxy };
  expect(hosts.map((host) => proxyFor(host, behind))).toEqual([proxy, proxy, undefined, undefined, undefined]);
  expect(proxyFor('caf.fr', { ...journey, proxy: null })).toBeUndefined();
});
