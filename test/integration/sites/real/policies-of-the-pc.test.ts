/** Policies that IT may have on a PC override our switches: a browser that no longer does what we say is not used. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAY_MOUNT } from '../../../harness/under-policies.ts';
import { openPlaceProxy } from '../../../harness/place-proxy.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite } from './one-site.ts';

const HOST = 'exemple.test';

/** What is logged when a site is opened. */
const logOf = async (policies: Readonly<Record<string, unknown>>): Promise<readonly string[]> => {
  const logged: string[] = [];
  const site = await openOneSite({
    hosts: [HOST],
    answer: () => ({ body: 'vu' }),
    policies,
    logger: { log: (event) => void logged.push(event) },
  });
  try {
    await site.open(`https://${HOST}/`).catch(() => logged.push('not opened'));
    return site.asked.some(({ path }) => path === '/') ? [...logged, 'opened'] : logged;
  } finally {
    await site.stop();
  }
};

const STARTED = 'shell.browser-started';

describe.skipIf(!MAY_MOUNT)('a browser with a policy of the PC', () => {
  it.each([
    ['ProxySettings', (at: string) => ({ ProxySettings: { ProxyMode: 'fixed_servers', ProxyServer: at } })],
    ['ProxyMode', (at: string) => ({ ProxyMode: 'fixed_servers', ProxyServer: at })],
    ['no proxy', () => ({ ProxySettings: { ProxyMode: 'direct' } })],
    ['a script that gives the proxy', () => ({ ProxyMode: 'pac_script', ProxyPacUrl: 'http://127.0.0.1:9/p.pac' })],
  ] as const)('that leads past us opens nothing: %s', async (_what, policies) => {
    const proxy = await openPlaceProxy();
    try {
      const log = await logOf(policies(`127.0.0.1:${proxy.port}`));
      expect(log).toEqual([STARTED, 'guest.past-the-kiosk', 'not opened']);
    } finally {
      await proxy.stop();
    }
  });

  it('that lets calls pass us by opens nothing', async () => {
    expect(await logOf({ WebRtcIPHandling: 'default' })).toEqual([STARTED, 'guest.calls-past-the-kiosk', 'not opened']);
  });

  it('that has its cache elsewhere opens nothing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pn-cache-'));
    chmodSync(folder, 0o777);
    try {
      const log = await logOf({ DiskCacheDir: join(folder, '${user_name}') });
      expect(log).toEqual([STARTED, 'guest.cache-elsewhere', 'not opened']);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('that lets pages ask for other programs opens nothing', async () => {
    const log = await logOf({ URLBlocklist: ['jeux.test'] });
    expect(log).toEqual([STARTED, 'guest.opens-other-programs', 'not opened']);
  });

  it.each([
    ['block list', { URLBlocklist: ['*', HOST], URLAllowlist: ['https://autre.test'] }],
    ['allow list', { URLAllowlist: ['https://autre.test'] }],
  ])('that refuses the site by its own %s says so, to the person and in the log', async (_, policies) => {
    const logged: string[] = [];
    const logger = { log: (event: string) => void logged.push(event) };
    const site = await openOneSite({ hosts: [HOST], answer: () => ({ body: 'vu' }), policies, logger });
    try {
      await site.open(`https://${HOST}/`);
      expect(await site.heard('load-failed')).toEqual({
        kind: 'load-failed',
        url: `https://${HOST}/`,
        fault: 'refused',
      });
      await until('the line in the log', () => logged.length > 1);
      expect(logged).toEqual([STARTED, 'guest.refused-by-policy']);
      expect(site.asked).toEqual([]);
    } finally {
      await site.stop();
    }
  });

  it('about anything else opens sites', async () => {
    expect(await logOf({ HomepageLocation: `https://${HOST}/` })).toEqual([STARTED, 'opened']);
  });
});
