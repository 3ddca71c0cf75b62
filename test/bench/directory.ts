/**
 * The directory at ten thousand places: what a keystroke and a filter cost before anything is drawn, the same on the real
 * screens, and an import of three thousand rows with its report.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PlacesFile } from '../../main/config/schema/places.ts';
import { placesSchema } from '../../main/config/schema/places.ts';
import { gather } from '../../main/features/directory/gather.ts';
import { directoryCommand } from '../../main/features/directory/directory-command.ts';
import { createHoursReader } from '../../main/features/directory/hours/reader.ts';
import { createDirectoryStore } from '../../main/features/directory/store.ts';
import { dayView, summaryOf } from '../../main/features/directory/view.ts';
import { locateCommunes } from '../../main/features/directory/communes.ts';
import { readRegister } from '../../main/features/directory/index.ts';
import { systemFiles } from '../../main/platform/files.ts';
import { makeCommuneSearch } from '../../renderer/features/directory/communes.ts';
import { PAGE } from '../../renderer/features/directory/directory-state.svelte.ts';
import { anyHelp, makeFinder } from '../../renderer/features/directory/find.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { onDirectory } from '../e2e/pages/on-directory.ts';
import { percentile, type BenchRow } from './bench-row.ts';

const PLACES = 10_000;
const ROWS = 3_000;
const FRAME_MS = 16;
const IMPORT_MS = 2_000;
const TYPED = ['bourbon l archambo', 'saint pourçain', 'montlucon', '03190', 'st germain', 'vichi'];
const HOURS = ['Mo-Fr 09:00-12:00,14:00-17:30', 'Mo-Fr 08:30-12:00; Sa[1] 09:00-12:00', 'Tu-Sa 10:00-12:00', null];
const SERVICES = [['Aide aux démarches administratives'], ['Accès internet et matériel informatique'], []];

const row = (name: string, ours: number, atMost: number): BenchRow => ({
  name,
  ours: Math.round(ours * 10) / 10,
  reference: atMost,
  ratio: Math.round((ours / atMost) * 100) / 100,
  target: '<= 1',
  ok: ours <= atMost,
});

/** Spread over the département by the golden ratio: the same at each run. */
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

const FILES = 20;

export const benchDirectory = async (): Promise<readonly BenchRow[]> => {
  const register = await readRegister(systemFiles, '03');
  const communeOf = (at: number) =>
    register.all[at % register.all.length] ?? { code: '03190', name: 'Moulins', postcodes: [] };
  const files = Array.from({ length: FILES }, (_, file) => ({
    source: 'Essai',
    checkedOn: '2026',
    places: Array.from({ length: PLACES / FILES }, (_one, at) => {
      const n = file * (PLACES / FILES) + at;
      return placeAt(n, communeOf(n));
    }),
  }));
  return [
    ...finding(
      files.map((file) => placesSchema.parse(file)),
      register,
    ),
    await importing(register, communeOf),
    ...(await onTheScreens(files)),
  ];
};

const finding = (
  files: readonly PlacesFile[],
  register: Awaited<ReturnType<typeof readRegister>>,
): readonly BenchRow[] => {
  const reader = createHoursReader();
  const view = dayView('2026-11-26', reader);
  const all = gather(files, undefined, reader).places;
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
    row(
      `directory: a keystroke or a filter over ${places.length} places, p95 of ${times.length}, ms`,
      percentile(times, 0.95),
      FRAME_MS,
    ),
    row(`directory: ${places.length} places made for the screens, once a day, ms`, listed, 300),
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
    return row(`directory: import of ${ROWS} rows with its report, ms`, performance.now() - began, IMPORT_MS);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

const onTheScreens = async (files: readonly object[]): Promise<readonly BenchRow[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-places-'));
  cpSync(join(import.meta.dirname, '../../kiosk-config'), folder, { recursive: true });
  rmSync(join(folder, 'directory'), { recursive: true });
  mkdirSync(join(folder, 'directory'));
  for (const [at, file] of files.entries())
    writeFileSync(join(folder, 'directory', `d${at}.yaml`), JSON.stringify(file, null, 1));
  const kiosk = await runKiosk({ configDir: folder });
  try {
    const { screens } = kiosk;
    const see = onDirectory(screens);
    await screens.getByRole('button', { name: /Commencer/ }).click();
    await see.nearHere.click();
    await see.anyPlace.click();
    await see.names.first().waitFor();
    await see.town.fill('a');
    const times: number[] = [];
    for (const word of TYPED) {
      for (let n = 2; n <= word.length; n++) {
        times.push(
          await see.town.evaluate(
            async (field, text) => {
              const began = performance.now();
              Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(field, text);
              field.dispatchEvent(new InputEvent('input', { bubbles: true }));
              await Promise.resolve();
              await Promise.resolve();
              document.body.getBoundingClientRect(); // styles and layout, as a frame would
              return performance.now() - began;
            },
            word.slice(0, n),
          ),
        );
      }
    }
    return [
      row(
        `directory: keystroke to cards and map in place, p95 of ${times.length} over ${PLACES} places, ms`,
        percentile(times, 0.95),
        FRAME_MS,
      ),
    ];
  } finally {
    await kiosk.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
