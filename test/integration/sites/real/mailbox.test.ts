/**
 * Checks the real webmail behind the demonstration sites' server in plain Chromium, because the kiosk's mailbox tests
 * rely on it.
 */
import { readFileSync } from 'node:fs';
import type { BrowserContext, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { processesMentioning } from '../../../../main/platform/processes.ts';
import { findChromium } from '../../../../main/shell/chromium/system-chromium.ts';
import {
  confirmationLetter,
  heavyLetter,
  hostileLinksLetter,
  phishingLetter,
  receiptLetter,
} from '../../../fixtures/sites/courriel/letters.ts';
import { hosts, lookAlikes } from '../../../fixtures/sites/hosts.ts';
import { startSites, type Sites } from '../../../fixtures/sites/serve.ts';
import { missingForMailbox, startMailbox, webmailHost, type Mailbox } from '../../../harness/mail/mailbox.ts';
import { onRoundcube, signInToRoundcube } from '../../../harness/mail/on-roundcube.ts';
import { startPlainBrowser, type PlainBrowser } from '../../../harness/mail/plain-browser.ts';
import { until } from '../../../harness/until.ts';
import { pdfText, somePdf } from '../papers.ts';

const missing = [...missingForMailbox(), ...(findChromium() === undefined ? ['chromium'] : [])];

describe.skipIf(missing.length > 0)(
  `a mailbox in Roundcube${missing.length > 0 ? `: ${missing.join(', ')}` : ''}`,
  () => {
    let mailbox: Mailbox;
    let sites: Sites;
    let browser: PlainBrowser;
    beforeAll(async () => {
      mailbox = await startMailbox();
      sites = await startSites({
        proxies: { [webmailHost]: mailbox.address },
        onMail: (mail) => mailbox.deliver({ ...mail, to: mailbox.owner }),
      });
      browser = await startPlainBrowser(sites);
      const to = mailbox.owner;
      mailbox.deliver(confirmationLetter({ to }));
      mailbox.deliver(await receiptLetter({ to }));
      mailbox.deliver(phishingLetter({ to }));
      mailbox.deliver(hostileLinksLetter({ to }));
    });
    afterAll(async () => {
      const { folder } = mailbox;
      await browser?.stop();
      await sites?.stop();
      await mailbox?.stop();
      expect(processesMentioning(folder)).toEqual([]);
    });

    let person: BrowserContext;
    let page: Page;
    beforeEach(async () => {
      person = await browser.person();
      page = await person.newPage();
      page.setDefaultTimeout(20_000);
      await page.goto(`https://${webmailHost}/`);
      return () => person.close();
    });

    const bytesOf = async (download: Download): Promise<Buffer> => readFileSync(await download.path());

    const open = async (subject: string) => {
      const see = onRoundcube(page);
      await see.mail(subject).click();
      await see.words.waitFor();
      return see;
    };

    it('refuses another password', async () => {
      const see = onRoundcube(page);
      await see.user.fill(mailbox.user);
      await see.password.fill('autre');
      await see.signIn.click();
      await page.getByText('La connexion a échoué').waitFor();
    });

    it('shows the code sent by the Caisse, and the Caisse accepts it', async () => {
      const caisse = await person.newPage();
      await caisse.goto(`https://${hosts.caisse}/connexion`);
      await caisse.locator('#numero').fill('2850703190042');
      await caisse.locator('#motdepasse').fill('demonstration');
      await caisse.locator('#continuer').click();
      await caisse.waitForURL('**/connexion/code');
      await signInToRoundcube(page, mailbox);
      const words = await (await open('Votre code de connexion')).words.innerText();
      const code = /^\d{6}$/m.exec(words)?.[0] ?? '';
      expect(code).toBe(sites.mail.newestCode());
      await caisse.locator('#code').fill(code);
      await caisse.locator('#valider').click();
      await caisse.waitForURL('**/mon-compte');
    });

    it('serves the attachment complete', async () => {
      await signInToRoundcube(page, mailbox);
      const see = await open('Votre quittance de loyer');
      await see.attachmentMenu('quittance-de-loyer.pdf').click();
      const [download] = await Promise.all([page.waitForEvent('download'), see.download.click()]);
      expect(download.suggestedFilename()).toBe('quittance-de-loyer.pdf');
      expect(await pdfText(await bytesOf(download))).toContain('Quittance de loyer');
    });

    it('opens the Caisse from the link of a message', async () => {
      await signInToRoundcube(page, mailbox);
      const see = await open('Confirmez votre adresse e-mail');
      const [confirmed] = await Promise.all([person.waitForEvent('page'), see.link('Confirmer mon adresse').click()]);
      await confirmed.locator('#adresse-confirmee').waitFor();
      expect(new URL(confirmed.url()).hostname).toBe(hosts.caisse);
    });

    it('keeps the links of a hostile message unchanged, so only the kiosk can stop them', async () => {
      await signInToRoundcube(page, mailbox);
      const phishing = await open('Dernier rappel');
      expect(await phishing.link(`https://${hosts.caisse}/mon-compte`).getAttribute('href')).toBe(
        `https://${lookAlikes[0]}/mon-compte`,
      );
      const hostile = await open('Vous avez gagné');
      await hostile.link('Un fichier de la borne').waitFor();
      expect(await hostile.link('Un fichier de la borne').getAttribute('href')).toBe('file:///etc/passwd');
      expect(await hostile.link('Une adresse du réseau').getAttribute('href')).toBe('http://192.168.1.1/');
    });

    it('accepts a message of 25 MB with forty attachments', async () => {
      mailbox.deliver(heavyLetter({ to: mailbox.owner }));
      expect(Math.max(...mailbox.inbox().map((message) => message.length))).toBeGreaterThan(24_900_000);
      await signInToRoundcube(page, mailbox);
      const see = await open('Toutes les photos');
      expect(await see.attachments.count()).toBe(40);
      await see.attachmentMenu('photo-40.bin').click();
      const [download] = await Promise.all([page.waitForEvent('download'), see.download.click()]);
      expect((await bytesOf(download)).length).toBe(heavyLetter().attachments[39]?.bytes.length);
    });

    it('sends a file to oneself, and it arrives', async () => {
      await signInToRoundcube(page, mailbox);
      const see = onRoundcube(page);
      await see.write.click();
      await see.to.fill(mailbox.user);
      await see.subject.fill('Mon accusé');
      await see.body.fill('.\nUn point seul sur sa ligne ne finit pas le message.');
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), see.attach.click()]);
      const bytes = somePdf(300_000);
      await chooser.setFiles({ name: 'accuse.pdf', mimeType: 'application/pdf', buffer: bytes });
      await see.attached.filter({ hasText: 'accuse.pdf' }).and(page.locator(':not(.uploading)')).waitFor();
      await see.send.click();
      await page.locator('#messagelist').waitFor();
      await until('the message in the inbox', () =>
        mailbox.inbox().some((message) => message.includes('filename=accuse.pdf')),
      );
      await until('its copy', () => mailbox.sent().length === 1);
      await see.refresh.click();
      const again = await open('Mon accusé');
      expect(await again.words.innerText()).toContain('ne finit pas le message');
      await again.attachmentMenu('accuse.pdf').click();
      const [download] = await Promise.all([page.waitForEvent('download'), again.download.click()]);
      expect((await bytesOf(download)).equals(bytes)).toBe(true);
    });

    it('reports when the webmail behind the proxy is down', async () => {
      const other = await startSites({ proxies: { [webmailHost]: 'http://127.0.0.1:9' } });
      try {
        const lone = await startPlainBrowser(other);
        try {
          const answer = await (await (await lone.person()).newPage()).goto(`https://${webmailHost}/`);
          expect(answer?.status()).toBe(502);
        } finally {
          await lone.stop();
        }
      } finally {
        await other.stop();
      }
    });
  },
);
