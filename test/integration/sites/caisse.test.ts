import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmationLetter } from '../../fixtures/sites/courriel/letters.ts';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { Browser } from './browser.ts';
import { pdfText, somePdf, upload } from './papers.ts';

const caisse = `https://${hosts.caisse}`;

let sites: Sites;
/** Offset of the sites' clock, in milliseconds. */
let aheadMs = 0;
beforeAll(async () => {
  sites = await startSites({ now: () => new Date(Date.now() + aheadMs) });
});
afterAll(async () => {
  await sites.stop();
});

const givePassword = async (browser: Browser, address = `${caisse}/connexion`): Promise<void> => {
  const next = await browser.redirectOf(address, { form: { numero: '2 85 07 03 190 042', motdepasse: 'x' } });
  expect(next).toBe(`${caisse}/connexion/code`);
};

const giveCode = (browser: Browser, code = sites.mail.newestCode()): Promise<string> =>
  browser.redirectOf(`${caisse}/connexion/code`, { form: { code } });

const signIn = async (browser: Browser): Promise<void> => {
  await givePassword(browser);
  expect(await giveCode(browser)).toBe(`${caisse}/mon-compte`);
};

const rib = ['rib.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0])] as const;

const answers = {
  situation: { foyer: 'En couple', enfants: '1', telephone: '06 00 00 00 00' },
  logement: {
    adresse: '1 rue de l’Exemple',
    'code-postal': '03000',
    ville: 'Moulins',
    type: 'Locataire',
    loyer: '430',
    entree: '2026-09-01',
  },
  revenus: { activite: 'En emploi', salaire: '1150,50', autres: '0' },
  banque: { titulaire: 'Camille Exemple', iban: 'FR76 3000 6000 0112 3456 7890 189', accord: 'oui' },
};

describe('the Caisse d’exemple', () => {
  it.each(['/', '/connexion', '/aide-au-logement', '/aide', '/mentions', '/cookies'])(
    'shows %s to anyone',
    async (path) => {
      const answer = await new Browser(sites.port).ask(caisse + path);
      expect(answer.status).toBe(200);
      expect(answer.type).toBe('text/html; charset=utf-8');
      expect(answer.text).toContain('Site de démonstration');
    },
  );

  it('redirects to the sign-in, and then back to the requested page', async () => {
    const browser = new Browser(sites.port);
    const asked = await browser.redirectOf(`${caisse}/aide-au-logement/pieces`);
    expect(asked).toBe(`${caisse}/connexion?suite=%2Faide-au-logement%2Fpieces`);
    await givePassword(browser, asked);
    const next = await giveCode(browser);
    expect(next).toBe(`${caisse}/aide-au-logement/pieces`);
    expect((await browser.ask(next)).status).toBe(200);
  });

  it('never redirects to another site after the sign-in', async () => {
    const browser = new Browser(sites.port);
    await givePassword(browser, `${caisse}/connexion?suite=${encodeURIComponent('//www.ailleurs-exemple.test/')}`);
    expect(await giveCode(browser)).toBe(`${caisse}/mon-compte`);
  });

  it('reports a wrong number or password', async () => {
    const answer = await new Browser(sites.port).ask(`${caisse}/connexion`, {
      form: { numero: '12', motdepasse: 'faux' },
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('13 chiffres');
    expect(answer.text).toContain('pas le bon');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('opens nothing with the password alone', async () => {
    const browser = new Browser(sites.port);
    await givePassword(browser);
    expect(await browser.redirectOf(`${caisse}/mon-compte`)).toContain('/connexion');
    expect(await new Browser(sites.port).redirectOf(`${caisse}/connexion/code`)).toBe(`${caisse}/connexion`);
  });

  it('refuses a wrong code with a friendly message, and accepts the right one afterwards', async () => {
    const browser = new Browser(sites.port);
    await givePassword(browser);
    const code = sites.mail.newestCode();
    const wrong = code === '123456' ? '654321' : '123456';
    const refused = await browser.ask(`${caisse}/connexion/code`, { form: { code: wrong } });
    expect(refused.status).toBe(422);
    expect(refused.text).toContain('Ce code n’est pas le bon');
    expect((await browser.ask(`${caisse}/connexion/code`, { form: { code: '12' } })).text).toContain('a 6 chiffres');
    expect(await giveCode(browser, `${code.slice(0, 3)} ${code.slice(3)}`)).toBe(`${caisse}/mon-compte`);
  });

  it('asks for a new code after five wrong ones', async () => {
    const browser = new Browser(sites.port);
    await givePassword(browser);
    const code = sites.mail.newestCode();
    const wrong = code === '123456' ? '654321' : '123456';
    for (let tries = 0; tries < 5; tries += 1) await browser.ask(`${caisse}/connexion/code`, { form: { code: wrong } });
    expect((await browser.ask(`${caisse}/connexion/code`, { form: { code } })).text).toContain('Trop d’essais');
    await browser.ask(`${caisse}/connexion/code/renvoyer`, { method: 'POST' });
    expect(await giveCode(browser)).toBe(`${caisse}/mon-compte`);
  });

  it('sends another code, which makes the first one invalid', async () => {
    const browser = new Browser(sites.port);
    await givePassword(browser);
    const first = sites.mail.newestCode();
    expect(await browser.redirectOf(`${caisse}/connexion/code/renvoyer`, { method: 'POST' })).toBe(
      `${caisse}/connexion/code?renvoye`,
    );
    const second = sites.mail.newestCode();
    expect(second).not.toBe(first);
    expect((await browser.ask(`${caisse}/connexion/code`, { form: { code: first } })).status).toBe(422);
    expect(await giveCode(browser)).toBe(`${caisse}/mon-compte`);
  });

  it('accepts a code for 15 minutes', async () => {
    const [soon, late] = [new Browser(sites.port), new Browser(sites.port)];
    try {
      await givePassword(soon);
      aheadMs = 14 * 60_000;
      expect(await giveCode(soon)).toBe(`${caisse}/mon-compte`);
      await givePassword(late);
      aheadMs += 16 * 60_000;
      const answer = await late.ask(`${caisse}/connexion/code`, { form: { code: sites.mail.newestCode() } });
      expect(answer.status).toBe(422);
      expect(answer.text).toContain('plus de 15 minutes');
    } finally {
      aheadMs = 0;
    }
  });

  it('confirms an address only by the link in its message', async () => {
    const browser = new Browser(sites.port);
    const [, link] = confirmationLetter().paragraphs.slice(-2);
    if (link === undefined || typeof link === 'string') throw new Error('the message has no link');
    expect((await browser.ask(link.href)).text).toContain('est confirmée');
    expect((await browser.ask(`${caisse}/confirmer-adresse?jeton=0`)).status).toBe(410);
  });

  it('escapes what a person typed', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/logement`, {
      form: { adresse: '"><script>alert(1)</script>' },
    });
    expect(answer.text).toContain('&quot;&gt;&lt;script&gt;');
    expect(answer.text).not.toContain('<script>alert(1)');
  });

  it('accepts a complete request and gives an acknowledgement in PDF', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const root = `${caisse}/aide-au-logement`;
    expect(await browser.redirectOf(`${root}/situation`, { form: answers.situation })).toBe(`${root}/logement`);
    expect(await browser.redirectOf(`${root}/logement`, { form: answers.logement })).toBe(`${root}/revenus`);
    expect(await browser.redirectOf(`${root}/revenus`, { form: answers.revenus })).toBe(`${root}/banque`);
    expect(await browser.redirectOf(`${root}/banque`, { form: answers.banque })).toBe(`${root}/pieces`);
    expect(await browser.redirectOf(`${root}/recapitulatif`)).toBe(`${root}/pieces`);
    const pieces = upload({ bail: ['bail.pdf', somePdf(2_000_000)], rib });
    expect(await browser.redirectOf(`${root}/pieces`, { form: pieces })).toBe(`${root}/recapitulatif`);
    const summary = await browser.ask(`${root}/recapitulatif`);
    expect(summary.text).toContain('bail.pdf');
    expect(summary.text).toContain('1er septembre 2026');
    expect(await browser.redirectOf(`${root}/recapitulatif`, { method: 'POST' })).toBe(`${root}/confirmation`);
    const number = /CE-\d{4}-\d{6}/.exec((await browser.ask(`${root}/confirmation`)).text)?.[0] ?? '';
    const receipt = await browser.ask(`${caisse}/recu/${number}.pdf`);
    expect(receipt.type).toBe('application/pdf');
    expect(receipt.headers['content-disposition']).toBe(`attachment; filename="accuse-${number}.pdf"`);
    const words = await pdfText(receipt.body);
    expect(words).toContain('Accusé de réception');
    expect(words).toContain(number);
    expect(words).toContain('430 €');
    expect((await new Browser(sites.port).ask(`${caisse}/recu/${number}.pdf`)).status).toBe(303);
  });

  it('refuses a document one byte over 2 MB', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/pieces`, {
      form: upload({ bail: ['bail.pdf', somePdf(2_000_001)], rib }),
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('dépasse 2 Mo');
  });

  it('refuses an upload over 12 MB with a message, not by dropping the connection', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/pieces`, {
      form: upload({ bail: ['bail.pdf', somePdf(13_000_000)], rib }),
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('trop lourd');
  });

  it('refuses a file that is a PDF only by name', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/pieces`, {
      form: upload({ bail: ['bail.pdf', Buffer.from('MZ programme')], rib }),
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('n’est pas un PDF');
  });

  it('refuses an IBAN with a wrong digit', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/banque`, {
      form: { ...answers.banque, iban: 'FR76 3000 6000 0112 3456 7890 188' },
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('IBAN n’est pas juste');
  });

  it('shows the attestation inline, with text in it', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/attestation.pdf`);
    expect(answer.headers['content-disposition']).toMatch(/^inline/);
    expect(await pdfText(answer.body)).toContain('Attestation de paiement');
  });

  it('forgets the session on signing out', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    expect(await browser.redirectOf(`${caisse}/deconnexion`, { method: 'POST' })).toBe(`${caisse}/`);
    expect((await browser.ask(`${caisse}/mon-compte`)).status).toBe(303);
  });
});
