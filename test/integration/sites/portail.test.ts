import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { Browser } from './browser.ts';
import { pdfText } from './papers.ts';

const portail = `https://${hosts.portail}`;
const hub = `https://${hosts.hub}`;

let sites: Sites;
beforeAll(async () => {
  sites = await startSites();
});
afterAll(async () => {
  await sites.stop();
});

describe('the portal', () => {
  const authorise = async (browser: Browser): Promise<string> => {
    const authorisation = await browser.redirectOf(`${portail}/api/connexion?suite=%2Fattestation`);
    expect(authorisation).toMatch(`${hub}/autoriser?client_id=`);
    const choice = await browser.redirectOf(authorisation);
    expect((await browser.ask(choice)).text).toContain('ConnexionPublique');
    const login = /https:\/\/identite\.connexion-exemple\.test\/connexion\?demande=[\w-]+/.exec(
      (await browser.ask(choice)).text,
    )?.[0];
    const consent = await browser.redirectOf(login ?? '', { form: { identifiant: 'camille', motdepasse: 'x' } });
    const accord = /\/accord\?demande=[\w-]+/.exec((await browser.ask(consent)).text)?.[0];
    return browser.redirectOf(await browser.redirectOf(hub + (accord ?? ''), { method: 'POST' }));
  };

  it('signs in through the hub and the identity provider, and returns to the requested route', async () => {
    const browser = new Browser(sites.port);
    const back = await authorise(browser);
    expect(back).toMatch(
      /^https:\/\/portail-exemple\.test\/retour\?code=[\w-]+&state=[\w-]+&iss=https%3A%2F%2Fconnexion-exemple\.test$/,
    );
    expect(await browser.redirectOf(back)).toBe(`${portail}/#/attestation`);
    expect(JSON.parse((await browser.ask(`${portail}/api/moi`)).text)).toEqual({ name: 'Camille Exemple' });
    expect(await pdfText((await browser.ask(`${portail}/attestation.pdf`)).body)).toContain('Attestation de droits');
  });

  it('accepts a code once, and only from the browser that requested it', async () => {
    const browser = new Browser(sites.port);
    const back = await authorise(browser);
    expect(await new Browser(sites.port).redirectOf(back)).toBe(`${portail}/#/connexion`);
    await browser.ask(back);
    expect(await browser.redirectOf(back)).toBe(`${portail}/#/connexion`);
  });

  it('does not give the attestation without a sign-in', async () => {
    expect(await new Browser(sites.port).redirectOf(`${portail}/attestation.pdf`)).toBe(`${portail}/#/connexion`);
  });

  it.each(['/', '/rendez-vous', '/rendez-vous/creneau'])('serves the app on a reload of %s', async (path) => {
    const answer = await new Browser(sites.port).ask(portail + path);
    expect(answer.status).toBe(200);
    expect(answer.text).toContain('/portail.js');
  });

  it('serves its script with the types stripped', async () => {
    const answer = await new Browser(sites.port).ask(`${portail}/portail.js`);
    expect(answer.type).toMatch('text/javascript');
    expect(answer.text).not.toContain('interface View');
  });

  it('lets the hub redirect only to the registered address', async () => {
    const answer = await new Browser(sites.port).ask(
      `${hub}/autoriser?client_id=portail-exemple&response_type=code&scope=openid&redirect_uri=https%3A%2F%2Fwww.ailleurs-exemple.test%2F`,
    );
    expect(answer.status).toBe(400);
    expect(answer.text).toContain('Cette demande n’est plus valable');
  });

  it('can read the hub’s OpenID configuration', async () => {
    const answer = await new Browser(sites.port).ask(`${hub}/.well-known/openid-configuration`);
    expect(JSON.parse(answer.text)).toMatchObject({
      issuer: hub,
      authorization_endpoint: `${hub}/autoriser`,
      end_session_endpoint: `${hub}/deconnexion`,
      response_modes_supported: expect.arrayContaining(['form_post']) as unknown,
    });
  });
});
