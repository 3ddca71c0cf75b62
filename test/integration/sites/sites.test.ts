import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { connect } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../../main/config/load.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { Browser } from './browser.ts';
import { somePdf, upload } from './papers.ts';

const caisse = `https://${hosts.caisse}`;

let sites: Sites;
beforeAll(async () => {
  sites = await startSites();
});
afterAll(async () => {
  await sites.stop();
});

describe('the server', () => {
  it('serves each host with a certificate for its name and the announced key', async () => {
    const socket = connect({
      host: '127.0.0.1',
      port: sites.port,
      servername: hosts.caisse,
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect');
    const shown = socket.getPeerX509Certificate();
    socket.destroy();
    const key = shown?.publicKey.export({ type: 'spki', format: 'der' }) ?? Buffer.alloc(0);
    expect(createHash('sha256').update(key).digest('base64')).toBe(sites.spki);
    expect(
      sites.hosts.filter((host) => !host.startsWith('certificat-perime')).every((host) => shown?.checkHost(host)),
    ).toBe(true);
  });

  it('serves an expired certificate with another key on the host that a browser must refuse', async () => {
    const socket = connect({
      host: '127.0.0.1',
      port: sites.port,
      servername: 'certificat-perime-exemple.test',
      rejectUnauthorized: false,
    });
    await once(socket, 'secureConnect');
    const shown = socket.getPeerX509Certificate();
    socket.destroy();
    expect(Date.parse(shown?.validTo ?? '')).toBeLessThan(Date.now());
  });

  it('refuses a host it does not know', async () => {
    expect((await new Browser(sites.port).ask('https://inconnu.test/')).status).toBe(421);
  });

  it('logs every request with its host, path and cookies', async () => {
    const browser = new Browser(sites.port);
    await browser.ask(`${caisse}/connexion`, { form: { numero: '2850703190042', motdepasse: 'x' } });
    await browser.ask(`${caisse}/connexion/code`, { form: { code: sites.mail.newestCode() } });
    await browser.ask(`${caisse}/paiements?trace=journal`);
    expect(sites.log.findLast((line) => line.path === '/paiements?trace=journal')).toMatchObject({
      host: hosts.caisse,
      method: 'GET',
      cookies: { 'session-caisse': expect.any(String) },
    });
  });

  it('runs as a program: prints one JSON line, one more per message, and ends on SIGTERM', async () => {
    const program = spawn(process.execPath, ['test/fixtures/sites/serve.ts', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(program, 'exit');
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    const said = JSON.parse(line.toString()) as { port: number; spki: string; hosts: string[] };
    expect(said.spki).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    expect(said.hosts).toContain(hosts.hostile);
    const browser = new Browser(said.port);
    const printed = once(program.stdout, 'data') as Promise<[Buffer]>;
    await browser.ask(`${caisse}/connexion`, { form: { numero: '2850703190042', motdepasse: 'x' } });
    const { mail } = JSON.parse((await printed)[0].toString()) as { mail: { code: string } };
    expect(await browser.redirectOf(`${caisse}/connexion/code`, { form: { code: mail.code } })).toBe(
      `${caisse}/mon-compte`,
    );
    program.kill('SIGTERM');
    expect(await exit).toEqual([0, null]);
  });
});

describe('the neighbours', () => {
  it.each([hosts.elsewhere, 'www.xn--cisse-exemple-w1k.test', 'www.caisse-exemple.test.ailleurs-exemple.test'])(
    'says on %s that it must not be seen',
    async (host) => {
      expect((await new Browser(sites.port).ask(`https://${host}/`)).text).toContain('Vous êtes ailleurs');
    },
  );

  it('accepts a document in the frame embedded by the portal', async () => {
    const answer = await new Browser(sites.port).ask(`https://${hosts.depot}/depot`, {
      form: upload({ document: ['photo.pdf', somePdf(100)] }),
    });
    expect(answer.text).toContain('photo.pdf');
  });
});

describe('the demonstration configuration', () => {
  it('is accepted, covers all eight themes, and starts on pages that exist', async () => {
    const config = await loadConfig({ files: systemFiles, dir: 'test/fixtures/demo' });
    if (!config.ok) throw new Error(JSON.stringify(config.error, null, 1));
    const themes = new Set(config.value.demarches.map((demarche) => demarche.theme));
    expect([...themes].sort()).toEqual([
      'famille',
      'impots',
      'logement',
      'papiers',
      'sante',
      'social',
      'transports',
      'travail',
    ]);
    const browser = new Browser(sites.port);
    for (const { url } of config.value.demarches) {
      expect(sites.hosts).toContain(new URL(url).hostname);
      expect((await browser.ask(url)).status).toBeLessThan(400);
    }
  });
});
