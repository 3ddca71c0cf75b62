/** Pages that were scanned and not kept yet are still there, whatever screen came in between. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { scannedSheet } from '../harness/machines/scanned-sheets.ts';
import { picture } from '../harness/pictures.ts';
import { missingPrograms } from '../harness/printing/printer-fixture.ts';
import { rib } from '../harness/scanning/papers.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: unfinished scans, without ${missing.join(', ')}`);

describe.skipIf(missing.length > 0)('pages that are not kept yet', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let sheet: Uint8Array;
  beforeAll(async () => {
    sheet = await scannedSheet(rib, { dpi: 150, skewDeg: 1.5 });
    machines = await runKioskWithMachines({
      sheets: [sheet],
      site: { idle: { afterS: 30, warningS: 60, allowanceMinutes: null } },
    });
    person = createPerson(machines.kiosk);
  });
  afterAll(() => machines?.stop());
  beforeEach(async () => {
    await person.beginAfresh();
    await person.tray.scanPaper.click();
    await person.tray.several.click();
    Object.assign(machines.scanner.scene, { pages: [sheet, sheet], adfState: 'ScannerAdfLoaded' });
    await person.tray.scan.click();
    await pagesAreThere();
  });

  const pagesAreThere = () =>
    person.see.title.filter({ hasText: 'Vos 2 pages sont prêtes' }).waitFor({ timeout: 40_000 });
  const show = (name: string) => picture(machines.kiosk, `unfinished scan ${name}`);
  const resume = () => person.tray.unfinished.click();

  it('« J’ai fini » says so, and « Non, continuer » and « Voir mes pages » lead back to them', async () => {
    await person.see.finished.click();
    await machines.kiosk.screens.getByText('2 pages scannées ne sont pas encore gardées').waitFor();
    await show('leaving');
    await person.see.noStay.click();
    await pagesAreThere();
    await person.see.home.click();
    await person.see.finished.click();
    await machines.kiosk.screens.getByRole('button', { name: 'Voir mes pages' }).click();
    await pagesAreThere();
  });

  it('the question to a person who does nothing leads back to them', async () => {
    await person.see.stillHere.click({ timeout: 60_000 });
    await pagesAreThere();
  });

  it('« Accueil » leaves them at hand, and they become a document', async () => {
    await person.see.home.click();
    await person.tray.unfinished.waitFor();
    await show('home');
    await resume();
    await pagesAreThere();
    await show('again');
    await person.tray.finish.click();
    await person.tray.listen.waitFor({ timeout: 40_000 });
    await person.see.home.click();
    await person.tray.scanPaper.waitFor();
  });

  it('they can be thrown away, after a question', async () => {
    const { screens } = machines.kiosk;
    await screens.getByRole('button', { name: 'Tout retirer' }).click();
    await person.see.dialog.waitFor();
    await show('remove all');
    await person.see.closePanel.click();
    await pagesAreThere();
    await screens.getByRole('button', { name: 'Tout retirer' }).click();
    await screens.getByRole('button', { name: 'Oui, tout retirer' }).click();
    await person.tray.single.waitFor();
  });

  it('a site that asks for a file meanwhile gets them, or another scan after they are kept', async () => {
    await person.see.home.click();
    const site = await person.goTo(demo.hostile);
    await site.goto('https://hostile-exemple.test/fichiers/simple');
    await site.locator('#agir').click();
    await person.tray.scanNow.click();
    await pagesAreThere();
    await person.tray.finish.click();
    await person.tray.document(/./).and(person.tray.chosen).waitFor({ timeout: 40_000 });
    await person.tray.scanNow.click();
    await person.tray.single.waitFor();
  });

  it('a document that is being made when the person leaves is in « Mes documents »', async () => {
    await person.tray.finish.click();
    await person.see.home.click();
    await person.tray.mine.filter({ hasText: '1' }).waitFor({ timeout: 40_000 });
    expect(await person.see.search.isVisible()).toBe(true);
    expect(await person.see.dialog.count()).toBe(0);
  });

  it('the end of the session erases them', async () => {
    await person.finish();
    await person.begin();
    await person.tray.scanPaper.click();
    await person.tray.single.waitFor();
  });
});
