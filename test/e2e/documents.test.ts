/** Documents and sites: downloads go into the tray or are refused with a message; uploads come from the tray. */
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { childrenNamed } from '../../main/platform/process-tree.ts';
import { touchKeyboard } from '../harness/x-keyboard.ts';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { scannedSheet } from '../harness/machines/scanned-sheets.ts';
import { picture } from '../harness/pictures.ts';
import { missingPrograms } from '../harness/printing/printer-fixture.ts';
import { payslip } from '../harness/scanning/papers.ts';
import { until } from '../harness/until.ts';
import { checkPrinted } from './pages/printed-file.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: documents at the kiosk, without ${missing.join(', ')}`);
const hostile = 'https://hostile-exemple.test';
/** Smaller than a scanned page, so that the page must be compressed. */
const LIMIT_BYTES = 60_000;

describe.skipIf(missing.length > 0)('documents at the kiosk', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let site: Page;
  beforeAll(async () => {
    machines = await runKioskWithMachines({
      sheets: [await scannedSheet(payslip, { dpi: 150, skewDeg: 2, noise: 6 })],
      demarches: {
        'demo-hostile': { upload: { formats: ['pdf', 'jpeg', 'png'], maxBytes: LIMIT_BYTES, multiple: true } },
      },
    });
    person = createPerson(machines.kiosk);
  });
  afterAll(() => machines?.stop());

  const openSite = async (): Promise<void> => {
    await person.beginAfresh();
    site = await person.goTo(demo.hostile);
  };

  const go = async (path: string): Promise<void> => {
    await site.goto(`${hostile}${path}`);
    await person.siteIsShown();
  };
  /** Navigates with user activity. An address that becomes a download never finishes as a navigation. */
  const follow = async (path: string): Promise<void> => {
    touchKeyboard(machines.kiosk.display);
    await site.evaluate((to) => void setTimeout(() => location.assign(to), 0), `${hostile}${path}`);
  };
  const bring = async (path: string, name: string): Promise<void> => {
    await go('/fichiers');
    await follow(path);
    await person.tray.arrived.waitFor();
    await cover(`arrived ${name}`);
    await person.tray.later.click();
    await person.siteIsShown();
  };
  /** The site asks for a file; the person scans a payslip, which is chosen then. */
  const scanPayslip = async (): Promise<void> => {
    await go('/fichiers/formulaire');
    await site.locator('input[type=file]').click();
    await person.tray.scanNow.click();
    await person.tray.single.click();
    await person.tray.scan.click();
    await person.tray.good.and(person.tray.enabled).click({ timeout: 40_000 });
    await person.tray.document('Bulletin de paie').and(person.tray.chosen).waitFor({ timeout: 40_000 });
  };
  const filesOf = (where: Page | Frame, selector: string): Promise<string[]> =>
    where.locator(selector).evaluate((input) => [...((input as HTMLInputElement).files ?? [])].map((one) => one.name));
  const cover = (name: string) => picture(machines.kiosk, `documents ${name}`);

  describe('downloads from a site', () => {
    beforeAll(openSite);

    it.each([
      ['/pdf/formulaire', 'formulaire', 'a PDF that the site opens'],
      ['/telecharger/image', 'farce', 'a picture'],
    ])('%s comes into the tray and is offered', (path, name) => bring(path, name));

    it.each([
      ['/telecharger/zip', 'Le fichier est vide'],
      ['/telecharger/pdf', 'abîmé'],
      ['/telecharger/exe', 'programme'],
      ['/telecharger/coupe', 's’est arrêté en route'],
    ])('%s is refused with words', async (path, words) => {
      await go('/fichiers');
      await follow(path);
      await person.tray.refused.filter({ hasText: words }).waitFor();
      await cover(`refused ${words}`);
      await person.see.closePanel.click();
      await person.siteIsShown();
    });
  });

  it('a form from a site is filled in on the screen, and what was written is printed', async () => {
    await openSite();
    await go('/fichiers');
    await follow('/pdf/formulaire');
    await person.tray.fill.click();
    const { screens } = machines.kiosk;
    const box = screens.locator('.page input');
    await box.fill('Œuvré-Çelik, Élodie');
    await cover('form');
    await person.tray.filled.click();
    await screens.locator('h1', { hasText: 'formulaire' }).waitFor();
    await cover('form filled in');
    // What was written is there again.
    await person.tray.fill.click();
    await box.waitFor();
    expect(await box.inputValue()).toBe('Œuvré-Çelik, Élodie');
    await person.print.back.click();
    await screens.getByRole('button', { name: 'Imprimer', exact: true }).click();
    await person.print.print.click();
    const paper = await until('the paper', () => machines.printer.printed().at(-1), 30_000);
    expect(checkPrinted(paper).text).toContain('Œuvré-Çelik, Élodie');
    await person.backToAccueil();
  });

  describe('uploads to a site', () => {
    beforeAll(async () => {
      await openSite();
      await bring('/pdf/formulaire', 'formulaire');
      await bring('/telecharger/image', 'farce');
    });

    it('one document is attached, and the strip confirms', async () => {
      await go('/fichiers/simple');
      await site.locator('#agir').click();
      await person.tray.document('formulaire').click();
      await cover('choose');
      await person.tray.give.click();
      await person.siteIsShown();
      await person.tray.attached.waitFor();
      expect(await filesOf(site, '#agir')).toEqual(['document-1.pdf']);
    });

    it('"not now" leaves the page unchanged', async () => {
      await go('/fichiers/simple');
      await site.locator('#agir').click();
      await person.tray.notNow.click();
      await person.siteIsShown();
      expect(await filesOf(site, '#agir')).toEqual([]);
    });

    it('several are attached when the input accepts several', async () => {
      await go('/fichiers/multiple');
      await site.locator('#agir').click();
      await person.tray.document('formulaire').click();
      // The newest is already selected.
      await person.tray.document('farce').and(person.tray.chosen).waitFor();
      await cover('several');
      await person.tray.give.click();
      await person.siteIsShown();
      expect(await filesOf(site, '#agir')).toHaveLength(2);
      await person.tray.attached.filter({ hasText: '2 documents' }).waitFor();
    });

    it.each([
      ['/fichiers/exotique', 'a type that we do not have: the site may take it all the same'],
      ['/fichiers/image', 'pictures: a document of one page becomes one'],
    ])('%s, %s', async (path) => {
      await go(path);
      await site.locator('#agir').click();
      await person.tray.document('farce').waitFor();
      await person.tray.document('formulaire').waitFor();
      await person.tray.notNow.click();
    });

    it('a document is attached in a frame of another site', async () => {
      await go('/fichiers/cadre');
      const frame = await until('the frame', () => site.frames().find((one) => one.url().includes('depot-exemple')));
      await frame.locator('#document').click();
      await person.tray.document('formulaire').click();
      await person.tray.give.click();
      await person.siteIsShown();
      expect(await filesOf(frame, '#document')).toEqual(['document-1.pdf']);
      await frame.getByRole('button', { name: 'Déposer' }).click();
      await frame.locator('#depose').filter({ hasText: 'document-1.pdf' }).waitFor();
    });

    it('it is reported as too late when the page removed its input', async () => {
      await go('/fichiers/simple');
      await site.locator('#agir').click();
      await person.tray.document('formulaire').click();
      await site.evaluate(() => document.querySelector('#agir')?.remove());
      await person.tray.give.click();
      await person.see.dialog.waitFor();
      await cover('input gone');
      await person.see.closePanel.click();
      await person.siteIsShown();
    });
  });

  it('a paper is scanned for a site, named, and compressed enough', async () => {
    await openSite();
    await scanPayslip();
    await person.tray.give.click();
    await person.siteIsShown();
    await site.getByRole('button', { name: 'Envoyer' }).click();
    const received = await site.locator('#recu').innerText();
    const [name, size] = received.split(' ');
    expect(name).toBe('bulletin-de-paie-1.pdf');
    expect(Number(size)).toBeGreaterThan(5_000);
    expect(Number(size)).toBeLessThanOrEqual(LIMIT_BYTES);
  });

  describe('reading a document aloud', () => {
    /** The session under way has the payslip in its tray. */
    let scanned = false;
    beforeEach(async () => {
      if (scanned) await person.backToAccueil();
      else {
        await openSite();
        await scanPayslip();
        await person.tray.notNow.click();
        await person.siteIsShown();
        await person.leaveSite();
        await person.search(''); // search results would hide it
        scanned = true;
      }
      await person.tray.mine.click();
      await person.tray.document('Bulletin de paie').click();
    });

    const heard = () =>
      machines.kiosk.screens.locator('audio').evaluate((element) => {
        const { src, currentTime, duration, paused, error } = element as HTMLAudioElement;
        return { src, currentTime, duration, paused, error: error?.code ?? null };
      });
    const plays = (part: number) =>
      until(`part ${part} heard`, async () => {
        const now = await heard();
        return now.src.endsWith(`/${part}.wav`) && now.currentTime > 0.3 && now;
      });

    it('reads part by part, and stops on request', async () => {
      const pressedMs = performance.now();
      await person.tray.listen.click();
      const first = await plays(0);
      console.info(`heard after ${Math.round(performance.now() - pressedMs)} ms, 300 ms of it`);
      expect(first).toMatchObject({ paused: false, error: null });
      expect(first.duration).toBeGreaterThan(1);
      expect(first.duration).toBeLessThan(60);
      await cover('read aloud');
      // Skip to the end of the sound.
      await machines.kiosk.screens
        .locator('audio')
        .evaluate((player: HTMLAudioElement) => void (player.playbackRate = 16));
      await plays(1);
      await person.tray.quiet.click();
      await person.tray.listen.waitFor();
      expect(await heard()).toMatchObject({ src: '', paused: true, error: null });
      const gone = await machines.kiosk.screens.evaluate(async (src) => (await fetch(src)).status, first.src);
      expect(gone).toBe(404);
    });

    it('is heard alone: it ends the reading of its screen', async () => {
      const said = machines.kiosk.screens.locator('[data-said]');
      await person.see.listen.click();
      const { src } = await plays(0);
      await cover('screen aloud');
      expect(await said.count()).toBe(1);
      await person.tray.listen.click();
      await until('the document', async () => {
        const now = await heard();
        return now.src !== src && now.src.endsWith('/0.wav') && now.currentTime > 0;
      });
      expect(await said.count()).toBe(0);
      await person.tray.quiet.click();
      await person.see.listen.waitFor();
    });

    it('stops when its screen is left, and can be started again', async () => {
      await person.tray.listen.click();
      const { src } = await plays(0);
      await person.print.back.click();
      await person.tray.document('Bulletin de paie').waitFor();
      const status = () => machines.kiosk.screens.evaluate(async (at) => (await fetch(at)).status, src);
      await until('the reading over', async () => (await status()) === 404);
      await person.tray.document('Bulletin de paie').click();
      await person.tray.listen.click();
      await plays(0);
    });

    it('nothing is left for the next person', async () => {
      await person.tray.listen.click();
      await plays(0);
      scanned = false;
      // The person leaves while the voice is still reading.
      await person.see.finished.click();
      await cover('leaving');
      await person.see.yesLeave.click();
      await person.see.begin.waitFor();
      expect(await heard()).toMatchObject({ src: '', paused: true });
      expect(childrenNamed('espeak-ng')).toBe(0);
      expect(machines.kiosk.log().filter(({ event }) => event === 'session.audit-failed')).toEqual([]);
      await person.begin();
      await person.tray.mine.click();
      await person.tray.empty.waitFor();
    });
  });
});
