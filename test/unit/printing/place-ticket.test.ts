import { describe, expect, it } from 'vitest';
import type { PlaceSheet } from '../../../main/contract/directory.ts';
import type { Language } from '../../../main/contract/languages.ts';
import type { KioskMap, StreetPlan } from '../../../main/contract/kiosk-map.ts';
import { placeTicket as ticketOf, type TicketMaps } from '../../../main/features/printing/place-ticket.ts';
import { ticketToPdf } from '../../../main/features/printing/pdf/ticket-pdf.ts';
import { openPdf } from '../../../main/pdf/open-pdf.ts';
import { PDFDocument } from '@cantoo/pdf-lib';

const place: PlaceSheet = {
  id: 'montet',
  name: 'France services Le Montet',
  kind: 'france-services',
  town: 'Le Montet',
  postcode: '03240',
  commune: '03183',
  at: [3.0569, 46.40917],
  exact: true,
  needs: ['demarches'],
  opens: [],
  itinerant: false,
  costs: ['free'],
  audiences: [],
  cares: [],
  accesses: [],
  byAppointment: false,
  phone: '04 70 47 37 76',
  day: '2026-11-26',
  address: ['1 place du Huit Mai 1945', '03240 Le Montet'],
  email: null,
  websites: [],
  presentation: null,
  services: ['Aide aux démarches administratives'],
  supports: [],
  week: [1, 2, 3, 4, 5, 6, 7].map((at) => ({
    date: `2026-11-${22 + at}`,
    today: at === 4,
    spans:
      at < 5
        ? [
            [540, 720],
            [840, 1080],
          ]
        : at === 5
          ? [[540, 720]]
          : [],
    holiday: null,
    closedFor: null,
  })),
  hoursAsWritten: null,
  hoursNote: 'Ouvert le premier samedi du mois de 9h à 12h',
  stops: [],
  directions: null,
  accessibility: null,
  bring: ['Une pièce d’identité'],
  checkedOn: '2024-08-01',
  source: 'ANCT – France services',
  corrected: false,
  doubted: false,
};
const kiosk = { place: 'MSD de Moulins' };
const drawn: KioskMap = {
  version: 1,
  departement: { code: '03', name: 'Allier' },
  source: 'IGN',
  width: 1000,
  height: 739,
  plane: { scale: 32349.7, x: -1273.6, y: 29988 },
  outline: 'M0,0L10,10Z',
  areas: [],
  areaBorders: '',
  communeBorders: '',
  rivers: '',
  towns: [],
};
const placeTicket = (one: PlaceSheet, at: typeof kiosk, maps: TicketMaps, language: Language = 'fr') =>
  ticketOf(one, at, maps, language);
const noMaps = { map: null, streets: null };
const linesUnder = async (ticket: ReturnType<typeof placeTicket>, heading: string): Promise<readonly string[]> =>
  ((await ticket).sections.find((one) => one.heading === heading)?.lines ?? []).map((line) =>
    line.replaceAll('\u00a0', ' '),
  );

describe('the ticket to take away', () => {
  it('says the week in few lines, days with the same hours together', async () => {
    expect(await linesUnder(placeTicket(place, kiosk, noMaps), 'Horaires')).toEqual([
      'Lundi à jeudi : 9 h à 12 h, 14 h à 18 h',
      'Vendredi : 9 h à 12 h',
      'Samedi et dimanche : fermé',
      'Ouvert le premier samedi du mois de 9h à 12h',
    ]);
  });
  it('says which day of this week is unlike the others, and does not make it the rule', async () => {
    const week = place.week?.map((day, at) => (at === 2 ? { ...day, spans: [], holiday: 'Armistice' } : day)) ?? null;
    expect(await linesUnder(placeTicket({ ...place, week }, kiosk, noMaps), 'Horaires')).toContain(
      'Cette semaine : mercredi 25 novembre, Armistice',
    );
  });
  it('says « Téléphonez avant de venir » where hours are not known', async () => {
    const ticket = placeTicket({ ...place, week: null, hoursAsWritten: 'le matin', hoursNote: null }, kiosk, noMaps);
    expect(await linesUnder(ticket, 'Horaires')).toEqual(['le matin', 'Téléphonez avant de venir.']);
  });
  it('says « jour et nuit » and « minuit » as people do', async () => {
    const week =
      place.week?.map((day, at) => ({ ...day, spans: [at < 6 ? ([0, 1440] as const) : ([600, 1440] as const)] })) ??
      null;
    expect(await linesUnder(placeTicket({ ...place, week, hoursNote: null }, kiosk, noMaps), 'Horaires')).toEqual([
      'Lundi à samedi : jour et nuit',
      'Dimanche : 10 h à minuit',
    ]);
  });
  it('gives a bus its next stops', async () => {
    const stops = [
      { date: '2026-12-03', from: 840, to: 990, town: 'Ygrande', where: 'place du champ de foire', at: null },
    ];
    expect(await linesUnder(placeTicket({ ...place, stops }, kiosk, noMaps), 'Prochains passages')).toEqual([
      'jeudi 3 décembre, 14 h à 16 h 30 : Ygrande, place du champ de foire',
    ]);
  });
  it('sends nobody to the postal address of a bus, in words or on a map', async () => {
    const bus = { ...place, itinerant: true, week: null };
    const { address, map } = await placeTicket(bus, kiosk, { map: drawn, streets: null });
    expect(address.map((line) => line.replaceAll('\u00a0', ' '))).toEqual([
      'Pour écrire : 1 place du Huit Mai 1945, 03240 Le Montet',
    ]);
    expect(map).toBeUndefined();
    expect((await placeTicket(place, kiosk, { map: drawn, streets: null })).map).toBeDefined();
    expect((await placeTicket({ ...bus, address: [] }, kiosk, noMaps)).address).toEqual([]);
  });
  it('says of a bus without a calendar that its dates are to be asked for', async () => {
    const bus = { ...place, itinerant: true, week: null, hoursNote: null };
    expect(await linesUnder(placeTicket(bus, kiosk, noMaps), 'Prochains passages')).toEqual([
      'Téléphonez pour demander les dates.',
    ]);
    expect(await linesUnder(placeTicket({ ...bus, phone: null }, kiosk, noMaps), 'Prochains passages')).toEqual([
      'Dates de passage à demander.',
    ]);
  });
  it('says what to bring, also where the place does not', async () => {
    expect(await linesUnder(placeTicket(place, kiosk, noMaps), 'À apporter')).toEqual(['Une pièce d’identité']);
    expect((await linesUnder(placeTicket({ ...place, bring: [] }, kiosk, noMaps), 'À apporter'))[0]).toContain(
      'Si vous en avez',
    );
  });
  it('is in the language of whoever takes it; names and what the place wrote stay as they are', async () => {
    const week = place.week?.map((day, at) => (at === 2 ? { ...day, spans: [], holiday: 'Armistice' } : day)) ?? null;
    const ticket = placeTicket({ ...place, week, hoursNote: null }, kiosk, noMaps, 'en');
    expect(await linesUnder(ticket, 'Opening hours')).toEqual([
      'Monday and Tuesday: 9:00 to 12:00, 14:00 to 18:00',
      'Wednesday: closed',
      'Thursday: 9:00 to 12:00, 14:00 to 18:00',
      'Friday: 9:00 to 12:00',
      'Saturday and Sunday: closed',
      'This week: Wednesday 25 November, Armistice Day',
    ]);
    expect(await linesUnder(ticket, 'What they do')).toEqual(['Help with paperwork']);
    expect((await ticket).footer).toBe('MSD de Moulins · checked: 1 August 2024 · source: ANCT – France services');
    const stops = [{ date: '2026-12-01', from: 840, to: 1440, town: 'Ygrande', where: null, at: null }];
    expect(await linesUnder(placeTicket({ ...place, stops }, kiosk, noMaps, 'en'), 'Next stops')).toEqual([
      'Tuesday 1 December, 14:00 to midnight: Ygrande',
    ]);
    expect(await linesUnder(placeTicket({ ...place, stops }, kiosk, noMaps), 'Prochains passages')).toEqual([
      'mardi 1er décembre, 14 h à minuit : Ygrande',
    ]);
  });
  it('gives the phone something to read: the number, else the door, else the address', async () => {
    expect((await placeTicket(place, kiosk, noMaps)).code?.content).toBe('tel:0470473776');
    expect((await placeTicket({ ...place, phone: null }, kiosk, noMaps)).code?.content).toBe('geo:46.40917,3.0569');
    expect((await placeTicket({ ...place, phone: null, exact: false }, kiosk, noMaps)).code?.content).toContain(
      'Huit Mai',
    );
    expect(
      (await placeTicket({ ...place, phone: null, exact: false, address: [] }, kiosk, noMaps)).code,
    ).toBeUndefined();
  });
  it('says when the facts were last seen, and where from', async () => {
    expect((await placeTicket(place, kiosk, noMaps)).footer).toContain('1er août 2024');
    expect((await placeTicket({ ...place, checkedOn: '' }, kiosk, noMaps)).footer).not.toContain('vérifiée');
  });
  it('is one sheet, also with much to say', async () => {
    const long = {
      ...place,
      directions: 'Depuis la gare, prenez la rue principale. '.repeat(6),
      bring: Array<string>(8).fill('Un papier'),
    };
    for (const one of [place, long]) {
      const pdf = await PDFDocument.load(await ticketToPdf(await placeTicket(one, kiosk, noMaps), undefined));
      expect(pdf.getPageCount()).toBe(1);
    }
  });
});

describe('the ticket of a place whose streets are known', () => {
  const plan: StreetPlan = {
    plane: { scale: 1, x: 0, y: 0 },
    box: [-380, -380, 380, 380],
    green: 'M-100,-100L-40,-100L-40,-30Z',
    water: '',
    rivers: 'M-200,60L200,80',
    buildings: '',
    rails: '',
    footways: '',
    streets: 'M0,-300L0,300',
    roads: 'M-300,-60L300,-60',
    names: [
      { text: 'Rue du Marché', x: 0, y: 70, turn: 90, length: 200 },
      { text: 'Rue trop courte pour son nom', x: 60, y: -60, turn: 0, length: 50 },
    ],
    source: '© OpenStreetMap',
  };
  const textOf = async (maps: TicketMaps): Promise<string> => {
    const bytes = await ticketToPdf(await placeTicket(place, kiosk, maps), undefined);
    const pdf = await openPdf(bytes, (why) => new Error(why));
    const page = await pdf.document.getPage(1);
    const { items } = await page.getTextContent();
    await pdf.close();
    return items.map((item) => ('str' in item ? item.str : '')).join(' ');
  };

  it('shows them with their names, and says whose map it is', async () => {
    const text = await textOf({ map: null, streets: plan });
    expect(text).toContain('Rue du Marché');
    expect(text).toContain('© OpenStreetMap');
    expect(text).not.toContain('Rue trop courte');
  });
});
