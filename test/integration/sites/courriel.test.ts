import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { camille, codeLetter, hostileLinks, hostileLinksLetter } from '../../fixtures/sites/courriel/letters.ts';
import { hosts, lookAlikes } from '../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../fixtures/sites/serve.ts';
import { Browser } from './browser.ts';
import { pdfText, somePdf, upload } from './papers.ts';

const courriel = `https://${hosts.courriel}`;

let sites: Sites;
const heard: string[] = [];
beforeAll(async () => {
  sites = await startSites({ onMail: ({ subject }) => heard.push(subject) });
});
afterAll(async () => {
  await sites.stop();
});

const signedIn = async (): Promise<Browser> => {
  const browser = new Browser(sites.port);
  const form = { adresse: camille.address, motdepasse: 'x' };
  expect(await browser.redirectOf(`${courriel}/connexion`, { form })).toBe(`${courriel}/messages`);
  return browser;
};

/** The address of a message, looked up in the list of its folder. */
const addressOf = async (browser: Browser, subject: string, folder = 'messages'): Promise<string> => {
  const { text } = await browser.ask(`${courriel}/${folder}`);
  const link = [...text.matchAll(/<a class="[^"]*" href="(\/lire\/[^"]+)"[\s\S]*?<\/a\s*>/g)].find(([whole]) =>
    whole.includes(subject),
  );
  if (!link) throw new Error(`no message « ${subject} » in ${folder}`);
  return `${courriel}${link[1]}`;
};

describe('the Courriel d’exemple', () => {
  it('shows nothing without a sign-in', async () => {
    const browser = new Browser(sites.port);
    for (const path of ['/messages', '/lire/rappel', '/piece/quittance/0', '/ecrire'])
      expect(await browser.redirectOf(courriel + path)).toBe(`${courriel}/`);
    expect((await browser.ask(`${courriel}/`)).text).toContain('Mot de passe');
  });

  it.each([
    [{ adresse: 'camille@autre.test', motdepasse: 'x' }, 'finit par @'],
    [{ adresse: camille.address, motdepasse: '' }, 'Écrivez votre mot de passe'],
    [{ adresse: camille.address, motdepasse: 'faux' }, 'pas le bon'],
  ])('says what is wrong with %o', async (form, words) => {
    const answer = await new Browser(sites.port).ask(`${courriel}/connexion`, { form });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain(words);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it.each([
    ['telephone', '/telephone', 200, 'numéro de téléphone'],
    ['bloque', '/bloquee', 403, 'boîte est bloquée'],
  ])('does not let %s in, as real mailboxes do', async (name, page, status, words) => {
    const form = { adresse: `${name}@${hosts.courriel}`, motdepasse: 'x' };
    const browser = new Browser(sites.port);
    const sent = await browser.ask(`${courriel}/connexion`, { form });
    expect([sent.status, sent.headers.location]).toEqual([303, page]);
    const answer = await browser.ask(`${courriel}${page}`);
    expect(answer.status).toBe(status);
    expect(answer.text).toContain(words);
    expect(await browser.redirectOf(`${courriel}/messages`)).toBe(`${courriel}/`);
  });

  it('receives the code for the Caisse', async () => {
    const browser = await signedIn();
    const visitor = new Browser(sites.port);
    const form = { numero: '2850703190042', motdepasse: 'x' };
    await visitor.ask(`https://${hosts.caisse}/connexion`, { form });
    expect(heard).toContain('Votre code de connexion');
    const { text } = await browser.ask(await addressOf(browser, 'Votre code de connexion'));
    expect(/id="code">(\d{6})</.exec(text)?.[1]).toBe(sites.mail.newestCode());
  });

  it('redirects links through its own address to their real target', async () => {
    const browser = await signedIn();
    const { text } = await browser.ask(await addressOf(browser, 'Dernier rappel'));
    expect(text).toContain(`>https://${hosts.caisse}/mon-compte</a`);
    const [, own] = /href="(\/lien\/[^"]+)"/.exec(text) ?? [];
    expect(await browser.redirectOf(`${courriel}${own}`)).toBe(`https://${lookAlikes[0]}/mon-compte`);
    expect((await browser.ask(`${courriel}/lien/rappel/99`)).status).toBe(404);
  });

  it('keeps the messages that a test sends, with their links unchanged', async () => {
    sites.mail.send(hostileLinksLetter());
    const browser = await signedIn();
    const { text } = await browser.ask(await addressOf(browser, 'Vous avez gagné'));
    const own = [...text.matchAll(/href="(\/lien\/[^"]+)"/g)].map(([, path]) => `${courriel}${path}`);
    expect(own).toHaveLength(hostileLinks.length);
    const led = await Promise.all(own.map(async (address) => (await browser.ask(address)).headers.location));
    expect(led).toEqual(hostileLinks.map(({ href }) => href));
  });

  it('serves an attachment', async () => {
    const browser = await signedIn();
    const { text } = await browser.ask(await addressOf(browser, 'Votre quittance de loyer'));
    const [, piece] = /href="(\/piece\/[^"]+)"/.exec(text) ?? [];
    const answer = await browser.ask(`${courriel}${piece}`);
    expect(answer.headers['content-disposition']).toContain('attachment');
    expect(await pdfText(answer.body)).toContain('Quittance de loyer');
  });

  it('delivers a file sent to oneself; of a message to another address, only the copy in "sent" exists', async () => {
    const browser = await signedIn();
    const write = async (to: string, subject: string): Promise<string> => {
      const form = upload({ pieces: ['accusé.pdf', somePdf(300_000)] });
      form.append('a', to);
      form.append('objet', subject);
      form.append('texte', 'Bonjour');
      return browser.redirectOf(`${courriel}/envoyer`, { form });
    };
    expect(await write(camille.address, 'Pour moi')).toBe(`${courriel}/messages?envoye`);
    await write('quelqu-un@ailleurs-exemple.test', 'Pour un autre');
    const { text } = await browser.ask(await addressOf(browser, 'Pour moi'));
    const [, piece] = /href="(\/piece\/[^"]+)"/.exec(text) ?? [];
    expect((await browser.ask(`${courriel}${piece}`)).body.equals(somePdf(300_000))).toBe(true);
    await addressOf(browser, 'Pour un autre', 'envoyes');
    await expect(addressOf(browser, 'Pour un autre')).rejects.toThrow('no message');
  });

  it('keeps the draft when the address is wrong', async () => {
    const browser = await signedIn();
    const form = { a: 'personne', objet: 'Mon "objet"', texte: '<b>gras</b>' };
    const answer = await browser.ask(`${courriel}/envoyer`, { form });
    expect(answer.status).toBe(422);
    expect(answer.text).toContain('Mon &quot;objet&quot;');
    expect(answer.text).toContain('&lt;b&gt;gras');
  });

  it('does not run scripts in a message', async () => {
    sites.mail.send({ ...codeLetter('1'), code: null, subject: '<script>alert(1)</script>' });
    const browser = await signedIn();
    expect((await browser.ask(`${courriel}/messages`)).text).not.toContain('<script>alert');
  });

  it('forgets the session on signing out', async () => {
    const browser = await signedIn();
    await browser.ask(`${courriel}/deconnexion`, { method: 'POST' });
    expect(await browser.redirectOf(`${courriel}/messages`)).toBe(`${courriel}/`);
  });
});
