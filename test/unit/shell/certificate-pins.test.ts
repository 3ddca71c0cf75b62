import { createServer } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askKeys, askValidFrom, keyHash } from '../../../main/platform/network/tls-keys.ts';
import { keyedEnd, keysHold, rememberKeys } from '../../../main/shell/guest/certificate-pins.ts';
import { pinnedKeys } from '../../../main/features/browsing/pinned-keys.ts';
import { createManualClock } from '../../fakes/manual-clock.ts';
import { makeCertificate, type Certificate } from '../../fixtures/sites/certificate.ts';

describe('pinned keys', () => {
  it('match when any key of the chain is pinned, the site’s own or an authority’s', () => {
    expect(keysHold(['b'], ['a', 'b', 'c'])).toBe(true);
    expect(keysHold(['d'], ['a', 'b', 'c'])).toBe(false);
    expect(keysHold(['d'], [])).toBe(false);
  });

  it('accept any chain when no key is pinned', () => {
    expect(keysHold([], ['a'])).toBe(true);
  });

  it('apply to a domain and its subdomains, not to look-alikes', () => {
    const bundles = {
      with: { domains: ['caf.fr'], pins: ['one', 'two'] },
      without: { domains: ['ameli.fr'], pins: [] },
    };
    expect(pinnedKeys(bundles, 'connect.caf.fr')).toEqual(['one', 'two']);
    expect(pinnedKeys(bundles, 'faux-caf.fr')).toEqual([]);
    expect(pinnedKeys(bundles, 'ameli.fr')).toEqual([]);
  });

  it('apply only to addresses that are reached over TLS', () => {
    expect(keyedEnd('https://caf.fr/x')).toEqual({ host: 'caf.fr', port: 443 });
    expect(keyedEnd('wss://caf.fr:8443/x')).toEqual({ host: 'caf.fr', port: 8443 });
    expect(keyedEnd('blob:https://caf.fr/1')).toBeUndefined();
    expect(keyedEnd('not an address')).toBeUndefined();
  });

  it('are read from a host once a minute', async () => {
    const clock = createManualClock();
    let asked = 0;
    const keysOf = rememberKeys(clock, async () => [`key-${++asked}`]);
    expect([await keysOf('a.fr', 443), await keysOf('a.fr', 443)]).toEqual([['key-1'], ['key-1']]);
    await clock.advance(60_000);
    expect(await keysOf('a.fr', 443)).toEqual(['key-2']);
  });

  it('are those of each port', async () => {
    const keysOf = rememberKeys(createManualClock(), async (host, port) => [`${host}:${port}`]);
    expect([await keysOf('a.fr', 443), await keysOf('a.fr', 8443)]).toEqual([['a.fr:443'], ['a.fr:8443']]);
  });

  it('are asked for again when the host did not answer', async () => {
    const answers = [undefined, ['key']];
    const keysOf = rememberKeys(createManualClock(), async () => answers.shift());
    const together = [keysOf('a.fr', 443), keysOf('a.fr', 443)];
    expect(await Promise.all(together)).toEqual([undefined, undefined]);
    expect(await keysOf('a.fr', 443)).toEqual(['key']);
    expect(await keysOf('a.fr', 443)).toEqual(['key']);
  });
});

describe('the keys a server presents', () => {
  let certificate: Certificate;
  let port: number;
  const server = createServer({ SNICallback: (_name, done) => done(null) });
  beforeAll(async () => {
    certificate = await makeCertificate(['www.caisse-exemple.test']);
    server.setSecureContext(certificate);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    port = typeof address === 'object' && address ? address.port : 0;
  });
  afterAll(() => void server.close());

  it('are read without trusting the server or sending it a request', async () => {
    expect(await askKeys('www.caisse-exemple.test', { addresses: ['127.0.0.1'], port })).toEqual([certificate.spki]);
    expect(keyHash(certificate.cert)).toBe(certificate.spki);
  });

  it('come with the day from which the certificate is valid, also if that is not yet', async () => {
    const early = await makeCertificate(['www.caisse-exemple.test'], 'early');
    server.setSecureContext(early);
    const from = (await askValidFrom('www.caisse-exemple.test', { addresses: ['127.0.0.1'], port })) ?? 0;
    server.setSecureContext(certificate);
    const before = (await askValidFrom('www.caisse-exemple.test', { addresses: ['127.0.0.1'], port })) ?? 0;
    expect([from > Date.now(), before < Date.now(), from - before > 1.9 * 86_400_000]).toEqual([true, true, true]);
  });

  it('are unknown when the host does not respond', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const address = free.address();
    const closed = typeof address === 'object' && address ? address.port : 0;
    await new Promise((resolve) => free.close(resolve));
    expect(await askKeys('www.caisse-exemple.test', { addresses: ['127.0.0.1'], port: closed })).toBeUndefined();
    expect(await askValidFrom('www.caisse-exemple.test', { addresses: ['127.0.0.1'], port: closed })).toBeUndefined();
  });
});
