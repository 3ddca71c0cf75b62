/**
 * The directory with ten thousand places: the cost of a keystroke and a filter without rendering, the same on the real
 * screens, and an import of three thousand rows with its report.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { placesSchema } from '../../main/config/schema/places.ts';
import { gather } from '../../main/features/directory/gather.ts';
import { directoryCommand } from '../../main/features/directory/directory-command.ts';
import { createHoursReader, type HoursReader } from '../../main/features/directory/hours/reader.ts';
import type { Place } from '../../main/features/directory/place.ts';
import { createDirectoryStore } from '../../main/features/directory/store.ts';
import { dayView, summaryOf } from '../../main/features/directory/view.ts';
import { locateCommunes } from '../../main/features/directory/communes.ts';
import { readRegister } from '../../main/features/directory/index.ts';
import { systemFiles } from '../../main/platform/files.ts';
import { makeCommuneSearch } from '../../renderer/features/directory/communes.ts';
import { PAGE } from '../../renderer/features/directory/directory-state.svelte.ts';
import { anyHelp, makeFinder } from '../../renderer/features/directory/find.ts';
import { percentile, type BenchRow } from './bench-row.ts';
import { benchDirectoryScreens } from './directory-screens.ts';
import { FRAME_MS, held, IMPORT_MS, TYPED } from './directory-bounds.ts';

const PLACES = 10_000;
const ROWS = 3_000;
const HOURS = ['Mo-Fr 09:00-12:00,14:00-17:30', 'Mo-Fr 08:30-12:00; Sa[1] 09:00-12:00', 'Tu-Sa 10:00-12:00', null];
const SERVICES = [['Aide aux démarches administratives'], ['Accès internet et matériel informatique'], []];

/** Places spread over the département by the golden ratio, identical in each run. */
const placeAt = (
  at: number,
  commune: { readonly code: string; readonly name: string; readonly postcodes: readonly string[] },
) => ({
  id: `lieu-${at}`,
  name: `Lieu ${at} de ${commune.name}`.slice(0, 110),
  typologies: ['ASSO'],
  commune: commune.code,
  town: commune.name,
  postcode: commune.postcodes[0] ?? '03000',
  point: { lat: 46 + ((at * 0.618) % 0.75), lon: 2.4 + ((at * 0.7549) % 1.5), door: true },
  hours: HOURS[at % HOURS.length],
  services: SERVICES[at % SERVICES.length],
  phone: `04 70 ${String(at)
    .padStart(6, '0')
    .replace(/(\d\d)(?=\d)/g, '$1 ')}`,
});

export const benchDirectory = async (): Promise<readonly BenchRow[]> => {
  const register = await readRegister(systemFiles, '03');
  const communeOf = (at: number) =>
    register.all[at % register.all.length] ?? { code: '03190', name: 'Moulins', postcodes: [] };
  const file = placesSchema.parse({
    source: 'Essai',
    checkedOn: '2026',
    places: Array.from({ length: PLACES }, (_, at) => placeAt(at, communeOf(at))),
  });
  const reader = createHoursReader();
  const { places } = gather([file], undefined, reader);
  return [
    ...finding(places, reader, register),
    await importing(register, communeOf),
    ...(await benchDirectoryScreens(places)),
  ];
};

const finding = (
  all: readonly Place[],
  reader: HoursReader,
  register: Awaited<ReturnType<typeof readRegister>>,
): readonly BenchRow[] => {
  const view = dayView('2026-11-26', reader, { minute: () => 600, townPoint: () => null });
  const began = performance.now();
  const places = all.map((place) => summaryOf(place, view));
  const listed = performance.now() - began;
  const points = new Map(all.map(({ insee, lat, lon }) => [insee ?? '', [lon ?? 0, lat ?? 0] as const]));
  const search = makeCommuneSearch(locateCommunes(register, points));
  const find = makeFinder(places);
  const times: number[] = [];
  const timed = (work: () => void): void => {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  };
  for (const typed of TYPED) {
    for (let n = 2; n <= typed.length; n++) {
      timed(() => find({ ...anyHelp, need: 'demarches' }, search(typed.slice(0, n), 4)[0]?.at ?? null, 600, PAGE));
    }
    for (const openNow of [true, false]) {
      timed(() => find({ ...anyHelp, need: 'demarches', openNow }, search(typed, 4)[0]?.at ?? null, 600, PAGE));
    }
  }
  return [
    held(
      `directory: a keystroke or a filter over ${places.length} places, p95 of ${times.length}, ms`,
      percentile(times, 0.95),
      FRAME_MS,
    ),
    held(`directory: ${places.length} places made for the screens, once a day, ms`, listed, 300),
  ];
};

const importing = async (
  register: Awaited<ReturnType<typeof readRegister>>,
  communeOf: (at: number) => { readonly code: string; readonly name: string; readonly postcodes: readonly string[] },
): Promise<BenchRow> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-places-'));
  try {
    const columns =
      'id,nom,commune,code_postal,code_insee,adresse,latitude,longitude,typologie,telephone,horaires,services,date_maj';
    const lines = Array.from({ length: ROWS }, (_, at) => {
      const { name, code, postcodes } = communeOf(at);
      const hours = HOURS[at % 3] ?? '';
      return `n${at},"Lieu ${at}","${name}",${postcodes[0] ?? ''},${code},"${at} rue de la Gare",,,ASSO,04 70 ${10 + (at % 89)} 00 ${10 + (at % 80)},"${hours}","Aide aux démarches administratives",2026-01-01`;
    });
    writeFileSync(join(folder, 'a.csv'), [columns, ...lines].join('\n'));
    const store = createDirectoryStore({
      files: systemFiles,
      folder: join(folder, 'state'),
      onDamaged: () => undefined,
    });
    const began = performance.now();
    let out = '';
    const io = {
      out: { write: (text: string) => void (out += text) },
      err: { write: (text: string) => void (out += text) },
    };
    const code = await directoryCommand(
      ['import', join(folder, 'a.csv')],
      { ...io, readLine: async () => undefined },
      {
        files: systemFiles,
        now: () => Date.now(),
        store,
        reader: createHoursReader(),
        configured: [],
        register: async () => register,
        townPoints: async () => new Map(),
      },
    );
    if (code !== 0) throw new Error(out);
    return held(`directory: import of ${ROWS} rows with its report, ms`, performance.now() - began, IMPORT_MS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
