/** A network that inspects TLS signs every site with an authority of its own, which IT installs on its PCs. */
import { X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { makeAuthority } from '../../../fixtures/sites/certificate.ts';
import { MAY_MOUNT } from '../../../harness/under-policies.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const HOST = 'www.exemple.test';
const authority = await makeAuthority('Inspection du réseau');

let site: OneSite | undefined;
afterEach(() => site?.stop());

/** What the guest says of a page that the authority signed. */
const opened = async (policies: Readonly<Record<string, unknown>>): Promise<readonly string[]> => {
  site = await openOneSite({
    hosts: [HOST],
    answer: () => ({ body: '<title>Mairie</title>' }),
    authority,
    policies,
  });
  await site.open(`https://${HOST}/`);
  return site.events.flatMap((one) =>
    one.kind === 'navigated' ? [one.url] : one.kind === 'load-failed' ? [one.fault] : [],
  );
};

describe.skipIf(!MAY_MOUNT)('a guest on a network that inspects TLS', () => {
  it('opens sites once a policy of the PC names the authority', async () => {
    const der = new X509Certificate(authority.cert).raw.toString('base64');
    expect(await opened({ CACertificates: [der] })).toEqual([`https://${HOST}/`]);
  });

  it('opens none before', async () => {
    expect(await opened({})).toEqual(['certificate']);
  });
});
