/**
 * A network that lets nobody out before a sign-in on a page of its own (a captive portal): until then, that page
 * answers every connection, under its own certificate.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decideInJourney } from '../../../../main/features/browsing/journey-policy.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import { makeCertificate } from '../../../fixtures/sites/certificate.ts';
import { openOneSite, type OneSite } from './one-site.ts';

const [FIRST, SECOND] = ['https://www.un-exemple.test/', 'https://www.deux-exemple.test/'];
const HOSTS = [FIRST, SECOND].map((url) => new URL(url).hostname);
const INTERCEPTED = { several: true, intercepted: true };

describe.skipIf(findChromium() === undefined)('a network with a sign-in page', () => {
  const logged: unknown[] = [];
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: HOSTS,
      decide: (request) => decideInJourney(request, { domains: HOSTS, localHosts: [], frames: [] }),
      answer: () => ({ body: '<!doctype html><title>Page</title><link rel="icon" href="data:,"><p>bonjour</p>' }),
      logger: { log: (...line) => void logged.push(line) },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  const opened = async (url: string): Promise<readonly string[]> => {
    await site.open(url);
    return site.events.flatMap((one) =>
      one.kind === 'navigated' ? [one.url] : one.kind === 'load-failed' ? [one.fault] : [],
    );
  };

  it('is told from an unsafe site once it answered for two, and forgotten once a site opens', async () => {
    const portal = await makeCertificate(['portail.exemple.test']);
    site.replace(portal);
    logged.length = 0;
    expect(await opened(FIRST)).toEqual(['certificate']);
    expect(site.shell.silence()).toBeUndefined();
    expect(await opened(SECOND)).toEqual(['intercepted']);
    expect(await opened(FIRST)).toEqual(['intercepted']);
    expect(site.shell.silence()).toEqual(INTERCEPTED);
    expect(site.asked).toEqual([]);
    const codes = logged.filter((line) => JSON.stringify(line).includes('guest.certificate-refused'));
    expect(codes).toEqual(Array(3).fill(['guest.certificate-refused', { code: 'cert-authority-invalid' }]));

    site.replace();
    expect(await opened(FIRST)).toEqual([FIRST]);
    expect(site.shell.silence()).toBeUndefined();
  });
});
