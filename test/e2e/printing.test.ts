/**
 * Printing as the person sees it, on a real IPP printer: everything can be printed, once, and the counted pages are
 * those that came out.
 */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { touchKeyboard } from '../harness/x-keyboard.ts';
import { picture } from '../harness/pictures.ts';
import { missingPrograms } from '../harness/printing/printer-fixture.ts';
import { encryptedPdf, heavyPicture, samplePdf, xfaPdf } from '../harness/printing/sample-pdf.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { checkPrinted, paperAt } from './pages/printed-file.ts';
import { createPrintingActions, type PrintingActions } from './pages/printing-actions.ts';
import { onCourriel } from './pages/selectors.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: the kiosk on a real printer, without ${missing.join(', ')}`);
const PAGES = 12;

describe.skipIf(missing.length > 0)('printing at the kiosk', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let printing: PrintingActions;
  beforeAll(async () => {
    machines = await runKioskWithMachines({ pages: PAGES });
    person = createPerson(machines.kiosk);
    printing = createPrintingActions(machines, person, PAGES);
  });
  afterAll(() => machines?.stop());
  beforeEach(() => printing.begin());
  afterEach(() => {
    machines.printer.unblock();
    machines.printer.setPageMs(20);
  });
  const newest = () => checkPrinted(machines.printer.printed().at(-1));

  it('prints the list of papers as shown, once, however often the person presses', async () => {
    await printing.showList();
    await person.print.pagesAreDrawn();
    await picture(machines.kiosk, 'print list');
    machines.printer.setPageMs(300);
    await person.print.oneSide.evaluate((button: HTMLElement) => {
      for (let i = 0; i < 6; i++) button.click();
    });
    await printing.says('Votre page est sortie');
    expect(printing.jobs()).toBe(1);
    await picture(machines.kiosk, 'print done');
    const printed = newest();
    expect(printed).toMatchObject({ pages: 1, size: 'A4' });
    expect(printed.text).toContain('Le bail ou l’attestation de loyer');
  });

  it('prints the page that a site asks to print, and the page being read', async () => {
    const site = await person.goTo({ words: 'hostile', title: demo.hostile.title });
    await site.goto('https://hostile-exemple.test/impression/bouton');
    await site.locator('#agir').click();
    await person.print.oneSide.waitFor();
    await printing.printOneSide('Votre page est sortie');
    expect(newest().text).toContain('window.print au bouton');
    await person.print.goOn.click();
    await person.siteIsShown();
    await person.print.tool.click();
    await person.print.oneSide.waitFor();
    await picture(machines.kiosk, 'print site');
    await person.print.back.click();
    await person.siteIsShown();
    expect(printing.jobs()).toBe(1);
  });

  it('the address of a mail link is shown and printed, and « Mes e-mails » opens beside the site', async () => {
    const { kiosk } = machines;
    const address = 'https://hostile-exemple.test/menus/lien-programme';
    const site = await person.goTo(demo.hostile);
    await site.goto(address);
    touchKeyboard(kiosk.display);
    await site.getByRole('link', { name: 'Écrire' }).click();
    const card = 'Écrivez à cette adresse e-mail';
    await person.coverIs(card);
    await person.siteIsHidden();
    await kiosk.screens.locator('.cover').getByText('a@exemple.test', { exact: true }).waitFor();
    await picture(kiosk, 'print contact');
    await person.see.coverButton('Imprimer').click();
    await person.print.oneSide.waitFor();
    await printing.printOneSide('Votre page est sortie');
    expect(newest().text).toContain('a@exemple.test');
    await person.print.goOn.click();
    await person.coverIs(card);
    await person.see.coverButton('Ouvrir mes e-mails').click();
    await person.mailbox.keeper('Courriel d’exemple').click();
    await person.siteIsShown();
    await onCourriel(await kiosk.guestPage('courriel-exemple.test')).address.waitFor();
    await person.mailbox.demarche.click();
    await person.see.coverButton('Revenir sur le site').click();
    await person.siteIsShown();
    expect(site.url()).toBe(address);
  });

  it('counts down on the leaving screen; the end is shown after « Non, continuer »; the last pages wait for nobody', async () => {
    const sentences = machines.kiosk.screens.locator('section li');
    const says = (words: string) => sentences.filter({ hasText: words }).waitFor();
    machines.printer.block('', 1); // each number of pages stays until it was seen
    await printing.showList();
    for (let i = 1; i < 5; i++) await person.print.more.click();
    await person.print.sides(5).click();
    await printing.says('Page 2 sur 5');
    await person.see.finished.click();
    await says('pages doivent encore sortir');
    await says('Prenez vos feuilles');
    await picture(machines.kiosk, 'print leaving');
    machines.printer.block('', 4);
    await says('Une page doit encore sortir');
    machines.printer.unblock();
    await sentences.filter({ hasText: 'encore sortir' }).waitFor({ state: 'detached' });
    await says('Prenez vos feuilles');
    await person.see.noStay.click();
    await printing.says('5 pages sont sorties');
    await printing.countsAreTrue();

    await person.print.more.click();
    await person.print.more.click();
    machines.printer.block('', 1);
    await person.print.sides(3).click();
    await printing.says('Page 2 sur 3');
    await person.see.finished.click();
    await machines.kiosk.screens.evaluate(() => Object.assign(globalThis, { ofThePerson: true }));
    await person.see.yesLeave.click();
    await printing.says('Vos dernières pages sortent');
    // All the rest is erased meanwhile: the screens are loaded afresh before the last page is out.
    const afresh = () => machines.kiosk.screens.evaluate(() => !('ofThePerson' in globalThis));
    // They can't be asked while they are being loaded.
    await until('the screens loaded afresh', () => afresh().catch(() => false), 5_000);
    await printing.says('Vos dernières pages sortent');
    await picture(machines.kiosk, 'print last pages');
    machines.printer.unblock();
    await person.see.begin.waitFor({ timeout: 30_000 });
    printing.expectOut(8);
  });

  it('counts the printed pages, and reports when the allowance is exceeded', async () => {
    await printing.showList();
    await person.print.left(PAGES).waitFor();
    for (let i = 1; i < 9; i++) await person.print.more.click();
    await person.print.sides(9).click();
    await printing.says('9 pages sont sorties');
    await printing.countsAreTrue();
    printing.expectOut(9);
    for (let i = 1; i < 4; i++) await person.print.more.click();
    await machines.kiosk.screens.getByText('Cela fait 4 pages').waitFor();
    await picture(machines.kiosk, 'print too many');
    expect(await person.print.sides(4).isDisabled()).toBe(true);
    expect(printing.jobs()).toBe(1);
  });

  describe('a document from a site', () => {
    let site: Page;
    const give = async (name: string, bytes: Uint8Array, how?: 'inline'): Promise<void> => {
      touchKeyboard(machines.kiosk.display);
      const address = machines.kiosk.sites.offer(name, bytes, how);
      await site.evaluate((to) => void setTimeout(() => location.assign(to), 0), address);
    };
    const print = async (name: string, bytes: Uint8Array, how?: 'inline'): Promise<void> => {
      await give(name, bytes, how);
      await person.tray.printArrived.click({ timeout: 30_000 });
    };
    const choices = (): Promise<unknown> => person.print.print.waitFor({ timeout: 30_000 });
    const backToSite = async (): Promise<void> => {
      await person.print.goOn.or(person.print.back).click();
      await person.siteIsShown();
    };
    beforeEach(async () => {
      touchKeyboard(machines.kiosk.display);
      site = await person.goTo(demo.hostile);
    });

    it('as a PDF or a picture is printed as shown', async () => {
      await print('lettre.pdf', await samplePdf(1), 'inline');
      await choices();
      await picture(machines.kiosk, 'print opened pdf');
      await printing.printOneSide('Votre page est sortie');
      expect(newest()).toMatchObject({ pages: 1, size: 'A4' });
      expect(newest().text).toContain('Attestation page 1');
      await backToSite();
      await print('photo.png', await heavyPicture());
      await choices();
      await person.print.pagesAreDrawn();
      await picture(machines.kiosk, 'print heavy picture');
      await printing.printOneSide('Votre page est sortie', 30_000);
      expect(newest()).toMatchObject({ pages: 1, size: 'A4' });
      printing.expectOut(2);
    });

    it('as a PDF in a frame is displayed and kept by its button; a picture shown alone is printed on white', async () => {
      const framed = machines.kiosk.sites.offer('cadre.pdf', await samplePdf(1), 'inline');
      await site.goto('https://hostile-exemple.test/cible');
      await site.evaluate((src) => {
        document.body.innerHTML = `<embed src="${src}" type="application/pdf" style="width: 600px; height: 500px">`;
      }, framed);
      // The button is in the browser's PDF viewer, out of reach of locators: at the top, third from the right.
      const kept = async () => {
        touchKeyboard(machines.kiosk.display);
        await site.locator('embed').click({ position: { x: 600 - 104, y: 28 } });
        // Retry, because presses before the viewer is ready are lost.
        return person.tray.arrived.waitFor({ timeout: 3_000 }).then(
          () => true,
          () => undefined,
        );
      };
      await until('the document kept', kept, 20_000);
      await picture(machines.kiosk, 'print framed kept');
      await person.tray.later.click();
      await person.siteIsShown();
      const blue = sharp({ create: { width: 160, height: 90, channels: 3, background: '#336699' } });
      await site.goto(machines.kiosk.sites.offer('image.png', await blue.png().toBuffer(), 'inline'));
      await person.print.tool.click();
      await choices();
      await picture(machines.kiosk, 'print shown picture');
      await printing.printOneSide('Votre page est sortie');
      expect(await paperAt(machines.printer.printed().at(-1), [0.5, 0.9])).toBe('#ffffff');
      expect(await paperAt(machines.printer.printed().at(-1), [0.5, 0.5])).toBe('#336699');
    });

    it('with pages of any size is printed on A4, without its blank page', async () => {
      await print('tailles.pdf', await samplePdf(['a4', 'a3', 'letter', 'landscape', 'blank']));
      await printing.words('Une page vide ne sera pas imprimée');
      await person.print.pagesAreDrawn();
      await picture(machines.kiosk, 'print sizes');
      machines.printer.block('', 1);
      await printing.pressInHaste(person.print.sides(4));
      await printing.says('Page 2 sur 4');
      await picture(machines.kiosk, 'print page 2 of 4');
      machines.printer.unblock();
      await printing.says('4 pages sont sorties');
      expect(newest()).toMatchObject({ pages: 4, size: 'A4' });
      printing.expectOut(4);
    });

    it('of 300 pages exceeds the allowance; a single page of it does not', async () => {
      await print('registre.pdf', await samplePdf(300));
      await printing.words('Cela fait 300 pages');
      await person.print.pagesAreDrawn();
      await picture(machines.kiosk, 'print 300');
      await person.print.page(3).click();
      await printing.printOneSide('Votre page est sortie');
      expect(newest().text).toContain('Attestation page 3');
      printing.expectOut(1);
    });

    it('that cannot be read here is refused with a message, and nothing is sent', async () => {
      await give('protege.pdf', await encryptedPdf());
      await machines.kiosk.screens.getByLabel('Mot de passe du document').waitFor();
      await picture(machines.kiosk, 'print encrypted');
      await machines.kiosk.screens.getByRole('button', { name: 'Annuler' }).click();
      await person.tray.refused.filter({ hasText: 'mot de passe' }).waitFor();
      await person.see.closePanel.click();
      await person.siteIsShown();
      await give('formulaire.pdf', await xfaPdf());
      await person.tray.refused.filter({ hasText: 'Adobe Reader' }).waitFor();
      await picture(machines.kiosk, 'print xfa');
      await person.see.closePanel.click();
      await person.siteIsShown();
      await print('programme.pdf', await samplePdf(1, { script: true }));
      await printing.words('Ce document contenait un programme');
      await picture(machines.kiosk, 'print cleaned');
      printing.expectOut(0);
    });
  });
});
