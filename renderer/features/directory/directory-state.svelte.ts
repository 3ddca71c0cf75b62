/** The places, requested at first and again when they change, and the current person's search in them. */
import type { Audience, Care, Commune, NeedId, Places, PlaceSheet, Point } from '../../../main/contract/directory.ts';
import type { Client } from '../../../main/contract/index.ts';
import type { KioskMap } from '../../../main/contract/kiosk-map.ts';
import type { Failed } from '../../client/errors.ts';
import type { CommuneSearch } from './communes.ts';
import type { Finder, FoundPlaces } from './find.ts';

/** Cards at a time: as many as a map can number and a person can take in. */
export const PAGE = 6;

/** The current person's search. */
export class PlaceQuestion {
  /** Exactly as typed. */
  typed = $state('');
  /** The commune that the person chose when the first match was not the one they meant. */
  chosen = $state.raw<Commune | null>(null);
  openNow = $state(false);
  free = $state(false);
  cares = $state.raw<readonly Care[]>([]);
  byAppointment = $state<boolean | null>(null);
  audience = $state<Audience | null>(null);
  shown = $state(PAGE);
  /** What the map shows: the area of the results, everything, or one area by its code. */
  view = $state<'near' | 'all' | { readonly area: string }>('near');

  type(text: string): void {
    this.typed = text;
    this.chosen = null;
    this.shown = PAGE;
    this.view = 'near';
  }

  /** How many of the extra filters are set. */
  get more(): number {
    return this.cares.length + (this.byAppointment === null ? 0 : 1) + (this.audience === null ? 0 : 1);
  }

  dropFilters(): void {
    this.openNow = false;
    this.free = false;
    this.cares = [];
    this.byAppointment = null;
    this.audience = null;
    this.shown = PAGE;
  }
}

export class DirectoryState {
  readonly question = new PlaceQuestion();
  readonly #client: Client;
  #places = $state.raw<Places | null>(null);
  #finder = $state.raw<Finder | null>(null);
  #communes = $state.raw<CommuneSearch | null>(null);
  #map = $state.raw<KioskMap | null>(null);
  #version = '';
  #minuteNow: ((day: string) => number) | undefined;
  /** Minutes since midnight of the day for which the places were computed. */
  #minute = $state(0);

  constructor({ client }: { client: Client }) {
    this.#client = client;
  }

  get ready(): boolean {
    return this.#finder !== null;
  }
  get map(): KioskMap | null {
    return this.#map;
  }
  get minute(): number {
    return this.#minute;
  }
  get day(): string {
    return this.#places?.day ?? '';
  }
  get holiday(): string | null {
    return this.#places?.holiday ?? null;
  }

  /** Loads once for each `version` (revision and day of the state); repeated calls do nothing. */
  async load(version: string): Promise<Failed | null> {
    if (this.#version === version) return null;
    this.#version = version;
    const first = this.#communes === null;
    const [places, communes, map, { makeFinder }, { makeCommuneSearch }, { minuteSince }] = await Promise.all([
      this.#client.directory.places({}),
      first ? this.#client.directory.communes({}) : null,
      first ? this.#client.map.map({}) : null,
      import('./find.ts'),
      import('./communes.ts'),
      import('./opening-now.ts'),
    ]);
    if (!places.ok) {
      this.#version = '';
      return places.error;
    }
    this.#minuteNow = (day) => minuteSince(day, Date.now());
    this.#places = places.value;
    if (communes) this.#communes = makeCommuneSearch(communes.ok ? communes.value : []);
    if (map?.ok) this.#map = map.value;
    this.#finder = makeFinder(places.value.places);
    this.tick();
    return null;
  }

  /** Updates the minute: a place that was open a minute ago may have closed. */
  tick(): void {
    if (this.#places && this.#minuteNow) this.#minute = this.#minuteNow(this.#places.day);
  }

  /** The communes that the typed text may mean, the closest first. */
  communesFor(typed: string): readonly Commune[] {
    return this.#communes?.(typed, 4) ?? [];
  }

  /** The first matching places, as many as are shown, and their total. */
  find(need: NeedId | null, from: Point | null): FoundPlaces {
    const { openNow, free, cares, byAppointment, audience, shown } = this.question;
    const wanted = { need, openNow, free, audience, cares, byAppointment };
    return this.#finder?.(wanted, from, this.#minute, shown) ?? { total: 0, first: [] };
  }

  async sheet(id: string): Promise<PlaceSheet | Failed> {
    const reply = await this.#client.directory.sheet({ id });
    return reply.ok ? reply.value : reply.error;
  }
}
