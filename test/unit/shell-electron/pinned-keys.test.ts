import { describe, expect, it } from 'vitest';
import { holdToPinnedKeys } from '../../../main/shell/electron/pinned-keys.ts';
import { FakeSession } from '../../fakes/electron/fake-session.ts';
import { makeCertificate } from '../../fixtures/sites/certificate.ts';

const AS_CHROMIUM_SAYS = -3;

describe('the pinned keys of an organisme, in Electron', () => {
  it('refuse a host with another key, inside the handshake', async () => {
    const session = new FakeSession('guest');
    const [right, wrong] = await Promise.all([makeCertificate(['caf.fr']), makeCertificate(['caf.fr'])]);
    holdToPinnedKeys(session, (host) => (host === 'caf.fr' ? [right.spki] : []));
    expect(await session.certificateVerdict('caf.fr', { data: right.cert })).toBe(AS_CHROMIUM_SAYS);
    expect(await session.certificateVerdict('caf.fr', { data: wrong.cert })).toBeLessThan(AS_CHROMIUM_SAYS);
  });

  it('refuse a chain that cannot be parsed, and leave other hosts to Chromium', async () => {
    const session = new FakeSession('guest');
    holdToPinnedKeys(session, (host) => (host === 'caf.fr' ? ['x'] : []));
    expect(await session.certificateVerdict('caf.fr', { data: 'not a certificate' })).toBeLessThan(AS_CHROMIUM_SAYS);
    expect(await session.certificateVerdict('ameli.fr', { data: 'not a certificate' })).toBe(AS_CHROMIUM_SAYS);
  });
});
