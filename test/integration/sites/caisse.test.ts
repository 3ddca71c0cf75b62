import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hosts } from '../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { Browser } from './browser.ts';
import { pdfText, somePdf, upload } from './papers.ts';

const caisse = `https://${hosts.caisse}`;

let sites: Sites;
beforeAll(async () => {
  sites = await startSites();
});
afterAll(async () => {
  await sites.stop();
});

const signIn = async (browser: Browser): Promise<void> => {
  const next = await browser.redirectOf(`${caisse}/connexion`, {
    form: { numero: '2 85 07 03 190 042', motdepasse: 'x' },
  });
  expect(next).toBe(`${caisse}/mon-compte`);
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

  it('sends whoever is not signed in to the sign-in, and back to where they wanted to go', async () => {
    const browser = new Browser(sites.port);
    const asked = await browser.redirectOf(`${caisse}/aide-au-logement/pieces`);
    expect(asked).toBe(`${caisse}/connexion?suite=%2Faide-au-logement%2Fpieces`);
    const next = await browser.redirectOf(asked, { form: { numero: '2850703190042', motdepasse: 'x' } });
    expect(next).toBe(`${caisse}/aide-au-logement/pieces`);
    expect((await browser.ask(next)).status).toBe(200);
  });

  it('never redirects to another site after the sign-in', async () => {
    const next = await new Browser(sites.port).redirectOf(
      `${caisse}/connexion?suite=${encodeURIComponent('//www.ailleurs-exemple.test/')}`,
      {
        form: { numero: '2850703190042', motdepasse: 'x' },
      },
    );
    expect(next).toBe(`${caisse}/mon-compte`);
  });

  it('says what is wrong with a number or a password', async () => {
    const answer = await new Browser(sites.port).ask(`${caisse}/connexion`, {
      form: { numero: '12', motdepasse: 'faux' },
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('13 chiffres');
    expect(answer.text).toContain('pas le bon');
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('does not run what a person typed', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/logement`, {
      form: { adresse: '"><script>alert(1)</script>' },
    });
    expect(answer.text).toContain('&quot;&gt;&lt;script&gt;');
    expect(answer.text).not.toContain('<script>alert(1)');
  });

  it('leads a whole request to an acknowledgement in PDF', async () => {
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

  it('refuses a piece one byte over 2 MB', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/pieces`, {
      form: upload({ bail: ['bail.pdf', somePdf(2_000_001)], rib }),
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('dépasse 2 Mo');
  });

  it('refuses an upload of more than 12 MB with a sentence, not with a cut line', async () => {
    const browser = new Browser(sites.port);
    await signIn(browser);
    const answer = await browser.ask(`${caisse}/aide-au-logement/pieces`, {
      form: upload({ bail: ['bail.pdf', somePdf(13_000_000)], rib }),
    });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('trop lourd');
  });

  it('refuses a file that only its name says is a PDF', async () => {
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

  it('opens the attestation in the page, with text in it', async () => {
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
