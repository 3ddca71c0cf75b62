/** Mailboxes that fail to open, and a second site that is not a mailbox. The démarche must stay unchanged each time. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hosts } from '../fixtures/sites/hosts.ts';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { picture } from '../harness/pictures.ts';
import { demoConfig, runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { visibleGuest } from '../harness/x-windows.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse, onCourriel } from './pages/selectors.ts';

const NOWHERE = 'boite-partie-exemple.test';
const REFUSES = 'boite-muette-exemple.test';
const hostile = `https://${hosts.hostile}`;

const mailboxAt = (organism: string, url: string) => ({
  id: `demo-boite-${organism.toLowerCase()}`,
  title: `Lire mes e-mails (${organism})`,
  sentence: 'Pour les essais.',
  theme: 'papiers',
  organism,
  siteName: new URL(url).hostname,
  priority: 1,
  url,
  checkedOn: '2026-11',
  domains: [new URL(url).hostname],
  account: null,
  signInCode: null,
  verifiedOn: '2026-11-26',
  verifiedBy: null,
  sources: ['site de démonstration'],
  papers: [],
  words: ['mail'],
  mailbox: { endings: [`${organism.toLowerCase()}.test`] },
  steps: ['Connectez-vous', 'Ouvrez le message', 'Notez le code'].map((title) => ({ title, text: 'Comme chez vous.' })),
});
const mailboxes = [
  mailboxAt('Partie', `https://${NOWHERE}/`),
  mailboxAt('Muette', `https://${REFUSES}/`),
  mailboxAt('Panne', `${hostile}/boite-en-panne`),
  mailboxAt('Cadres', `${hostile}/boite-sans-cadre`),
  mailboxAt('Fenetres', `${hostile}/fenetres/open`),
];

describe('a failing mailbox', () => {
  let kiosk: RunningKiosk;
  let config: DerivedConfig;
  let person: Person;
  let site: Page;
  let mend: () => void;
  /** The mailbox in its tab, if there is one. */
  let opened: string | undefined;
  /** Whether the previous test left the démarche at the code, so that the next one can go on in the same session. */
  let isAtTheCode = false;
  beforeAll(async () => {
    const { localHosts } = parse(readFileSync(join(demoConfig, 'site.yaml'), 'utf8')) as { localHosts: string[] };
    config = deriveConfig(
      { localHosts: [...localHosts, REFUSES] },
      {
        ...Object.fromEntries(mailboxes.map((one) => [one.id, one])),
        'demo-aide-logement': { beside: ['demo-avis-impot'] },
      },
    );
    kiosk = await runKiosk({
      configDir: config.dir,
      otherHosts: [`MAP ${NOWHERE} ~NOTFOUND`, `MAP ${REFUSES} 127.0.0.1:1`],
    });
    kiosk.sites.answer('/boite-sans-cadre', {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'x-frame-options': 'DENY',
        'content-security-policy': "frame-ancestors 'none'",
      },
      body: '<!doctype html><title>Boîte</title><h1 id="boite">Vos messages</h1>',
    });
    person = createPerson(kiosk);
  });
  afterAll(async () => {
    await kiosk?.stop();
    config?.remove();
  });
  beforeEach(async () => {
    await kiosk.screens.bringToFront();
    mend = kiosk.sites.breakDown('/boite-en-panne', 503);
    if (!isAtTheCode) await goToTheCode();
    isAtTheCode = false;
  });

  /** A new session, up to the first figures of the code that the démarche asks for. */
  const goToTheCode = async (): Promise<void> => {
    await person.beginAfresh();
    opened = undefined;
    site = await person.goTo(demo.housing);
    const caisse = onCaisse(site);
    await caisse.signIn.click();
    await caisse.number.fill('2850703190042');
    await caisse.password.fill('demonstration');
    await caisse.continue.click();
    await site.waitForURL('**/connexion/code');
    await caisse.code.fill('12');
  };
  /** Opens a mailbox from the bar, or from the open mailbox, which it replaces. */
  const openMailbox = async (keeper: string): Promise<void> => {
    const { tool, another, mails } = person.mailbox;
    // The open one, chosen again, would be shown as the previous test left it.
    if (opened === keeper) await openMailbox(keeper === 'Cadres' ? 'Fenetres' : 'Cadres');
    if (await mails.isVisible()) {
      await mails.click();
      await another.click();
    } else await tool.click();
    await person.mailbox.keeper(keeper).click();
    await mails.waitFor();
    opened = keeper;
  };
  /** Checks that the démarche is unchanged: same page, same text in its field. */
  const demarcheGoesOn = async (): Promise<void> => {
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    expect(new URL(site.url()).pathname).toBe('/connexion/code');
    expect(await onCaisse(site).code.inputValue()).toBe('12');
    isAtTheCode = true;
  };

  it.each([
    ['Partie', 'Nous ne trouvons pas ce site'],
    ['Muette', 'Le site ne répond pas'],
    ['Panne', 'Le site est en panne'],
  ])('%s: the error is shown with one button to go on', async (keeper, title) => {
    await openMailbox(keeper);
    await person.coverIs(title);
    await person.see.coverButton('Réessayer').waitFor();
    await picture(kiosk, `mailbox down ${keeper}`);
    await demarcheGoesOn();
  });

  it('opens on a retry after it was repaired', async () => {
    await openMailbox('Panne');
    await person.coverIs('Le site est en panne');
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    mend();
    kiosk.sites.answer('/boite-en-panne', {
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><h1 id="mieux">Vos messages</h1>',
    });
    await person.mailbox.mails.click();
    await person.see.coverButton('Réessayer').click();
    await person.siteIsShown();
    await (await kiosk.guestPage(hosts.hostile)).locator('#mieux').waitFor();
    await demarcheGoesOn();
  });

  it('one that forbids framing opens, because we use no frame', async () => {
    await openMailbox('Cadres');
    await person.siteIsShown();
    await (await kiosk.guestPage(hosts.hostile)).locator('#boite').waitFor();
    await demarcheGoesOn();
  });

  it('one that opens windows shows them in its place, and leads back', async () => {
    await openMailbox('Fenetres');
    await person.siteIsShown();
    const mails = await kiosk.guestPage(hosts.hostile);
    const [beside] = await Promise.all([mails.context().waitForEvent('page'), mails.locator('#agir').click()]);
    await beside.locator('#cible').waitFor();
    await person.siteIsShown();
    expect(await visibleGuest(kiosk.display)).toBeDefined();
    const closed = beside.waitForEvent('close');
    await person.see.previousPage.click();
    await closed;
    await demarcheGoesOn();
  });

  it.each([
    ['telephone', 'Votre messagerie demande votre téléphone'],
    ['bloque', 'Votre boîte e-mail est bloquée'],
  ])('%s@: is explained beside the page, with a way back to the démarche', async (name, title) => {
    await openMailbox('Courriel d’exemple');
    await person.siteIsShown();
    const see = onCourriel(await kiosk.guestPage(hosts.courriel));
    await see.address.fill(`${name}@${hosts.courriel}`);
    await see.password.fill('tilleul');
    await see.signIn.click();
    await person.stepIs(title);
    await picture(kiosk, `mailbox ${name}`);
    await person.mailbox.backToDemarche.click();
    await demarcheGoesOn();
  });

  it('a crash of the démarche does not affect the mailbox, and the démarche can be reopened', async () => {
    await openMailbox('Cadres');
    await person.siteIsShown();
    const mails = await kiosk.guestPage(hosts.hostile);
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    const session = await site.context().newCDPSession(site);
    await session.send('Page.crash').catch(() => undefined); // a crashed page does not reply
    await person.coverIs('Le site s’est arrêté');
    await person.mailbox.mails.click();
    await person.siteIsShown();
    await mails.locator('#boite').waitFor();
    await person.mailbox.demarche.click();
    await person.see.coverButton('Rouvrir le site').click();
    await person.siteIsShown();
    site = await kiosk.guestPage(hosts.caisse);
    await onCaisse(site).signIn.waitFor();
  });

  it('a site named by the démarche opens beside it, in its own tab', async () => {
    await openMailbox('Cadres');
    await person.siteIsShown();
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    await person.mailbox.openBeside('avis d’impôt').click();
    await until('the tab of the second site', () => person.mailbox.besideTab.isVisible());
    await person.siteIsShown();
    await picture(kiosk, 'beside');
    expect(await person.mailbox.mails.count()).toBe(0);
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    expect(await onCaisse(site).code.inputValue()).toBe('12');
    await person.finish();
    await person.begin();
    expect(await person.mailbox.besideTab.count()).toBe(0);
  });

  it('one opened without a démarche speaks of no code and no démarche, and says how to read and to write', async () => {
    await person.beginAfresh();
    await person.mailbox.mine.click();
    await person.mailbox.keeper('Courriel d’exemple').click();
    await person.siteIsShown();
    const see = onCourriel(await kiosk.guestPage(hosts.courriel));
    await see.address.fill(`camille@${hosts.courriel}`);
    await see.password.fill('tilleul');
    await see.signIn.click();
    await person.stepIs('Ouvrez votre message');
    await picture(kiosk, 'mailbox alone');
    expect(await person.mailbox.code.count()).toBe(0);
    await person.see.nextStep.click();
    await person.stepIs('Ou écrivez un message');
    expect(await kiosk.screens.locator('aside.strip').innerText()).not.toMatch(/code|démarche/i);
  });
});
