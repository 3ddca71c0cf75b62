/** Scanning as the person sees it: every machine fault has a message and a next step. */
import { Worker } from 'node:worker_threads';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { deriveConfig, type DerivedConfig } from '../harness/machines/derive-config.ts';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { scannedSheet } from '../harness/machines/scanned-sheets.ts';
import { picture } from '../harness/pictures.ts';
import { wrapScanimage, type ScanimageWrapper } from '../harness/machines/scanimage-wrapper.ts';
import { missingPrograms } from '../harness/printing/printer-fixture.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import type { EsclScene } from '../harness/scanning/escl-simulator.ts';
import { rib } from '../harness/scanning/papers.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: scanning at the kiosk, without ${missing.join(', ')}`);

const flat = (colour: string): Promise<Uint8Array> =>
  sharp({ create: { width: 1240, height: 1754, channels: 3, background: colour } })
    .jpeg()
    .toBuffer();
/** An A4 photograph of more than 10 MB, which does not compress. */
const heavyPicture = (): Promise<Uint8Array> =>
  sharp({
    create: {
      width: 2480,
      height: 3508,
      channels: 3,
      background: '#777',
      noise: { type: 'gaussian', mean: 120, sigma: 60 },
    },
  })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();

describe.skipIf(missing.length > 0)('scanning at the kiosk', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let sheet: Uint8Array;
  let calm: EsclScene;
  beforeAll(async () => {
    sheet = await scannedSheet(rib, { dpi: 150, skewDeg: 1.5 });
    machines = await runKioskWithMachines({
      sheets: [sheet],
      demarches: { 'demo-hostile': { upload: { formats: ['pdf'], maxBytes: 10_000, multiple: false } } },
    });
    calm = { ...machines.scanner.scene };
    person = createPerson(machines.kiosk);
  });
  afterAll(() => machines?.stop());
  beforeEach(() => person.beginAfresh());
  afterEach(() => void Object.assign(machines.scanner.scene, calm, { pages: [sheet] }));

  const says = (title: string) => person.see.title.filter({ hasText: title }).waitFor();
  const place = async (how: 'single' | 'several'): Promise<void> => {
    await person.tray.scanPaper.click();
    await person.tray[how].click();
  };
  const show = (name: string) => picture(machines.kiosk, `scan ${name}`);

  it.each<[string, 'single' | 'several', Partial<EsclScene>, string]>([
    ['a jam', 'several', { misbehave: 'conflict', adfState: 'ScannerAdfJam' }, 'Une feuille est coincée'],
    ['an open lid', 'single', { misbehave: 'conflict', state: 'Stopped' }, 'Le couvercle est ouvert'],
    ['a cable out at 40 %', 'single', { misbehave: 'cut' }, 'Le scanner s’est arrêté en route'],
    ['nonsense', 'single', { misbehave: 'nonsense' }, 'La page est arrivée abîmée'],
    ['somebody else’s scan', 'single', { busyTimes: 1_000 }, 'Le scanner est occupé'],
  ])('%s: says so, and the next try works', async (name, how, trouble, sentence) => {
    await place(how);
    Object.assign(machines.scanner.scene, trouble);
    await person.tray.scan.click();
    await says(sentence);
    await show(name);
    Object.assign(machines.scanner.scene, calm, { pages: [sheet] });
    await person.tray.again.click();
    await person.tray.scan.click();
    await person.see.title.filter({ hasText: /lisible|prête/ }).waitFor({ timeout: 30_000 });
  });

  it('stops on request, and waits for the sheet again', async () => {
    await place('single');
    machines.scanner.scene.pieceDelayMs = 200;
    await person.tray.scan.click();
    await person.tray.stop.click();
    await says('Posez votre feuille sur la vitre');
    expect(machines.scanner.openJobs()).toBe(0);
  });

  it('a black page is reported', async () => {
    machines.scanner.scene.pages = [await flat('#050505')];
    await place('single');
    await person.tray.scan.click();
    await machines.kiosk.screens.getByText('La page est toute noire').waitFor({ timeout: 30_000 });
    await show('black');
  });

  it('a pile longer than a document: says where it stopped, and keeps the pages', async () => {
    const dark = await sharp({ create: { width: 248, height: 351, channels: 3, background: '#050505' } })
      .jpeg()
      .toBuffer();
    machines.scanner.scene.pages = Array.from({ length: 60 }, () => dark);
    await place('several');
    await person.tray.scan.click();
    await person.see.title.filter({ hasText: 'On s’arrête à 50 pages' }).waitFor({ timeout: 150_000 });
    await show('a long pile');
    expect(machines.scanner.openJobs()).toBe(0);
    await machines.kiosk.screens.getByRole('button', { name: 'Garder les pages déjà là' }).click();
    await says('Vos 50 pages sont prêtes');
    await machines.kiosk.screens.getByRole('button', { name: 'Garder ces 50 pages' }).waitFor();
  }, 200_000);

  it('a site whose limit is too small for a legible page: reported, and the person can choose again', async () => {
    const site = await person.goTo(demo.hostile);
    await site.goto('https://hostile-exemple.test/fichiers/simple');
    await site.locator('#agir').click();
    machines.scanner.scene.pages = [sheet, sheet, sheet, sheet];
    await person.tray.scanNow.click();
    await person.tray.several.click();
    await person.tray.scan.click();
    await person.tray.finish.click({ timeout: 40_000 });
    await person.tray.give.click({ timeout: 40_000 });
    await person.see.dialog.filter({ hasText: 'trop lourd pour le site' }).waitFor({ timeout: 30_000 });
    await show('too large for the site');
    await person.see.closePanel.click();
    await person.tray.notNow.click();
    await person.siteIsShown();
  });

  it('a crash of the OCR loses the words, and it is reported', async () => {
    const send = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (this: Worker, ...args: Parameters<typeof send>) {
      send.apply(this, args);
      if ((args[0] as { action?: string } | undefined)?.action === 'recognize') void this.terminate();
    };
    try {
      await place('single');
      await person.tray.scan.click();
      await person.tray.good.and(person.tray.enabled).click({ timeout: 30_000 });
      await machines.kiosk.screens.getByText('Le texte n’a pas pu être lu').waitFor({ timeout: 30_000 });
    } finally {
      Worker.prototype.postMessage = send;
    }
    await show('reader died');
  });

  it('a scanner that is switched off is reported, and found again', async () => {
    await place('single');
    await machines.scanner.stop();
    await person.tray.scan.click();
    await says('Le scanner ne répond pas');
    await show('off');
    await machines.scanner.switchOn();
    await person.tray.again.click();
    await person.tray.scan.click();
    await person.see.title.filter({ hasText: /lisible|prête/ }).waitFor({ timeout: 30_000 });
  });
});

describe.skipIf(missing.length > 0)('a SANE scanner, with little room for documents', () => {
  let between: ScanimageWrapper;
  let config: DerivedConfig;
  let kiosk: RunningKiosk;
  let person: Person;
  beforeAll(async () => {
    between = await wrapScanimage(await heavyPicture());
    config = deriveConfig({
      scanner: { kind: 'sane', address: between.device },
      printer: { kind: 'none' },
      vault: { maxBytes: 10_000_000 },
    });
    kiosk = await runKiosk({ configDir: config.dir });
    person = createPerson(kiosk);
    await person.begin();
    await person.tray.scanPaper.click();
    await person.tray.single.click();
  });
  afterAll(async () => {
    await kiosk?.stop();
    config?.remove();
    between?.stop();
  });
  // A page of noise is the slowest there is to write as a PDF: 12 s on a quiet machine.
  const says = (title: string) => person.see.title.filter({ hasText: title }).waitFor({ timeout: 60_000 });

  it.each([
    ['missing', 'Le scanner n’est pas prêt'],
    ['killed', 'Le scanner s’est arrêté en route'],
    ['nonsense', 'La page est arrivée abîmée'],
  ] as const)('whose program is %s: says so', async (trouble, sentence) => {
    between.play(trouble);
    await person.tray.scan.click();
    await says(sentence);
    between.play('none');
    await picture(kiosk, `scan program ${trouble}`);
    // The person cannot install the missing program, so no retry is offered.
    if (trouble !== 'missing') return person.tray.again.click();
    expect(await person.tray.again.count()).toBe(0);
    await person.print.back.click();
    await person.tray.scanPaper.click();
    await person.tray.single.click();
  });

  it('reports that there is no room, and keeps the page while the person makes room', async () => {
    await person.tray.scan.click();
    await person.tray.good.and(person.tray.enabled).click({ timeout: 30_000 });
    await says('Il n’y a plus de place');
    await picture(kiosk, 'scan no room');
    await kiosk.screens.locator('.foot').getByRole('button', { name: 'Mes documents' }).click();
    await person.tray.empty.waitFor();
    await person.print.back.click();
    await says('Il n’y a plus de place');
    await kiosk.screens.getByRole('button', { name: 'Revoir les pages' }).click();
    await says('Votre page est prête');
  });
});

describe('a site with neither scanner nor printer', () => {
  let kiosk: RunningKiosk;
  let config: DerivedConfig;
  let person: Person;
  beforeAll(async () => {
    config = deriveConfig({ scanner: { kind: 'none' }, printer: { kind: 'none' } });
    kiosk = await runKiosk({ configDir: config.dir });
    person = createPerson(kiosk);
  });
  afterAll(async () => {
    await kiosk?.stop();
    config?.remove();
  });

  it('mentions neither, and says what to do when a site needs one', async () => {
    await person.begin();
    await person.tray.mine.waitFor();
    expect(await person.tray.scanPaper.count()).toBe(0);
    const site = await person.goTo(demo.hostile);
    expect(await person.print.tool.count()).toBe(0);
    await site.goto('https://hostile-exemple.test/fichiers/simple');
    await site.locator('#agir').click();
    await kiosk.screens.getByText('Cette borne n’a pas de scanner').waitFor();
    await picture(kiosk, 'scan none');
    expect(await person.tray.scanNow.count()).toBe(0);
    await person.tray.notNow.click();
    await site.goto('https://hostile-exemple.test/impression/bouton');
    await site.locator('#agir').click();
    await person.see.title.filter({ hasText: 'Cette borne n’a pas d’imprimante' }).waitFor();
    await picture(kiosk, 'print none');
  });
});
