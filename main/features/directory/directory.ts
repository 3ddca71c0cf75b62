/**
 * Who can help near here: the places of the configuration and of the imports, with the agent's corrections. The list is
 * not personal. A session only stores which places this person was already counted for.
 */
import type { DirectoryContract, PlaceSheet, Point } from '../../contract/directory.ts';
import type { StateOf } from '../../contract/define.ts';
import { failure, ok } from '../../contract/result.ts';
import type { DeepReadonly } from '../../config/kiosk-config.ts';
import type { PlacesFile } from '../../config/schema/places.ts';
import type { Logger } from '../../log/logger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Counts, Feature, Publish, WipeStep } from '../feature.ts';
import type { DirectoryCounter } from './counters.ts';
import { locateCommunes, type CommuneRegister } from './communes.ts';
import { agentHandlers } from './agent-handlers.ts';
import { correctedFields, correctedPlace } from './corrections.ts';
import { gather } from './gather.ts';
import { dayInFrance, minuteInFrance } from './hours/days.ts';
import { holidayOn } from '../../platform/public-holidays.ts';
import type { HoursReader } from './hours/reader.ts';
import { knownPoints } from './known-points.ts';
import { stopsOver, townFinder } from './next-stop.ts';
import type { Place } from './place.ts';
import type { Corrections, DirectoryStore, Doubts } from './store.ts';
import { dayView, sheetOf, summaryOf, type DayView } from './view.ts';

export interface DirectoryDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly publish: Publish<DirectoryContract>;
  readonly counts: Counts<DirectoryCounter>;
  readonly store: DirectoryStore;
  readonly reader: HoursReader;
  /** The places of the configuration. */
  readonly files: readonly DeepReadonly<PlacesFile>[];
  readonly here: Point | null;
  readonly register: () => Promise<CommuneRegister>;
  /** Points of the towns on the map. */
  readonly townPoints: () => Promise<ReadonlyMap<string, Point>>;
  readonly agentIsThere: () => boolean;
}

/** The places that one person was already counted for. */
export interface DirectorySession {
  readonly viewed: Set<string>;
  readonly doubted: Set<string>;
}

export interface Directory extends Feature<DirectoryContract, DirectorySession> {
  readonly wipe: WipeStep;
  begin(): void;
  /** Reads the stored files, if they changed since the last time. */
  refresh(): Promise<void>;
  /** For the printed ticket. */
  sheet(id: string): Promise<PlaceSheet | undefined>;
}

/** How often to check for a new day and for a bus that left its stop. */
const DAY_WATCH_MS = 60_000;

export const createDirectory = (deps: DirectoryDeps): Directory => {
  const { clock, logger, store, reader } = deps;
  const today = (): string => dayInFrance(clock.now());
  let session: DirectorySession | undefined;
  let all: readonly Place[] = gather(deps.files, undefined, reader).places;
  let shown = new Map(all.map((place) => [place.id, place]));
  let corrections: Corrections = {};
  let doubts: Doubts = {};
  let stamp: string | undefined;
  let townPoint: DayView['townPoint'] = () => null;
  const minute = (): number => minuteInFrance(clock.now());
  /** Undefined until it is needed: the time zones would slow down the start by as much as thirty of our files. */
  let view: DayView | undefined;
  let revision = 0;

  const state = (): StateOf<DirectoryContract> => ({
    revision,
    day: view?.day ?? null,
    count: shown.size,
    here: deps.here,
    doubted: Object.keys(doubts).filter((id) => shown.has(id)).length,
  });
  const publishState = (): void => deps.publish(state());
  const applyCorrections = (): void => {
    shown = new Map(
      all.flatMap((place) => {
        const corrected = correctedPlace(place, corrections);
        return corrected ? [[place.id, corrected] as const] : [];
      }),
    );
    revision += 1;
    publishState();
  };
  const communePoints = async () => {
    const [register, towns] = await Promise.all([deps.register(), deps.townPoints()]);
    return { register, points: knownPoints(all, towns) };
  };
  const viewOfToday = (): DayView => {
    if (view?.day === today()) return view;
    view = dayView(today(), reader, { minute, townPoint: (name) => townPoint(name) });
    publishState();
    return view;
  };
  const refresh = async (): Promise<void> => {
    viewOfToday(); // so that the screens do not have to load the places twice
    const now = await store.stamp();
    if (now === stamp) return;
    stamp = now;
    const [imported, kept, doubted] = await Promise.all([store.imported(), store.corrections(), store.doubts()]);
    ({ places: all } = gather(deps.files, imported, reader));
    corrections = kept;
    doubts = doubted;
    if (all.some(({ stops }) => stops.length > 0)) townPoint = townFinder(await communePoints());
    applyCorrections();
    logger.log('directory.read', { places: all.length, imported: imported?.places.length ?? 0 });
  };
  let over = 0;
  const stopWatch = clock.every(DAY_WATCH_MS, () => {
    const { day } = viewOfToday();
    const before = over;
    over = stopsOver(all, day, minute());
    // A bus has left its stop: the screens must fetch its next one.
    if (over > before) applyCorrections();
  });

  const sheet = (id: string): PlaceSheet | undefined => {
    const view = viewOfToday();
    const place = shown.get(id);
    return (
      place &&
      sheetOf(place, view, {
        corrected: correctedFields(id, corrections).length > 0,
        doubted: Object.hasOwn(doubts, id),
      })
    );
  };
  const saveCorrections = async (next: Corrections, settledId: string): Promise<boolean> => {
    if (!(await store.saveCorrections(next))) return false;
    corrections = next;
    const { [settledId]: _, ...others } = doubts;
    if (Object.hasOwn(doubts, settledId) && (await store.saveDoubts(others))) doubts = others;
    stamp = await store.stamp();
    applyCorrections();
    return true;
  };

  return {
    initial: state(),
    own: () => session,
    begin() {
      session = { viewed: new Set(), doubted: new Set() };
      void refresh();
    },
    refresh,
    sheet: async (id) => sheet(id),
    wipe: {
      name: 'directory',
      wipe: async () => {
        session = undefined;
      },
      leftovers: async () => (session ? ['des lieux regardés'] : []),
    },
    handlers: {
      places: async () => {
        const view = viewOfToday();
        return ok({
          day: view.day,
          holiday: holidayOn(view.day),
          places: [...shown.values()].map((place) => summaryOf(place, view)),
        });
      },
      communes: async () => {
        const { register, points } = await communePoints();
        return ok(locateCommunes(register, points));
      },
      sheet: async ({ id }) => {
        const found = sheet(id);
        return found ? ok(found) : failure('directory.unknown');
      },
      needChosen: async ({ need }) => {
        deps.counts.add('place.need', need);
        return ok(null);
      },
      viewed: async ({ id }, mine) => {
        if (!shown.has(id)) return failure('directory.unknown');
        if (!mine.viewed.has(id)) deps.counts.add('place.viewed');
        mine.viewed.add(id);
        return ok(null);
      },
      doubt: async ({ id }, mine) => {
        if (!shown.has(id)) return failure('directory.unknown');
        if (mine.doubted.has(id)) return ok(null);
        const next = { ...doubts, [id]: (doubts[id] ?? 0) + 1 };
        if (!(await store.saveDoubts(next))) return failure('directory.not-kept');
        doubts = next;
        mine.doubted.add(id);
        deps.counts.add('place.doubted');
        publishState();
        return ok(null);
      },
      ...agentHandlers({
        agentIsThere: deps.agentIsThere,
        logger,
        today,
        all: () => all,
        corrections: () => corrections,
        doubts: () => doubts,
        saveCorrections,
      }),
    },
    async stop() {
      stopWatch();
    },
  };
};
