/** A real webmail in the kiosk, opened as a démarche of its own. */
import { afterAll, beforeAll, beforeEach, describe, it } from 'vitest';
import { receiptLetter } from '../fixtures/sites/courriel/letters.ts';
import { missingForMailbox, startMailbox, webmailHost, type Mailbox } from '../harness/mail/mailbox.ts';
import { onRoundcube, signInToRoundcube } from '../harness/mail/on-roundcube.ts';
import { deriveWebmailConfig, webmailDemarche } from '../harness/mail/webmail-config.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse } from './pages/selectors.ts';

const missing = missingForMailbox();

describe.skipIf(missing.length > 0)(
  `Roundcube in the kiosk${missing.length > 0 ? `: ${missing.join(', ')}` : ''}`,
  () => {
    let mailbox: Mailbox;
    let config: ReturnType<typeof deriveWebmailConfig>;
    let kiosk: RunningKiosk;
    let person: Person;
    beforeAll(async () => {
      mailbox = await startMailbox();

      mailbox.deliver(await receiptLetter({ to: mailbox.owner }));
      config = deriveWebmailConfig(mailbox);
      kiosk = await runKiosk({ configDir: config.dir, sites: config.sites });
      person = createPerson(kiosk);
    });
    afterAll(async () => {
      await kiosk?.stop();
      config?.remove();
      await mailbox?.stop();
    });
    beforeEach(() => person.beginAfresh());

    it('opens, and shows the code that the Caisse sent', async () => {
      const caisse = onCaisse(await person.goTo(demo.housing));
      await caisse.signIn.click();
      await caisse.number.fill('2850703190042');
      await caisse.password.fill('demonstration');
      await caisse.continue.click();
      await person.stepIs('Recopiez le code reçu par e-mail');
      await person.leaveSite();
      const site = await person.goTo(webmailDemarche);
      await signInToRoundcube(site, mailbox);
      const see = onRoundcube(site);
      await see.mail('Votre code de connexion').click();
      await see.words.filter({ hasText: kiosk.sites.mail.newestCode() }).waitFor();
      await person.see.where.filter({ hasText: webmailHost }).waitFor();
    });

    it('gives an attachment to « Mes documents »', async () => {
      const site = await person.goTo(webmailDemarche);
      await signInToRoundcube(site, mailbox);
      const see = onRoundcube(site);
      await see.mail('Votre quittance de loyer').click();
      await see.attachmentMenu('quittance-de-loyer.pdf').click();
      await see.download.click();
      await person.tray.arrived.waitFor({ timeout: 20_000 });
    });

    it('asks the next person who they are', async () => {
      const site = await person.goTo(webmailDemarche);
      await onRoundcube(site).password.waitFor();
    });
  },
);
