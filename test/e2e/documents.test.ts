/** Documents and sites: what a site sends comes into the tray or is refused with words; what a site asks for is taken from the tray. */
import type { Frame, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childrenNamed } from '../../main/platform/process-tree.ts';
import { touchKeyboard } from '../harness/hand.ts';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { scannedSheet } from '../harness/machines/scanned-sheets.ts';
import { picture } from '../harness/pictures.ts';
import { missingPrograms } from '../harness/printing/printer-world.ts';
import { payslip } from '../harness/scanning/papers.ts';
import { until } from '../harness/until.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: documents at the kiosk, without ${missing.join(', ')}`);
const farceur = 'https://farceur-exemple.test';
/** Under what a scanned page weighs: it must be fitted. */
const LIMIT_BYTES = 60_000;

// One person, one visit: each part goes on with what the one before left in the tray, as a person's does.
describe.skipIf(missing.length > 0)('documents at the kiosk', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let site: Page;
  beforeAll(async () => {
    machines = await runKioskWithMachines({
      sheets: [await scannedSheet(payslip, { dpi: 150, skewDeg: 2, noise: 6 })],
      demarches: {
        'demo-farceur': { upload: { formats: ['pdf', 'jpeg', 'png'], maxBytes: LIMIT_BYTES, multiple: true } },
      },
    });
    person = createPerson(machines.kiosk);
    await person.begin();
    site = await person.goTo(demo.prankster);
  });
  afterAll(() => machines?.stop());

  const go = async (path: string): Promise<void> => {
    await site.goto(`${farceur}${path}`);
    await person.siteIsShown();
  };
  /** As a person goes: with a hand on the machine; an address that becomes a download never "arrives". */
  const follow = async (path: string): Promise<void> => {
    touchKeyboard(machines.kiosk.display);
    await site.evaluate((to) => void setTimeout(() => location.assign(to), 0), `${farceur}${path}`);
  };
  const filesOf = (where: Page | Frame, selector: string): Promise<string[]> =>
    where.locator(selector).evaluate((input) => [...((input as HTMLInputElement).files ?? [])].map((one) => one.name));
  const cover = (name: string) => picture(machines.kiosk, `documents ${name}`);

  describe('what a site sends', () => {
    it.each([
      ['/pdf/formulaire', 'formulaire', 'a PDF that the site opens'],
      ['/telecharger/image', 'farce', 'a picture'],
    ])('%s comes into the tray and is offered', async (path, name) => {
      await go('/fichiers');
      await follow(path);
      await person.tray.arrived.waitFor({ timeout: 20_000 });
      await cover(`arrived ${name}`);
      await person.tray.later.click();
      await person.siteIsShown();
    });

    it.each([
      ['/telecharger/zip', 'dossier compressé'],
      ['/telecharger/pdf', 'abîmé'],
      ['/telecharger/exe', 'programme'],
      ['/telecharger/coupe', 's’est arrêté en route'],
    ])('%s is refused with words', async (path, words) => {
      await go('/fichiers');
      await follow(path);
      await person.tray.refused.filter({ hasText: words }).waitFor({ timeout: 20_000 });
      await cover(`refused ${words}`);
      await person.see.closePanel.click();
      await person.siteIsShown();
    });
  });

  describe('what a site asks for', () => {
    it('is one of the documents it takes; the strip confirms', async () => {
      await go('/fichiers/simple');
      await site.locator('#agir').click();
      await person.tray.document('formulaire').click();
      await cover('choose');
      await person.tray.give.click();
      await person.siteIsShown();
      await person.tray.attached.waitFor();
      expect(await filesOf(site, '#agir')).toEqual(['document-1.pdf']);
    });

    it('leaves the page as it was when the person says "not now"', async () => {
      await go('/fichiers/simple');
      await site.locator('#agir').click();
      await person.tray.notNow.click();
      await person.siteIsShown();
      expect(await filesOf(site, '#agir')).toEqual([]);
    });

    it('are several, when the input takes several', async () => {
      await go('/fichiers/multiple');
      await site.locator('#agir').click();
      await person.tray.document('formulaire').click();
      // The newest is chosen already.
      await person.tray.document('farce').and(person.tray.chosen).waitFor();
      await cover('several');
      await person.tray.give.click();
      await person.siteIsShown();
      expect(await filesOf(site, '#agir')).toHaveLength(2);
      await person.tray.attached.filter({ hasText: '2 documents' }).waitFor();
    });

    it('is only shown what the input accepts', async () => {
      await go('/fichiers/exotique');
      await site.locator('#agir').click();
      await person.tray.none.waitFor();
      await cover('nothing accepted');
      await person.tray.notNow.click();
      await go('/fichiers/image');
      await site.locator('#agir').click();
      await person.tray.document('farce').waitFor();
      await person.tray.notNow.click();
    });

    it('is given through a frame of another site', async () => {
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

    it('is said to be too late when the page took its input away meanwhile', async () => {
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

    it('is scanned on the spot, named, and made light enough', async () => {
      await go('/fichiers/formulaire');
      await site.locator('input[type=file]').click();
      await person.tray.scanNow.click();
      await person.tray.single.click();
      await person.tray.scan.click();
      await person.tray.good.and(person.tray.enabled).click({ timeout: 40_000 });
      await person.tray.document('Bulletin de paie').and(person.tray.chosen).waitFor({ timeout: 40_000 });
      await person.tray.give.click();
      await person.siteIsShown();
      await site.getByRole('button', { name: 'Envoyer' }).click();
      const received = await site.locator('#recu').innerText();
      const [name, size] = received.split(' ');
      expect(name).toBe('bulletin-de-paie-1.pdf');
      expect(Number(size)).toBeGreaterThan(5_000);
      expect(Number(size)).toBeLessThanOrEqual(LIMIT_BYTES);
    });
  });

  describe('what a paper says', () => {
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

    it('is read aloud, part by part, and stops when told to', async () => {
      await person.leaveSite();
      await person.search(''); // what was looked for hides it
      await person.tray.mine.click();
      await person.tray.document('Bulletin de paie').click();
      const pressedMs = performance.now();
      await person.tray.listen.click();
      const first = await plays(0);
      console.info(`heard after ${Math.round(performance.now() - pressedMs)} ms, 300 ms of it`);
      expect(first).toMatchObject({ paused: false, error: null });
      expect(first.duration).toBeGreaterThan(1);
      expect(first.duration).toBeLessThan(60);
      await cover('read aloud');
      // To its end, sooner than a person hears it.
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

    it('falls silent when its screen is left, and can be heard again', async () => {
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
  });

  it('nothing is left of it for the next person', async () => {
    // They leave while the voice still reads.
    await person.see.finished.click();
    await cover('leaving');
    await person.see.yesLeave.click();
    await person.see.begin.waitFor({ timeout: 20_000 });
    expect(await machines.kiosk.screens.locator('audio').count()).toBe(0);
    expect(childrenNamed('espeak-ng')).toBe(0);
    expect(machines.kiosk.log().filter(({ event }) => event === 'session.audit-failed')).toEqual([]);
    await person.begin();
    await person.tray.mine.click();
    await person.tray.empty.waitFor();
  });
});
