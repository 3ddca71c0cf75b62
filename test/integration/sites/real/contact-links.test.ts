/** `mailto:`, `tel:` and similar links to other programs are reported, and the page stays as it was. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import type { Contact } from '../../../../main/shell/port.ts';
import { until } from '../../../harness/until.ts';
import { openOneSite, SAYS_DRAWN, type OneSite } from './one-site.ts';

const HOST = 'contact-exemple.test';
const AT = `https://${HOST}`;

const links: Readonly<Record<string, readonly [href: string, contact: Contact]>> = {
  '/mail': ['mailto:aide%40caisse.exemple?subject=Mon%20dossier', { by: 'mail', to: 'aide@caisse.exemple' }],
  '/tel': ['tel:+33 4 70 00 00 00', { by: 'phone', to: '+33 4 70 00 00 00' }],
  '/sms': ['sms:+33600000000?body=STOP', { by: 'text', to: '+33600000000' }],
  '/enorme': [`mailto:a@b.exemple?body=${'x'.repeat(1_000_000)}`, { by: 'mail', to: 'a@b.exemple' }],
};

/** The same by script, which navigates for a moment. Text typed in the page must stay. */
const scripts: Readonly<Record<string, string>> = {
  '/script': `location.href = 'mailto:a@b.exemple?body=x'`,
  '/script-open': `window.open('mailto:a@b.exemple?body=x')`,
};
/** Made-up addresses with a real structure: a meeting, an identity app on a phone, an Android app. */
const programs: Readonly<Record<string, string>> = {
  '/reunion': `location.href = 'reunion-exemple://salle/42'`,
  '/reunion-open': `window.open('reunion-exemple://salle/42')`,
  '/identite': `location.assign('identite-exemple:ouvrir?jeton=x')`,
  '/intent': `location.replace('intent://ouvrir#Intent;scheme=exemple;end')`,
  '/ancien-serveur': `location.href = 'ftp://fichiers-exemple.test/notice.pdf'`,
  '/sans-personne': `location.href = 'mailto:'`,
  '/par-un-lien': `Object.assign(document.createElement('a'), { href: 'reunion-exemple://salle/42' }).click()`,
};
/** After one press, clicks a link for as long as a press counts. */
const ENDLESS = `const a = Object.assign(document.createElement('a'), { href: 'tel:15' }); document.body.append(a); for (const end = Date.now() + 3000; Date.now() < end; ) a.click()`;
const scripted = (work: string): string =>
  `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0"><button id="agir" style="display:block;width:100%;height:300px">Nous écrire</button><input id="champ"><script>agir.onclick = () => { champ.value = 'TAPE'; ${work} }; setInterval(() => fetch('/valeur-' + champ.value), 300)</script>`;

describe.skipIf(findChromium() === undefined)('a link to an e-mail address, a phone number or another program', () => {
  let site: OneSite;
  beforeAll(async () => {
    site = await openOneSite({
      hosts: [HOST],
      answer: ({ path }) =>
        path === '/sans-fin'
          ? { body: scripted(ENDLESS) }
          : (scripts[path] ?? programs[path]) !== undefined
            ? { body: scripted(scripts[path] ?? programs[path] ?? '') }
            : path === '/mene'
              ? { status: 302, headers: { location: 'reunion-exemple://salle/42' } }
              : links[path] && {
                  body: `<!doctype html><link rel="icon" href="data:,">${SAYS_DRAWN}<body style="margin:0"><a href="${links[path][0]}" style="display:block;height:300px;font-size:60px"><span>Nous joindre</span></a>`,
                },
    });
  }, 60_000);
  afterAll(() => site?.stop());

  it.each(Object.keys(links))('%s: is reported, and nothing opens', async (path) => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(200, 40);
    const { contact } = await site.heard('contact-wanted');
    expect(contact).toEqual(links[path]?.[1]);
    const pages = site.events.filter((one) => one.kind === 'navigated' && !one.sameDocument);
    expect(pages).toMatchObject([{ url: `${AT}${path}` }]);
  });

  it.each(Object.keys(scripts))('%s: is reported, and the page stays as it was', async (path) => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(200, 40);
    const { contact } = await site.heard('contact-wanted');
    expect(contact).toEqual({ by: 'mail', to: 'a@b.exemple' });
    const before = site.asked.length;
    await until('the page goes on', () => site.asked.slice(before).some((one) => one.path === '/valeur-TAPE'));
  });

  it('that a script follows without end is reported a few times a second', async () => {
    await site.open(`${AT}/sans-fin`);
    await site.askedFor('/dessinee');
    site.press(200, 40);
    await site.askedFor('/valeur-TAPE'); // the loop has ended
    const told = site.events.filter((one) => one.kind === 'contact-wanted').length;
    expect(told).toBeGreaterThan(0);
    expect(told).toBeLessThanOrEqual(100);
  });

  it.each(Object.keys(programs))('for another program, %s: is reported, and the page stays as it was', async (path) => {
    await site.open(`${AT}${path}`);
    await site.askedFor('/dessinee');
    site.press(200, 40);
    await site.heard('program-wanted');
    const before = site.asked.length;
    await until('the page goes on', () => site.asked.slice(before).some((one) => one.path === '/valeur-TAPE'));
    // The page still accepts presses. Press elsewhere, so that this is not taken for a double press.
    const asked = site.events.filter((one) => one.kind === 'program-wanted').length;
    site.press(500, 40);
    await until('told again', () => site.events.filter((one) => one.kind === 'program-wanted').length > asked);
  });

  it('for another program, by a redirect before any page: is reported', async () => {
    await site.open(`${AT}/mene`);
    await site.heard('program-wanted');
  });
});
