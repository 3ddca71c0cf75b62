/** The directory on this machine, with its state folder, the register of communes and the points from the map. */
import type { KioskMap } from '../../contract/kiosk-map.ts';
import { unproject } from '../../contract/map-geometry.ts';
import type { Point } from '../../contract/directory.ts';
import { createCommuneRegister, type CommuneRegister } from './communes.ts';
import { directoryCounters } from './counters.ts';
import { createDirectory } from './directory.ts';
import { directoryEvents } from './events.ts';
import { directorySection } from './section.ts';
import { defineFeature } from '../feature.ts';
import { createHoursReader } from './hours/reader.ts';
import { createDirectoryStore, type DirectoryStore, type StoredFile } from './store.ts';
import type { Files } from '../../platform/files.ts';
import type { Clock } from '../../platform/clock.ts';
import type { KioskConfig } from '../../config/kiosk-config.ts';
import type { DirectoryCommandDeps } from './directory-command.ts';

export const directoryFolderIn = (stateFolder: string): string => `${stateFolder}/directory`;

/** The lists cover all of France (12 MB). They are loaded on first use, and only one département is kept in memory. */
export const readRegister = async (files: Pick<Files, 'readText'>, departement: string): Promise<CommuneRegister> => {
  const { readOfficialLists } = await import('../../map/official-lists.ts');
  const lists = await readOfficialLists(files);
  return createCommuneRegister(
    departement,
    lists.communesOf(departement).map((one) => {
      const facts = lists.factsOf(one.code);
      return { ...one, population: facts?.population ?? 0, epci: facts?.epci?.name ?? null };
    }),
  );
};

export const townPointsOf = (map: KioskMap | null): ReadonlyMap<string, Point> =>
  new Map((map?.towns ?? []).map(({ code, x, y }) => [code, rounded(unproject(map!.plane, [x, y]))]));

const rounded = ([lon, lat]: Point): Point => [Math.round(lon * 1e5) / 1e5, Math.round(lat * 1e5) / 1e5];

export interface DirectoryPorts {
  readonly map: () => Promise<KioskMap | null>;
  readonly agentIsThere: () => boolean;
}

export const directoryFeature = defineFeature({
  name: 'directory',
  counters: directoryCounters,
  events: directoryEvents,
  section: directorySection,
  open(kiosk, { map, agentIsThere }: DirectoryPorts) {
    const { files, config, folders, logger } = kiosk;
    const { coordinates } = config.site;
    let register: Promise<CommuneRegister> | undefined;
    const directory = createDirectory({
      ...kiosk,
      agentIsThere,
      reader: createHoursReader(),
      files: config.places,
      here: coordinates === null ? null : [coordinates.lon, coordinates.lat],
      store: createDirectoryStore({
        files,
        folder: directoryFolderIn(folders.state),
        onDamaged: (file) => logger.log('directory.damaged', { file }),
      }),
      register: () => (register ??= readRegister(files, config.site.directory.departement)),
      townPoints: async () => townPointsOf(await map()),
    });
    return {
      ...directory,
      wipes: [directory.wipe],
      settled: () => void directory.refresh(),
      ticketPrinted: () => kiosk.counts.add('place.printed'),
    };
  },
});

/** For the `directory` command. It uses the kiosk's own folder. */
export const directoryCommandDeps = (
  files: Files,
  clock: Clock,
  where: { readonly config: KioskConfig; readonly dir: string; readonly state: string; readonly built: string },
): Omit<DirectoryCommandDeps, 'store'> & {
  readonly store: (onDamaged: (file: StoredFile) => void) => DirectoryStore;
} => {
  const { coordinates, directory } = where.config.site;
  return {
    files,
    now: () => clock.now(),
    reader: createHoursReader(),
    configured: where.config.places,
    store: (onDamaged) => createDirectoryStore({ files, folder: directoryFolderIn(where.state), onDamaged }),
    register: () => readRegister(files, directory.departement),
    async townPoints() {
      const { readMap } = await import('../../map/map-file.ts');
      const here: Point | null = coordinates === null ? null : [coordinates.lon, coordinates.lat];
      return townPointsOf(
        await readMap({ files, configDir: where.dir, built: where.built, onUnreadable: () => undefined }, here),
      );
    },
  };
};
