/**
 * A person types their town as pronounced, sees who can help and is open now, and prints the ticket. No network is
 * used.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { addDays, dayInFrance } from '../../main/features/directory/hours/days.ts';
import { dateText } from '../../renderer/features/directory/place-text.ts';
import { drawnTown, townBounds } from '../harness/drawn-town.ts';
import { addTutorials } from '../harness/tutorials-config.ts';
import { picture } from '../harness/pictures.ts';
import { pmtilesFile } from '../harness/pmtiles-file.ts';
import { runKioskWithMachines, type KioskWithMachines } from '../harness/machines/kiosk-with-machines.ts';
import { missingPrograms } from '../harness/printing/printer-fixture.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onDirectory } from './pages/on-directory.ts';
import { onTutorials } from './pages/on-tutorials.ts';
import { checkPrinted } from './pages/printed-file.ts';

const missing = missingPrograms();
if (missing.length > 0) console.warn(`SKIPPED: the directory and its ticket, without ${missing.join(', ')}`);

/** Position of `Maison ouverte` in the made-up town. */
const DOOR = [3.05652, 46.58324] as const;
const streets = () =>
  pmtilesFile({
    layers: drawnTown(DOOR, 'protomaps'),
    minZoom: 14,
    maxZoom: 15,
    bounds: townBounds(DOOR),
    attribution: '© OpenStreetMap',
  });

/** Always open, so that the test does not depend on the time. The number is from a range reserved for fiction. */
const place = (id: string, name: string, more: Record<string, unknown>) => ({
  id,
  name,
  typologies: ['RFS'],
  commune: '03036',
  town: 'Bourbon-l’Archambault',
  postcode: '03160',
  point: { lat: DOOR[1], lon: DOOR[0], door: true },
  services: ['Aide aux démarches administratives'],
  ...more,
});
/** Made up: we know no source for the dates of the real bus. */
const stopIn = (days: number, town: string, where: string | null = null) => ({
  date: addDays(dayInFrance(Date.now()), days),
  from: '09:30',
  to: '12:00',
  town,
  where,
});
const DIRECTORY = JSON.stringify({
  version: 1,
  source: 'Essai',
  checkedOn: '2026-11',
  places: [
    place('essai-ouvert', 'Maison ouverte', {
      phone: '04 65 71 00 01',
      hours: 'Mo-Su 00:00-24:00',
      address: '1 place de la Mairie',
      bring: ['Vos courriers'],
    }),
    place('essai-inconnu', 'Maison sans horaires', { phone: '04 65 71 00 02' }),
    place('essai-cours', 'Maison qui enseigne', {
      services: ['Maîtrise des outils numériques du quotidien'],
      hours: 'Mo-Su 00:00-24:00',
    }),
    place('essai-moulins', 'Maison de Moulins', {
      commune: '03190',
      town: 'Moulins',
      postcode: '03000',
      point: { lat: 46.56459, lon: 3.33243, door: true },
      hours: 'Mo-Su 00:00-24:00',
    }),
    place('essai-bus', 'Bus qui passe', {
      moves: true,
      phone: '04 65 71 00 05',
      stops: [stopIn(8, 'Franchesse'), stopIn(1, 'Ygrande', 'Place de l’Église'), stopIn(-1, 'Cérilly')],
    }),
    place('essai-bus-sans-dates', 'Bus sans calendrier', { moves: true, phone: '04 65 71 00 06' }),
  ],
});

describe.skipIf(missing.length > 0)('who can help me near here', () => {
  let machines: KioskWithMachines;
  let person: Person;
  let see: ReturnType<typeof onDirectory>;
  beforeAll(async () => {
    machines = await runKioskWithMachines({
      site: { directory: { streets: 'rues.pmtiles' } },
      change: (dir) => {
        writeFileSync(join(dir, 'rues.pmtiles'), streets());
        rmSync(join(dir, 'directory'), { recursive: true, force: true });
        mkdirSync(join(dir, 'directory'));
        writeFileSync(join(dir, 'directory', 'essai.yaml'), DIRECTORY);
        addTutorials(dir, 'kinds');
      },
    });
    person = createPerson(machines.kiosk);
    see = onDirectory(machines.kiosk.screens);
  });
  afterAll(() => machines?.stop());
  beforeEach(async () => {
    await person.backToAccueil();
    // The results of an earlier search would hide everything else.
    await person.search('');
  });

  /** From the choice of a need to the places near Bourbon-l’Archambault that help with démarches. */
  const searchNearBourbon = async (): Promise<void> => {
    await see.need('Une aide pour mes démarches').click();
    // It stays pressed as long as the session lasts.
    if ((await see.openNow.getAttribute('aria-pressed')) === 'true') await see.openNow.click();
    await see.town.fill('bourbon l archambo');
    await see.count.filter({ hasText: 'près de Bourbon-l’Archambault' }).waitFor();
  };
  const onlyOpenNow = async (): Promise<void> => {
    await see.openNow.click();
    await see.place('Maison sans horaires').waitFor({ state: 'detached' });
  };
  const openSheetOf = async (name: string): Promise<void> => {
    await see.place(name).click();
    await see.title.filter({ hasText: name }).waitFor();
  };

  it('finds the nearest open place from « bourbon l archambo »', async () => {
    await see.nearHere.click();
    await picture(machines.kiosk, 'directory needs');
    await searchNearBourbon();
    expect(await see.names.allTextContents()).toEqual(
      expect.arrayContaining(['Maison ouverte', 'Maison sans horaires']),
    );
    await onlyOpenNow();
    expect(await see.names.allTextContents()).toEqual(['Maison ouverte', 'Maison de Moulins']);
    expect(await see.markers.allTextContents()).toEqual(['1', '2']);
    await picture(machines.kiosk, 'directory places');
  });

  it('works by keyboard alone: cards are shown on the map, which can go to an intercommunalité', async () => {
    const { screens } = machines.kiosk;
    const { keyboard } = screens;
    const focusIs = async (what: Locator): Promise<void> => {
      for (let presses = 0; presses < 20; presses += 1) {
        if (await what.evaluate((one) => one === document.activeElement)) return;
        await keyboard.press('Tab');
      }
      throw new Error(`the keyboard does not reach ${String(what)}`);
    };
    await see.nearHere.click();
    await searchNearBourbon();
    await onlyOpenNow();
    await see.town.focus();
    await keyboard.press('Enter');
    await see.pointedMarker.filter({ hasText: '1' }).waitFor();
    await keyboard.press('Tab');
    await see.pointedMarker.filter({ hasText: '2' }).waitFor();
    await focusIs(see.changeMap);
    await keyboard.press('Enter');
    await focusIs(screens.getByRole('button', { name: 'Vichy Communauté' }));
    await keyboard.press('Enter');
    await screens.getByRole('img', { name: /^Carte de Vichy Communauté/ }).waitFor();
    expect(await see.names.allTextContents()).toEqual(['Maison ouverte', 'Maison de Moulins']);
    await expect.poll(() => see.changeMap.evaluate((one) => one === document.activeElement)).toBe(true);
    await picture(machines.kiosk, 'directory area by keyboard');
  });

  it('opens a place’s sheet and prints the ticket', async () => {
    await see.nearHere.click();
    await searchNearBourbon();
    await openSheetOf('Maison ouverte');
    await machines.kiosk.screens.getByText('04 65 71 00 01').waitFor();
    await see.streets.getByText('Avenue du Grand Chêne').waitFor();
    await picture(machines.kiosk, 'directory place');
    await see.printTicket.click();
    await person.print.oneSide.waitFor();
    await person.print.pagesAreDrawn();
    await picture(machines.kiosk, 'directory ticket');
    await person.print.oneSide.click();
    await person.see.title.filter({ hasText: 'Votre page est sortie' }).waitFor();
    const { text, pages } = checkPrinted(machines.printer.printed().at(-1));
    expect(pages).toBe(1);
    expect(text).toContain('Maison ouverte');
    expect(text).toContain('04 65 71 00 01');
    expect(text).toContain('© OpenStreetMap');
    await person.print.goOn.click();
    await see.title.filter({ hasText: 'Maison ouverte' }).waitFor();
  });

  it('reports to the agent that a sheet is outdated, and confirms it', async () => {
    await see.nearHere.click();
    await searchNearBourbon();
    await openSheetOf('Maison ouverte');
    await see.notTrue.click();
    await see.tellAgent.click();
    await see.dialogTitle.filter({ hasText: 'Merci' }).waitFor();
    await machines.kiosk.screens.getByRole('button', { name: 'D’accord' }).click();
  });

  it('shows the dates of a bus on its card, its sheet and its ticket', async () => {
    const { screens } = machines.kiosk;
    await see.nearHere.click();
    await searchNearBourbon();
    await onlyOpenNow();
    await openSheetOf('Maison ouverte');
    await screens.getByRole('button', { name: 'Retour' }).click();
    await see.openNow.click();
    const tomorrow = dateText(addDays(dayInFrance(Date.now()), 1), 'fr');
    await see.place('Bus qui passe').getByText('Prochain passage demain à 9\u00a0h\u00a030').waitFor();
    await openSheetOf('Bus qui passe');
    const stops = (await see.stops.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '));
    expect(stops).toHaveLength(2);
    expect(stops[0]?.toLowerCase()).toBe(`${tomorrow} ygrande, place de l’église 9 h 30 – 12 h`);
    await see.printTicket.click();
    await person.print.oneSide.waitFor();
    await person.print.pagesAreDrawn();
    await person.print.oneSide.click();
    await person.see.title.filter({ hasText: 'Votre page est sortie' }).waitFor();
    const { text } = checkPrinted(machines.printer.printed().at(-1));
    expect(text).toContain('Prochains passages');
    expect(text.replaceAll(/\s+/g, ' ')).toContain(`${tomorrow}, 9 h 30 à 12 h : Ygrande, Place de l’Église`);
    expect(text).not.toContain('Cérilly');
    await person.print.goOn.click();
    await see.title.filter({ hasText: 'Bus qui passe' }).waitFor();
    await screens.getByRole('button', { name: 'Retour' }).click();
    await see.place('Bus sans calendrier').getByText('Dates de passage à demander').waitFor();
    await see.place('Bus sans calendrier').click();
    await screens.getByText('elles seront ici').waitFor();
    await screens.getByText('04 65 71 00 06').waitFor();
  });

  it('opens filtered from a démarche with a problem, and leads back to it', async () => {
    await person.openSheet(demo.housing);
    await see.notAll.click();
    await see.nearHere.click();
    await see.title.filter({ hasText: 'Une aide pour mes démarches' }).waitFor();
    await machines.kiosk.screens.getByRole('button', { name: 'Retour' }).click();
    await person.see.go.waitFor();
  });

  it('opens filtered from the page for a site that is down, and leads back to it', async () => {
    const site = await person.goTo(demo.hostile);
    await site.evaluate(() => void setTimeout(() => location.assign('/chargements/500'), 0)).catch(() => undefined);
    await person.coverIs('Le site est en panne');
    await see.nearHere.click();
    await see.title.filter({ hasText: 'Une aide pour mes démarches' }).waitFor();
    expect(await see.names.allTextContents()).toContain('Maison ouverte');
    await machines.kiosk.screens.getByRole('button', { name: 'Retour' }).click();
    await person.coverIs('Le site est en panne');
    await person.leaveSite();
  });

  it('opens at the places that teach from « Je n’y arrive pas » of a tutorial, and leads back to it', async () => {
    const tutorial = onTutorials(machines.kiosk.screens);
    await tutorial.learn.click();
    await tutorial.level('Je débute').click();
    await tutorial.card('ronds').click();
    await tutorial.stuck.click();
    await see.nearHere.click();
    await see.title.filter({ hasText: 'Apprendre' }).waitFor();
    // The other places only help with démarches.
    expect(await see.names.allTextContents()).toEqual(['Maison qui enseigne']);
    await machines.kiosk.screens.getByRole('button', { name: 'Retour' }).click();
    await tutorial.progress.waitFor();
  });

  it('the search text is gone for the next person', async () => {
    await see.nearHere.click();
    await searchNearBourbon();
    await onlyOpenNow();
    await person.finish();
    await person.begin();
    await see.nearHere.click();
    await see.anyPlace.click();
    expect(await see.town.inputValue()).toBe('');
    await see.count.filter({ hasText: 'près de la borne' }).waitFor();
    expect(await see.openNow.getAttribute('aria-pressed')).toBe('false');
  });
});
