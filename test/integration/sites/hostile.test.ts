import { readFile } from 'node:fs/promises';
import { Script } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tricks, listOfTricks } from '../../fixtures/sites/hostile/tricks.ts';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { Browser } from './browser.ts';

const hostile = `https://${hosts.hostile}`;

/** Pages that never end, drop the connection, or are too large to be read one after the other. */
const notReadable =
  /^\/chargements\/(sans-fin|jamais|goutte|lent|coupe|coupe-tout-de-suite)$|^\/telecharger\/(sans-fin|coupe)$/;

let sites: Sites;
beforeAll(async () => {
  sites = await startSites();
});
afterAll(async () => {
  await sites.stop();
});

describe('the hostile site', () => {
  it('has one trick per path', () => {
    expect(new Set(tricks.map((trick) => trick.path)).size).toBe(tricks.length);
  });

  it('lists every trick in README.md, up to date', async () => {
    const readme = await readFile(new URL('../../fixtures/sites/README.md', import.meta.url), 'utf8');
    const spaced = (text: string): string => text.replace(/\s+/g, ' ');
    expect(spaced(readme)).toContain(spaced(listOfTricks()));
  });

  it('serves every page that ends', { timeout: 60_000 }, async () => {
    const browser = new Browser(sites.port);
    const failed: string[] = [];
    for (const { path } of tricks.filter((trick) => !notReadable.test(trick.path))) {
      const { status } = await browser.ask(hostile + path);
      const meant = /^\/chargements\/(\d{3})/.exec(path)?.[1];
      if (meant === undefined ? status >= 400 : !path.endsWith('-cadre') && status !== Number(meant))
        failed.push(`${path}: ${status}`);
    }
    expect(failed).toEqual([]);
  });

  it('serves scripts without syntax errors', { timeout: 60_000 }, async () => {
    const browser = new Browser(sites.port);
    const broken: string[] = [];
    let read = 0;
    for (const { path } of tricks.filter(
      (trick) => !notReadable.test(trick.path) && trick.path !== '/chargements/enorme',
    )) {
      const { type, text } = await browser.ask(hostile + path);
      if (!type.startsWith('text/html')) continue;
      for (const [, code = ''] of text.matchAll(/<script>([\s\S]*?)<\/script>/g)) {
        read += 1;
        try {
          new Script(code);
        } catch (error) {
          broken.push(`${path}: ${String(error)}`);
        }
      }
    }
    expect(broken).toEqual([]);
    expect(read).toBeGreaterThan(200);
  });

  it('redirects to another site with each status', async () => {
    const browser = new Browser(sites.port);
    for (const status of [301, 302, 303, 307, 308]) {
      const answer = await browser.ask(`${hostile}/sorties/${status}`);
      expect(answer.status).toBe(status);
      expect(answer.headers['location']).toBe(`https://${hosts.elsewhere}/`);
    }
    expect(await browser.redirectOf(`${hostile}/vers?u=file:///etc/passwd`)).toBe('file:///etc/passwd');
  });

  it.each(['/chargements/coupe', '/chargements/coupe-tout-de-suite', '/telecharger/coupe'])(
    'drops the connection on %s',
    async (path) => {
      await expect(new Browser(sites.port).ask(hostile + path)).rejects.toThrow();
    },
  );

  it('asks for a password with 401', async () => {
    expect((await new Browser(sites.port).ask(`${hostile}/chargements/401`)).headers['www-authenticate']).toMatch(
      /^Basic/,
    );
  });

  it('respects a size given in the query', async () => {
    const answer = await new Browser(sites.port).ask(`${hostile}/chargements/enorme?mo=1`);
    expect(answer.body.length).toBeGreaterThan(900_000);
    expect(answer.body.length).toBeLessThan(1_100_000);
  });

  it('logs the reports of its pages', async () => {
    await new Browser(sites.port).ask(`${hostile}/temoin?page=/fenetres/open&fait=fait&detail=essai`, {
      method: 'POST',
    });
    expect(sites.log.at(-1)).toMatchObject({
      host: hosts.hostile,
      method: 'POST',
      path: '/temoin?page=/fenetres/open&fait=fait&detail=essai',
    });
  });
});
