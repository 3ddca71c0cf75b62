/** Content of messages in Roundcube: hostile links, and forty photographs at once. */
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { heavyLetter, hostileLinksLetter, hostileLinks } from '../fixtures/sites/courriel/letters.ts';
import { hosts, lookAlikes } from '../fixtures/sites/hosts.ts';
import { touchKeyboard } from '../harness/x-keyboard.ts';
import { missingForMailbox, startMailbox, webmailHost, type Mailbox } from '../harness/mail/mailbox.ts';
import { onRoundcube, signInToRoundcube } from '../harness/mail/on-roundcube.ts';
import { photosLetter } from '../harness/mail/photos-letter.ts';
import { deriveWebmailConfig } from '../harness/mail/webmail-config.ts';
import { picture } from '../harness/pictures.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

const missing = missingForMailbox();
if (missing.length > 0) console.warn(`SKIPPED: messages of the mailbox, without ${missing.join(', ')}`);

const isPressed = async (tab: Locator): Promise<boolean> =>
  (await tab.isVisible()) && (await tab.getAttribute('aria-pressed')) === 'true';

describe.skipIf(missing.length > 0)('messages of the mailbox', () => {
  let mailbox: Mailbox;
  let kiosk: RunningKiosk;
  let config: ReturnType<typeof deriveWebmailConfig>;
  let person: Person;
  let mails: Page;
  beforeAll(async () => {
    mailbox = await startMailbox();
    const to = mailbox.owner;
    mailbox.deliver(hostileLinksLetter({ to }));
    mailbox.deliver(heavyLetter({ to }));
    mailbox.deliver(await photosLetter(to));
    config = deriveWebmailConfig(mailbox);
    kiosk = await runKiosk({ configDir: config.dir, sites: config.sites });
    person = createPerson(kiosk);
  });
  afterAll(async () => {
    await kiosk?.stop();
    config?.remove();
    await mailbox?.stop();
  });
  /** A new session with the mailbox open, and signed in. */
  const openMailbox = async (): Promise<void> => {
    await person.beginAfresh();
    await person.goTo(demo.housing);
    await person.mailbox.tool.click();
    await person.mailbox.keeper('Webmail').click();
    await person.siteIsShown();
    mails = await kiosk.guestPage(webmailHost);
    await signInToRoundcube(mails, mailbox);
  };
  // A sign-in takes seconds, so the tests share a session as long as they leave the mailbox in sight.
  beforeEach(async () => {
    const isInSight = (await kiosk.siteRect()) !== undefined && (await isPressed(person.mailbox.mails));
    if (!isInSight) await openMailbox();
  });
  const open = async (subject: string) => {
    const see = onRoundcube(mails);
    // Avoid a double press, which would open the message in place of the list.
    const row = see.mail(subject);
    if (!(await row.getAttribute('class'))?.includes('selected')) await row.click();
    await see.words.waitFor();
    return see;
  };
  const fetched = (host: string): boolean => kiosk.sites.log.some((one) => one.host === host);

  /** Link text, the host named on our page, and the site that it warns is being imitated. */
  const led: readonly (readonly [string, string, string | null])[] = [
    ...lookAlikes.map((host) => [`Site ${host}`, host, 'caisse-exemple.test'] as const),
    ['Un autre site', hosts.elsewhere, null],
    ['Le réseau du lieu', hosts.intranet, null],
    ['Une adresse du réseau', '192.168.1.1', null],
  ];
  it.each(led)('a link « %s » is blocked and explained: %s', async (words, host, imitated) => {
    const see = await open('Vous avez gagné');
    touchKeyboard(kiosk.display);
    await see.link(words).click();
    await person.coverIs('Cette page n’est pas proposée ici');
    await kiosk.screens.locator('.cover').getByText(host).waitFor();
    const warning = kiosk.screens.getByText('ce n’est pas le site');
    if (imitated === null) expect(await warning.count()).toBe(0);
    else await warning.filter({ hasText: imitated }).waitFor();
    await picture(kiosk, `mailbox link ${host}`);
    await person.see.coverButton('Revenir sur le site').click();
    await person.siteIsShown();
    await see.words.waitFor();
    expect(fetched(host)).toBe(false);
  });

  it('a link to a local file of the kiosk does not show it', async () => {
    const see = await open('Vous avez gagné');
    touchKeyboard(kiosk.display);
    await see.link('Un fichier de la borne').click();
    // The browser does not follow such links and we would block them, so the message stays.
    await mails.waitForTimeout(1_000);
    const cover = person.see.coverButton('Revenir sur le site');
    if (await cover.isVisible()) await cover.click();
    await person.siteIsShown();
    await see.words.waitFor();
    expect(
      mails
        .frames()
        .map((frame) => frame.url())
        .filter((url) => url.startsWith('file:')),
    ).toEqual([]);
  });

  it('every hostile link was tried, except those that the webmail removes', () => {
    const takenOut = ['Un document écrit dans le lien', 'Du code écrit dans le lien'];
    const tried = [...led.map(([words]) => words), 'Un fichier de la borne', ...takenOut];
    expect(hostileLinks.map((one) => one.words).filter((words) => !tried.includes(words))).toEqual([]);
  });

  it('each requested photograph of forty goes into « Mes documents »', async () => {
    const see = await open('Les photos du logement');
    await until('forty attachments', async () => (await see.attachments.count()) === 40, 30_000);
    await picture(kiosk, 'mailbox forty photographs');
    for (const name of ['photo-01.jpg', 'photo-20.jpg', 'photo-40.jpg']) {
      touchKeyboard(kiosk.display);
      await see.attachmentMenu(name).click();
      await see.download.click();
      await person.tray.arrived.waitFor({ timeout: 30_000 });
      await person.tray.later.click();
      await person.siteIsShown();
    }
    await person.tray.tool.click();
    await until('three documents', async () => (await person.tray.document('photo').count()) === 3);
    await picture(kiosk, 'mailbox photographs kept');
    await person.see.closePanel
      .or(kiosk.screens.getByRole('button', { name: 'Retour', exact: true }))
      .first()
      .click();
    await person.siteIsShown();
  });

  it('an attachment that cannot be opened here is refused with the reason', async () => {
    const see = await open('Toutes les photos');
    await until('forty attachments', async () => (await see.attachments.count()) === 40, 30_000);
    touchKeyboard(kiosk.display);
    await see.attachmentMenu('photo-40.bin').click();
    await see.download.click();
    await person.tray.refused.waitFor({ timeout: 30_000 });
    await kiosk.screens.getByText('La borne ne connaît pas ce genre de fichier').waitFor();
    await picture(kiosk, 'mailbox attachment refused');
    await person.see.closePanel.click();
    await person.mailbox.demarche.click();
    await person.siteIsShown();
    await person.finish();
  });
});
