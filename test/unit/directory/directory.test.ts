import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directoryContract, weekdays, type WeeklyHours } from '../../../main/contract/directory.ts';
import type { PlacesFile } from '../../../main/config/schema/places.ts';
import { placesSchema } from '../../../main/config/schema/places.ts';
import { createDirectory, type Directory } from '../../../main/features/directory/directory.ts';
import { createHoursReader } from '../../../main/features/directory/hours/reader.ts';
import { createDirectoryStore, type DirectoryStore } from '../../../main/features/directory/store.ts';
import type { StateOf } from '../../../main/contract/define.ts';
import type { DirectoryContract } from '../../../main/contract/directory.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { createManualClock, type ManualClock } from '../../fakes/manual-clock.ts';
import { points, register } from './import-fixture.ts';

const THURSDAY = Date.parse('2026-11-26T09:00:00Z');
const files: readonly PlacesFile[] = [
  placesSchema.parse({
    source: 'Plan Numérique Allier 2019-2021',
    checkedOn: '2019',
    places: [
      {
        id: 'mediatheque',
        name: 'Médiathèque de Moulins',
        typologies: ['BIB'],
        commune: '03190',
        town: 'Moulins',
        postcode: '03000',
        address: 'Place Maréchal de Lattre',
        point: { lat: 46.5646, lon: 3.3324, door: true },
        phone: '04 70 00 00 00',
        hours: 'Mo-We,Fr 09:00-12:00,14:00-17:00; Sa[1] 10:00-12:00',
        services: ['Accès internet et matériel informatique'],
        closed: [{ from: '2026-12-24', to: '2027-01-02', why: 'Congés d’hiver' }],
      },
      {
        id: 'elsewhere',
        name: 'Un autre bus',
        commune: '03190',
        town: 'Moulins',
        postcode: '03000',
        moves: true,
        hours: 'Mo-Fr 09:00-12:00',
      },
      {
        id: 'cafe',
        name: 'Café associatif',
        typologies: ['ASSO'],
        commune: '03036',
        town: 'Bourbon',
        postcode: '03160',
      },
      {
        id: 'bus',
        name: 'Le bus',
        commune: '03190',
        town: 'Moulins',
        postcode: '03000',
        services: ['Aide aux démarches administratives'],
        stops: [
          { date: '2026-11-20', from: '09:30', to: '12:00', town: 'Souvigny' },
          {
            date: '2026-12-03',
            from: '14:00',
            to: '16:30',
            town: 'Ygrande',
            where: 'Place du champ de foire',
            lat: 46.55,
            lon: 2.94,
          },
          { date: '2026-11-27', from: '09:30', to: '12:00', town: 'Bourbon-l’Archambault' },
        ],
      },
      { id: 'prose', name: 'Centre social', commune: '03190', town: 'Moulins', postcode: '03000', hours: 'le matin' },
    ],
  }),
];

let folder: string;
let store: DirectoryStore;
let clock: ManualClock;
let directory: Directory;
let states: StateOf<DirectoryContract>[];
let counted: string[];
let agent: boolean;

const make = (): Directory =>
  createDirectory({
    clock,
    logger: { log: () => undefined },
    publish: (state) => void states.push(directoryContract.state.parse(state)),
    counts: { add: (...count) => void counted.push(count.join(' ').trim()) },
    store,
    reader: createHoursReader(),
    files,
    here: [3.33243, 46.56459],
    register: async () => register,
    townPoints: async () => points,
    agentIsThere: () => agent,
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'places-'));
  store = createDirectoryStore({ files: systemFiles, folder: join(folder, 'directory'), onDamaged: () => undefined });
  clock = createManualClock();
  clock.jumpWall(THURSDAY - clock.now());
  states = [];
  counted = [];
  agent = false;
  directory = make();
});
afterEach(async () => {
  await directory.stop();
  rmSync(folder, { recursive: true, force: true });
});

const value = <T>(result: { ok: true; value: T } | { ok: false; error: { code: string } }): T => {
  if (!result.ok) throw new Error(result.error.code);
  return result.value;
};
const listed = async (id: string) => {
  const answer = directoryContract.messages.places.output.parse(value(await directory.handlers.places({})));
  const found = answer.places.find((place) => place.id === id);
  if (!found) throw new Error(`${id} is not listed`);
  return found;
};
const sheet = async (id: string) =>
  directoryContract.messages.sheet.output.parse(value(await directory.handlers.sheet({ id })));
const mine = () => {
  const own = directory.own?.();
  if (!own) throw new Error('no session is active');
  return own;
};

describe('the list', () => {
  it('has the known facts, and null for unknown ones', async () => {
    expect(await listed('mediatheque')).toMatchObject({
      kind: 'mediatheque',
      needs: ['ordinateur'],
      at: [3.3324, 46.5646],
      exact: true,
      phone: '04 70 00 00 00',
    });
    expect(await listed('cafe')).toMatchObject({ kind: 'cafe', needs: null, opens: null, at: null, phone: null });
    expect(await listed('prose')).toMatchObject({ opens: null });
  });
  it('gives hours in minutes since midnight: today’s, tomorrow’s, and the next after that', async () => {
    // Today is Thursday, when it is closed. The next open days are Friday and Monday.
    expect((await listed('mediatheque')).opens).toEqual([
      [1440 + 540, 1440 + 720],
      [1440 + 840, 1440 + 1020],
      [4 * 1440 + 540, 4 * 1440 + 720],
    ]);
  });
  it('places a bus at its next stop, and gives its stops as hours', async () => {
    expect((await listed('bus')).opens).toEqual([
      [1440 + 570, 1440 + 720],
      [7 * 1440 + 840, 7 * 1440 + 990],
    ]);
    expect((await sheet('bus')).stops.map(({ date, town }) => `${date} ${town}`)).toEqual([
      '2026-11-27 Bourbon-l’Archambault',
      '2026-12-03 Ygrande',
    ]);
    clock.jumpWall(3 * 86_400_000);
    expect((await listed('bus')).at).toEqual([2.94, 46.55]);
  });
  it('gives the town of a bus’s next stop, and the town’s point when the stop has none', async () => {
    await directory.refresh();
    expect(await listed('bus')).toMatchObject({ town: 'Bourbon-l’Archambault', at: [3.05652, 46.58324], exact: false });
    // The base of a bus is never its exact location.
    expect(await listed('elsewhere')).toMatchObject({ town: 'Moulins', exact: false });
    clock.jumpWall(86_400_000 + 2 * 3_600_000);
    expect(await listed('bus')).toMatchObject({ town: 'Ygrande', at: [2.94, 46.55], exact: true });
    expect((await sheet('bus')).stops.map(({ town }) => town)).toEqual(['Ygrande']);
    // Unknown town: the bus has no point, rather than a wrong one.
    clock.jumpWall(-8 * 86_400_000);
    expect(await listed('bus')).toMatchObject({ town: 'Souvigny', at: null });
  });
  it('publishes a new revision when a bus has left, so that the screens load its next stop', async () => {
    await directory.refresh();
    clock.jumpWall(86_400_000);
    await clock.advance(60_000);
    const { revision } = states.at(-1)!;
    clock.jumpWall(2 * 3_600_000);
    await clock.advance(60_000);
    expect(states.at(-1)?.revision).toBe(revision + 1);
    await clock.advance(60_000);
    expect(states.at(-1)?.revision).toBe(revision + 1);
  });
  it('gives unknown hours, not closed ones, when a bus has no more dates', async () => {
    clock.jumpWall(8 * 86_400_000);
    expect(await listed('bus')).toMatchObject({ itinerant: true, opens: null });
    expect(await sheet('bus')).toMatchObject({ stops: [], week: null });
  });
  it('lists stops that are months away, without hours until then', async () => {
    clock.jumpWall(-120 * 86_400_000);
    expect((await listed('bus')).opens).toEqual([]);
    expect((await sheet('bus')).stops).toHaveLength(3);
  });
  it('gives no hours for a bus’s base, because its hours are those of its stops', async () => {
    expect(await listed('elsewhere')).toMatchObject({ itinerant: true, opens: null });
    expect(await sheet('elsewhere')).toMatchObject({ week: null });
  });
  it('changes the day at midnight in France, and names the public holiday', async () => {
    expect(value(await directory.handlers.places({}))).toMatchObject({ day: '2026-11-26', holiday: null });
    clock.jumpWall(14 * 3_600_000);
    await clock.advance(60_000);
    expect(states.at(-1)?.day).toBe('2026-11-27');
    clock.jumpWall(28 * 86_400_000);
    expect(value(await directory.handlers.places({}))).toMatchObject({ day: '2026-12-25', holiday: 'Noël' });
  });
  it('lists the communes with their points', async () => {
    const communes = directoryContract.messages.communes.output.parse(value(await directory.handlers.communes({})));
    expect(communes.find(({ code }) => code === '03190')).toMatchObject({ name: 'Moulins', precision: 'exact' });
    expect(communes.find(({ code }) => code === '03310')).toMatchObject({ name: 'Vichy', at: null });
  });
});

describe('the sheet', () => {
  it('has the week from Monday to Sunday, with today marked', async () => {
    const { week } = await sheet('mediatheque');
    expect(week).toHaveLength(7);
    expect(week?.[0]).toMatchObject({
      date: '2026-11-23',
      spans: [
        [540, 720],
        [840, 1020],
      ],
    });
    expect(week?.[3]).toMatchObject({ date: '2026-11-26', today: true, spans: [] });
  });
  it('gives the reason why a day is closed: a public holiday, a closed period', async () => {
    clock.jumpWall(27 * 86_400_000); // 23 December
    const { week } = await sheet('mediatheque');
    expect(week?.[4]).toMatchObject({ date: '2026-12-25', spans: [], holiday: 'Noël' });
    clock.jumpWall(7 * 86_400_000); // 30 December
    expect((await sheet('mediatheque')).week?.[2]).toMatchObject({ spans: [], closedFor: 'Congés d’hiver' });
    expect((await listed('mediatheque')).opens?.[0]).toEqual([5 * 1440 + 540, 5 * 1440 + 720]);
  });
  it('shows hours that cannot be parsed as they were written', async () => {
    expect(await sheet('prose')).toMatchObject({ week: null, hoursAsWritten: 'le matin' });
  });
  it('is refused for an unknown place', async () => {
    expect(await directory.handlers.sheet({ id: 'x' })).toMatchObject({
      ok: false,
      error: { code: 'directory.unknown' },
    });
  });
});

describe('a person', () => {
  beforeEach(() => directory.begin());

  it('is counted for each chosen need, and once for each sheet', async () => {
    await directory.handlers.needChosen({ need: 'demarches' }, mine());
    await directory.handlers.viewed({ id: 'cafe' }, mine());
    await directory.handlers.viewed({ id: 'cafe' }, mine());
    expect(counted).toEqual(['place.need demarches', 'place.viewed']);
  });
  it('may report « Ce n’est plus vrai » once per place, and the next person again', async () => {
    await directory.handlers.doubt({ id: 'cafe' }, mine());
    await directory.handlers.doubt({ id: 'cafe' }, mine());
    expect(await store.doubts()).toEqual({ cafe: 1 });
    expect(await sheet('cafe')).toMatchObject({ doubted: true });
    expect(states.at(-1)?.doubted).toBe(1);
    directory.begin();
    await directory.handlers.doubt({ id: 'cafe' }, mine());
    expect(await store.doubts()).toEqual({ cafe: 2 });
    expect(counted).toEqual(['place.doubted', 'place.doubted']);
  });
  it('leaves nothing behind', async () => {
    await directory.handlers.viewed({ id: 'cafe' }, mine());
    expect(await directory.wipe?.leftovers()).not.toEqual([]);
    await directory.wipe?.wipe();
    expect(await directory.wipe?.leftovers()).toEqual([]);
    expect(directory.own?.()).toBeUndefined();
  });
});

describe('the agent', () => {
  const hours = (parts: Partial<WeeklyHours>): WeeklyHours => ({
    ...(Object.fromEntries(weekdays.map((day) => [day, []])) as unknown as WeeklyHours),
    ...parts,
  });
  const correct = (id: string, correction: Parameters<Directory['handlers']['correct']>[0]['correction']) =>
    directory.handlers.correct({ id, correction });

  it('must have given the passphrase', async () => {
    const refused = { ok: false, error: { code: 'directory.agent-only' } };
    expect(await directory.handlers.review({})).toMatchObject(refused);
    expect(await correct('cafe', { phone: '0470000001' })).toMatchObject(refused);
    expect(await directory.handlers.confirm({ id: 'cafe' })).toMatchObject(refused);
    expect(await directory.handlers.undoCorrection({ id: 'cafe' })).toMatchObject(refused);
    expect(await store.corrections()).toEqual({});
  });
  it('corrects hours and a phone number; the correction survives a restart and can be undone', async () => {
    agent = true;
    expect(await correct('cafe', { phone: '04.70.00.00.01', hours: hours({ th: ['09:00-12:00'] }) })).toMatchObject({
      ok: true,
    });
    expect(await listed('cafe')).toMatchObject({
      phone: '04 70 00 00 01',
      opens: [
        [540, 720],
        [7 * 1440 + 540, 7 * 1440 + 720],
      ],
    });
    expect(await sheet('cafe')).toMatchObject({ corrected: true, checkedOn: '2026-11-26' });

    await directory.stop();
    directory = make();
    await directory.refresh();
    expect(await listed('cafe')).toMatchObject({ phone: '04 70 00 00 01' });

    await directory.handlers.undoCorrection({ id: 'cafe' });
    expect(await listed('cafe')).toMatchObject({ phone: null, opens: null });
  });
  it('loses no correction when the next one comes while the disk still writes it', async () => {
    agent = true;
    const three = [
      correct('cafe', { phone: '0470000001' }),
      directory.handlers.confirm({ id: 'cafe' }),
      correct('prose', { phone: '0470000002' }),
    ];
    for (const answer of await Promise.all(three)) expect(answer).toMatchObject({ ok: true });
    expect(await store.corrections()).toMatchObject({
      cafe: { correction: { phone: '+33470000001' } },
      prose: { correction: { phone: '+33470000002' } },
    });
  });
  it('gets an error for an invalid phone number or invalid hours, with the day', async () => {
    agent = true;
    for (const phone of ['12', '0470000000 / 0612345678', '04 70 00 00 00 ou 06 12 34 56 78', '3949, 0470000000'])
      expect(await correct('cafe', { phone })).toMatchObject({ error: { code: 'directory.phone' } });
    expect(await correct('cafe', { hours: hours({ we: ['12:00-09:00'] }) })).toMatchObject({
      error: { code: 'directory.hours', params: { day: 'we' } },
    });
    expect(await correct('nowhere', {})).toMatchObject({ error: { code: 'directory.unknown' } });
  });
  it('sees the reports of people; a correction or « tout est juste » clears them', async () => {
    directory.begin();
    await directory.handlers.doubt({ id: 'prose' }, mine());
    await directory.handlers.doubt({ id: 'bus' }, mine());
    agent = true;
    const review = async () =>
      directoryContract.messages.review.output.parse(value(await directory.handlers.review({})));
    expect(
      (await review())
        .filter(({ doubts }) => doubts > 0)
        .map(({ id }) => id)
        .sort(),
    ).toEqual(['bus', 'prose']);
    await directory.handlers.confirm({ id: 'prose' });
    await correct('bus', { phone: null });
    expect((await review()).some(({ doubts }) => doubts > 0)).toBe(false);
    expect(await store.doubts()).toEqual({});
    expect(await sheet('prose')).toMatchObject({ checkedOn: '2026-11-26', corrected: false });
  });
  it('hides a place that is gone from people, and still sees it', async () => {
    agent = true;
    await correct('cafe', { gone: true });
    expect(await directory.handlers.sheet({ id: 'cafe' })).toMatchObject({ ok: false });
    const review = value(await directory.handlers.review({}));
    expect(review.find(({ id }) => id === 'cafe')).toMatchObject({ gone: true });
    await correct('cafe', { gone: false });
    expect(await directory.handlers.sheet({ id: 'cafe' })).toMatchObject({ ok: true });
  });
  it('gets complex hours as they were written instead of a weekly table', async () => {
    agent = true;
    const review = value(await directory.handlers.review({}));
    expect(review.find(({ id }) => id === 'mediatheque')).toMatchObject({
      hours: null,
      hoursAsWritten: 'Mo-We,Fr 09:00-12:00,14:00-17:00; Sa[1] 10:00-12:00',
    });
  });
});

describe('an import from the command line', () => {
  it('is used after the kiosk’s next refresh', async () => {
    const before = states.length;
    await directory.refresh();
    const { places } = {
      places: [
        {
          ...(await import('../../../main/features/directory/place.ts')).barePlace({
            id: 'neuf',
            name: 'Nouveau',
            commune: 'Vichy',
            postcode: '03200',
            source: 's',
            updatedOn: '2026-01-01',
          }),
        },
      ],
    };
    await store.replaceImport({ version: 1, importedOn: '2026-11-26', files: ['a.csv'], places });
    await directory.refresh();
    expect(await listed('neuf')).toMatchObject({ name: 'Nouveau' });
    expect(states.length).toBeGreaterThan(before);
    const { revision } = states.at(-1) ?? { revision: 0 };
    await directory.refresh();
    expect(states.at(-1)?.revision).toBe(revision);
  });
});
