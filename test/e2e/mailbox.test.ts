/** The mailbox beside the démarche, with a real webmail: a code, a link, an attachment, and the démarche unchanged. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { confirmationLetter, phishingLetter, receiptLetter } from '../fixtures/sites/courriel/letters.ts';
import { hosts, lookAlikes } from '../fixtures/sites/hosts.ts';
import { pressKeys, touchKeyboard } from '../harness/x-keyboard.ts';
import { missingForMailbox, startMailbox, webmailHost, type Mailbox } from '../harness/mail/mailbox.ts';
import { onRoundcube, signInToRoundcube } from '../harness/mail/on-roundcube.ts';
import { deriveWebmailConfig } from '../harness/mail/webmail-config.ts';
import { picture } from '../harness/pictures.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse } from './pages/selectors.ts';

const missing = missingForMailbox();
if (missing.length > 0) console.warn(`SKIPPED: the mailbox beside the démarche, without ${missing.join(', ')}`);

describe.skipIf(missing.length > 0)('the mailbox beside the démarche', () => {
  let mailbox: Mailbox;
  let kiosk: RunningKiosk;
  let config: ReturnType<typeof deriveWebmailConfig>;
  let person: Person;
  let site: Page;
  let mails: Page;
  beforeAll(async () => {
    mailbox = await startMailbox();
    const to = mailbox.owner;
    mailbox.deliver(confirmationLetter({ to }));
    mailbox.deliver(phishingLetter({ to }));
    mailbox.deliver(await receiptLetter({ to }));
    config = deriveWebmailConfig(mailbox);
    kiosk = await runKiosk({ configDir: config.dir, sites: config.sites });
    person = createPerson(kiosk);
  });
  afterAll(async () => {
    await kiosk?.stop();
    config?.remove();
    await mailbox?.stop();
  });
  const open = async (subject: string) => {
    const see = onRoundcube(mails);
    await see.mail(subject).click();
    await see.words.waitFor();
    return see;
  };

  const signIn = async (): Promise<void> => {
    mails = await kiosk.guestPage(webmailHost);
    await picture(kiosk, 'mailbox sign-in');
    await signInToRoundcube(mails, mailbox);
  };

  it('the step that needs the code gets it; a crash harms nothing, and the end of the session removes all', async () => {
    await person.beginAfresh();
    site = await person.goTo(demo.housing);

    // The mailbox opens from the step that needs the code.
    const caisse = onCaisse(site);
    await caisse.signIn.click();
    await caisse.number.fill('2850703190042');
    await caisse.password.fill('demonstration');
    await caisse.continue.click();
    await site.waitForURL('**/connexion/code');
    await person.mailbox.openFromStep.click();
    await person.mailbox.keeper('Webmail').waitFor();
    await picture(kiosk, 'mailbox choice');
    await person.mailbox.keeper('Webmail').click();
    await person.siteIsShown();
    await signIn();

    // The code can be noted, and is shown beside the page that asks for it.
    const see = await open('Votre code de connexion');
    const code = /^\d{6}$/m.exec(await see.words.innerText())?.[0] ?? '';
    // Also copy and paste with the system's keys, from the mailbox to the site.
    await see.words.getByText(code, { exact: true }).dblclick({ position: { x: 20, y: 8 } });
    pressKeys(kiosk.display, 'ctrl+c');
    await person.mailbox.code.fill(code);
    await picture(kiosk, 'mailbox code read');
    await person.mailbox.keepCode.click();
    await person.mailbox.kept.filter({ hasText: code }).waitFor();
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    expect(new URL(site.url()).pathname).toBe('/connexion/code');
    await person.mailbox.kept.filter({ hasText: code }).waitFor();
    await picture(kiosk, 'mailbox code beside');
    await onCaisse(site).code.click();
    pressKeys(kiosk.display, 'ctrl+v');
    await until('the code pasted', async () => (await onCaisse(site).code.inputValue()).trim() === code);
    await onCaisse(site).continue.click();
    await site.waitForURL('**/mon-compte');

    // A crash of the mailbox does not affect the démarche.
    await person.mailbox.mails.click();
    await person.siteIsShown();
    const session = await mails.context().newCDPSession(mails);
    await session.send('Page.crash').catch(() => undefined); // a crashed page does not reply
    await person.coverIs('Le site s’est arrêté');
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    expect(new URL(site.url()).pathname).toBe('/mon-compte');
    await caisse.askHousingAid.waitFor();

    // The end of the session removes both sites and the code.
    await person.finish();
    await person.begin();
    await person.goTo(demo.housing);
    expect(await person.mailbox.demarche.count()).toBe(0);
    expect(await person.mailbox.kept.count()).toBe(0);
    const again = await kiosk.guestPage();
    await again.goto(`https://${hosts.caisse}/mon-compte`);
    await onCaisse(again).number.waitFor();
  });

  describe('open and signed in', () => {
    // A sign-in takes seconds, so the tests share a session as long as one of its two sites is in sight.
    beforeEach(async () => {
      if ((await person.mailbox.mails.isVisible()) && (await kiosk.siteRect()) !== undefined) {
        await person.mailbox.mails.click();
      } else {
        await person.beginAfresh();
        site = await person.goTo(demo.housing);
        await person.mailbox.tool.click();
        await person.mailbox.keeper('Webmail').click();
        await person.siteIsShown();
        await signIn();
      }
      await person.siteIsShown();
      // After a message is sent, Roundcube takes a moment to come back to the list.
      await onRoundcube(mails).list.first().waitFor();
    });

    it('a link in a message to the démarche’s site opens in that site', async () => {
      const see = await open('Confirmez votre adresse e-mail');
      touchKeyboard(kiosk.display);
      await see.link('Confirmer mon adresse').click();
      await site.locator('#adresse-confirmee').waitFor();
      await until('the démarche in sight', async () =>
        (await person.mailbox.demarche.getAttribute('aria-pressed')) === 'true' ? true : undefined,
      );
      await picture(kiosk, 'mailbox link followed');
    });

    it('a link that imitates the démarche’s host name is blocked and explained', async () => {
      const see = await open('Dernier rappel');
      touchKeyboard(kiosk.display);
      await see.link(`https://${hosts.caisse}/mon-compte`).click();
      await person.coverIs('Cette page n’est pas proposée ici');
      await kiosk.screens.getByText(`ce n’est pas le site ${'caisse-exemple.test'}`).waitFor();
      await kiosk.screens.getByText(lookAlikes[0] ?? '').waitFor();
      await picture(kiosk, 'mailbox phishing');
      await person.see.coverButton('Revenir sur le site').click();
      await person.siteIsShown();
      await see.words.waitFor();
    });

    it('an attachment goes into « Mes documents », and can be uploaded with « joindre »', async () => {
      const see = await open('Votre quittance de loyer');
      touchKeyboard(kiosk.display);
      await see.attachmentMenu('quittance-de-loyer.pdf').click();
      await see.download.click();
      await person.tray.arrived.waitFor();
      await person.tray.later.click();
      await person.siteIsShown();
      await see.write.click();
      await see.to.fill(mailbox.user);
      await see.subject.fill('Ma quittance');
      await see.body.fill('Voici ma quittance.');
      await see.attach.click();
      await person.tray.give.click();
      await person.siteIsShown();
      await see.attached.filter({ hasText: '.pdf' }).and(mails.locator(':not(.uploading)')).waitFor();
      await see.send.click();
      await until('the message that was sent', () =>
        mailbox.inbox().some((mail) => mail.toString('latin1').includes('Ma quittance')) ? true : undefined,
      );
      await picture(kiosk, 'mailbox sent');
    });
  });
});
