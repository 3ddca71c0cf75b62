/** A person's USB key at the kiosk: detected, read, written, and its faults. */
import { PDFDocument } from '@cantoo/pdf-lib';
import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { docx, paragraph } from '../harness/documents/letters.ts';
import { officeRuns } from '../harness/documents/real-office.ts';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { startUsbPort, type UsbPort } from '../harness/machines/usb-port.ts';
import { picture } from '../harness/pictures.ts';
import { missingPrograms } from '../harness/printing/printer-fixture.ts';
import { samplePdf } from '../harness/printing/sample-pdf.ts';
import { touchKeyboard } from '../harness/x-keyboard.ts';
import type { RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { checkPrinted, paperAt } from './pages/printed-file.ts';

const port: UsbPort | undefined = startUsbPort();
const officeIsHere = await officeRuns();
if (!officeIsHere) console.warn('SKIPPED: a Word document on a key: LibreOffice in its sandbox cannot run here');
if (!port) console.warn('SKIPPED: a USB key at the kiosk: this system cannot mount images');
const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: a USB key at the kiosk, without ${missing.join(', ')}`);

describe.skipIf(!port || missing.length > 0)('a USB key at the kiosk', () => {
  const usb = port!;
  let machines: KioskWithMachines;
  let kiosk: RunningKiosk;
  let person: Person;
  let cv: Uint8Array;
  beforeAll(async () => {
    cv = await samplePdf(1);
    machines = await runKioskWithMachines({
      site: { usbKeys: true },
      demarches: {
        'demo-hostile': { upload: { formats: ['pdf', 'jpeg', 'png'], maxBytes: 2_000_000, multiple: true } },
      },
    });
    kiosk = machines.kiosk;
    person = createPerson(kiosk);
  });
  afterAll(async () => {
    await machines?.stop();
    usb.stop();
  });
  afterEach(async () => {
    usb.pullOut();
    await usb.rescanned();
  });

  const key = () => person.tray.key();
  /** Copies a document from the key into the tray and opens it. */
  const openCv = async (): Promise<void> => {
    await key().file('CV.pdf').click();
    await person.tray.document('CV').click();
    await key().copy.waitFor();
  };
  const says = (words: string) => kiosk.screens.getByText(words).first().waitFor();

  describe('in « Mes documents »', () => {
    beforeEach(async () => {
      await person.beginAfresh();
      await person.tray.mine.click();
    });

    it('lists all its files, with the reason when one cannot be opened; a chosen file is copied', async () => {
      usb.plugIn({ 'CV.pdf': cv, 'setup.exe': Buffer.from('MZ'), 'budget.xlsx': Buffer.from('x') });
      await key().file('CV.pdf').waitFor();
      await picture(kiosk, 'usb seen');
      expect(await key().files.count()).toBe(1);
      await says('2 fichiers ne s’ouvrent pas ici');
      await says('fichier d’un autre logiciel');
      expect(usb.options()).toEqual(expect.arrayContaining(['ro', 'nosuid', 'nodev', 'noexec']));
      await key().file('CV.pdf').click();
      await person.tray.document('CV').waitFor();
    });

    it.skipIf(!officeIsHere)('a Word document becomes a PDF, and the person is told to look at it', async () => {
      usb.plugIn({ 'ma lettre.docx': docx(paragraph('Madame, Monsieur, je vous écris.')) });
      await key().file('ma lettre.docx').click();
      await says('Votre document devient un PDF');
      await picture(kiosk, 'usb converting');
      await person.tray.document('ma lettre').getByText('converti en PDF').waitFor();
      await picture(kiosk, 'usb converted');
      await person.tray.document('ma lettre').click();
      await says('Vérifiez que tout y');
      await key().copy.waitFor();
    });

    it('a PDF with a password can be opened with it', async () => {
      const locked = await PDFDocument.load(cv);
      locked.encrypt({ userPassword: 'Été 2026', ownerPassword: 'y' });
      usb.plugIn({ 'paie.pdf': await locked.save() });
      await key().file('paie.pdf').click();
      const field = kiosk.screens.getByLabel('Mot de passe du document');
      await field.fill('autre');
      await kiosk.screens.getByRole('button', { name: 'Ouvrir le document' }).click();
      await says('Ce n’est pas le bon mot de passe');
      await picture(kiosk, 'usb wrong password');
      await field.fill('Été 2026');
      await kiosk.screens.getByRole('button', { name: 'Ouvrir le document' }).click();
      await says('Votre document est arrivé');
      await kiosk.screens.getByRole('button', { name: 'Plus tard' }).click();
      await person.tray.document('paie').waitFor();
    });

    it('gets a copy, and the person is told that it can be removed', async () => {
      usb.plugIn({ 'CV.pdf': cv });
      await openCv();
      await key().copy.click();
      await says('Vous pouvez retirer votre clé');
      await picture(kiosk, 'usb copied');
      expect(usb.filesOn()).toEqual(['CV (2).pdf', 'CV.pdf']);
    });

    it('plugged in before the session stays closed until it is plugged in again', async () => {
      await person.see.finished.click();
      await person.see.yesLeave.click();
      await person.see.begin.waitFor();
      usb.plugIn({ 'CV.pdf': cv });
      await usb.rescanned();
      await person.begin();
      await person.tray.mine.click();
      await says('Une clé USB était déjà branchée');
      await picture(kiosk, 'usb older');
      expect(await key().files.count()).toBe(0);
      expect(usb.options()).toEqual(['']);
      usb.pullOut();
      await usb.rescanned();
      usb.plugIn({ 'CV.pdf': cv });
      await key().file('CV.pdf').waitFor();
    });

    it('that is full is reported, and no partial file stays', async () => {
      usb.plugIn({ 'CV.pdf': cv }, { full: true });
      await openCv();
      await key().copy.click();
      await says('Votre clé est pleine');
      await picture(kiosk, 'usb full');
      await person.see.closePanel.click();
      await person.see.finished.click();
      await person.see.yesLeave.click();
      await person.see.begin.waitFor();
      expect(usb.filesOn()).toEqual(['CV.pdf', 'plein-1M', 'plein-512']);
    });

    it('that is write-protected is reported', async () => {
      usb.plugIn({ 'CV.pdf': cv }, { readOnly: true });
      await openCv();
      await key().copy.click();
      await says('Impossible d’enregistrer sur cette clé');
      await picture(kiosk, 'usb protected');
    });

    it('pulled out too soon is reported', async () => {
      usb.plugIn({ 'CV.pdf': cv });
      await openCv();
      usb.pullOutUnnoticed();
      await key().copy.click();
      await says('La copie s’est arrêtée');
      await picture(kiosk, 'usb pulled out');
    });

    it('left plugged in is mentioned before the end of the session, and closed after it', async () => {
      usb.plugIn({ 'CV.pdf': cv });
      await key().file('CV.pdf').waitFor();
      await person.see.finished.click();
      await says('Reprenez votre clé USB');
      await picture(kiosk, 'usb leaving');
      await person.see.yesLeave.click();
      await person.see.begin.waitFor();
      expect(usb.options()).toEqual(['']);
      // The next person must not see the files of a forgotten key.
      await person.begin();
      await person.tray.mine.click();
      await person.tray.empty.waitFor();
      await says('Une clé USB était déjà branchée');
      expect(await key().files.count()).toBe(0);
      expect(usb.options()).toEqual(['']);
      expect(kiosk.log().filter((one) => one.event === 'session.audit-failed')).toEqual([]);
    });
  });

  // A single visit: the offer is shown several times over the site's page.
  describe('and a document from a site', () => {
    let site: Page;
    let attestation: Uint8Array;
    beforeAll(async () => {
      attestation = await samplePdf(3);
      await person.beginAfresh();
      site = await person.goTo(demo.hostile);
    });
    const download = async (name: string): Promise<void> => {
      touchKeyboard(kiosk.display);
      const address = kiosk.sites.offer(name, attestation, 'attachment');
      await site.evaluate((to) => void setTimeout(() => location.assign(to), 0), address);
      await person.tray.arrived.waitFor();
    };
    const backToSite = async (): Promise<void> => {
      await person.print.back.click();
      await person.siteIsShown();
    };

    it('is copied byte for byte to a key plugged in during the offer', async () => {
      await download('attestation.pdf');
      expect(await person.tray.copyArrived.count()).toBe(0);
      await picture(kiosk, 'usb offer without a key');
      usb.plugIn({ 'CV.pdf': cv });
      await person.tray.copyArrived.waitFor();
      await picture(kiosk, 'usb offer');
      await person.tray.copyArrived.click();
      await says('Vous pouvez retirer votre clé');
      await picture(kiosk, 'usb offer copied');
      expect(usb.filesOn()).toEqual(['CV.pdf', 'attestation.pdf']);
      expect(Buffer.compare(usb.fileOn('attestation.pdf'), attestation)).toBe(0);
      await backToSite();
      // The key is still plugged in, so the next document can go to it too.
      await download('autre.pdf');
      await person.tray.copyArrived.waitFor();
      await person.tray.later.click();
      await person.siteIsShown();
    });

    it('is not copied to a full key, which is reported', async () => {
      usb.plugIn({}, { full: true });
      await download('pleine.pdf');
      await person.tray.copyArrived.click();
      await says('Votre clé est pleine');
      await picture(kiosk, 'usb offer full');
      expect(usb.filesOn().filter((name) => !name.startsWith('plein-'))).toEqual([]);
      await person.see.closePanel.click();
      await backToSite();
    });

    it('is reported as not copied when the key is pulled out in the middle', async () => {
      usb.plugIn({ 'CV.pdf': cv });
      await download('justificatif.pdf');
      await person.tray.copyArrived.waitFor();
      usb.pullOutUnnoticed();
      await person.tray.copyArrived.click();
      await says('La copie s’est arrêtée');
      await picture(kiosk, 'usb offer pulled out');
      expect(usb.filesOn()).toEqual(['CV.pdf']);
      await person.see.closePanel.click();
      await backToSite();
    });
  });

  describe('and a site that asks for a document', () => {
    it.skipIf(!officeIsHere)(
      'an iPhone photo and a Word document from the key are attached, then printed',
      async () => {
        const photo = await readFile(new URL('../fixtures/documents/photo.heic', import.meta.url));
        await person.beginAfresh();
        const site = await person.goTo(demo.hostile);
        await site.goto('https://hostile-exemple.test/fichiers/multiple');
        await person.siteIsShown();
        usb.plugIn({ 'IMG_2041.HEIC': photo, 'ma lettre.docx': docx(paragraph('Madame, Monsieur, je vous écris.')) });
        await person.tray.tool.click();
        await key().file('IMG_2041.HEIC').click();
        await person.tray.document('IMG 2041').waitFor();
        await key().file('ma lettre.docx').click();
        await person.tray.document('ma lettre').getByText('converti en PDF').waitFor();
        await person.print.back.click();
        await person.siteIsShown();
        await site.locator('#agir').click();
        for (const name of ['IMG 2041', 'ma lettre']) {
          const document = person.tray.document(name);
          // The newest document may already be selected.
          if ((await document.and(person.tray.chosen).count()) === 0) await document.click();
        }
        await picture(kiosk, 'usb attach converted');
        await person.tray.give.click();
        await person.siteIsShown();
        const given = await site
          .locator('#agir')
          .evaluate(async (input) =>
            Promise.all(
              [...((input as HTMLInputElement).files ?? [])].map(async (one) => (await one.text()).slice(0, 4)),
            ),
          );
        expect(given).toHaveLength(2);
        expect(given).toContain('%PDF');
        await person.tray.tool.click();
        for (const name of ['IMG 2041', 'ma lettre']) {
          await person.tray.document(name).click();
          await kiosk.screens.getByRole('button', { name: 'Imprimer', exact: true }).click();
          await person.print.oneSide.waitFor();
          await picture(kiosk, `usb print ${name}`);
          await person.print.oneSide.click();
          await person.see.title.filter({ hasText: 'Votre page est sortie' }).waitFor();
          await person.print.goOn.click();
          await person.print.back.click();
        }
        const [printedPhoto, letter] = machines.printer.printed().slice(-2);
        expect(await paperAt(printedPhoto, [0.5, 0.5])).not.toBe('#ffffff');
        expect(checkPrinted(letter)).toMatchObject({ pages: 1, size: 'A4' });
        expect(checkPrinted(letter).text).toContain('Madame, Monsieur, je vous écris.');
      },
    );
  });
});
