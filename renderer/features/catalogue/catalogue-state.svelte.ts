/** The démarches, requested once and kept: the catalogue doesn't change while the kiosk runs. */
import { SvelteSet } from 'svelte/reactivity';
import type { DemarcheSheet, DemarcheSummary, ThemeId, UrgentHelp } from '../../../main/contract/catalogue.ts';
import type { Client } from '../../../main/contract/index.ts';
import type { Failed } from '../../client/errors.ts';
import type { Search } from './search.ts';
import type { UrgencyDetector } from './urgent-words.ts';

export class CatalogueState {
  readonly #client: Client;
  // A plain cache, not reactive: each screen keeps the sheet that it requested.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #sheets = new Map<string, DemarcheSheet>();
  #list = $state.raw<readonly DemarcheSummary[] | null>(null);
  #mailboxes = $state.raw<readonly DemarcheSummary[]>([]);
  #search = $state.raw<Search | null>(null);
  #detectUrgency = $state.raw<UrgencyDetector | null>(null);
  #loading = false;
  #urgencyCounted = false;
  #nearest: ((question: string) => ThemeId | 'none') | undefined;
  // Not reactive: no screen shows it.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  #nothingCounted = new Set<ThemeId | 'none'>();
  /** What the person ticked on each sheet, by position in the list. */
  // Each set is reactive for its screen; the map itself need not be.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #ticked = new Map<string, SvelteSet<number>>();
  /** The text of the search. It is kept while the person looks at a sheet, and dropped when they leave. */
  question = $state('');

  constructor({ client }: { client: Client }) {
    this.#client = client;
  }

  get ready(): boolean {
    return this.#list !== null;
  }

  /** The known e-mail providers, the most used first. */
  get mailboxes(): readonly DemarcheSummary[] {
    return this.#mailboxes;
  }

  /** The most frequent first, then by name. */
  inTheme(theme: ThemeId): readonly DemarcheSummary[] {
    return (this.#list ?? [])
      .filter((demarche) => demarche.theme === theme)
      .sort((a, b) => a.priority - b.priority || a.title.localeCompare(b.title, 'fr'));
  }

  has(theme: ThemeId): boolean {
    return (this.#list ?? []).some((demarche) => demarche.theme === theme);
  }

  search(question: string, limit: number): readonly DemarcheSummary[] {
    return this.#search?.(question, limit) ?? [];
  }

  /** False when the answers are only the nearest ones: the screen must not sound sure. */
  isNamed(question: string): boolean {
    return this.#search?.isNamed(question) ?? false;
  }

  /** Whom to call, when the search text mentions danger. */
  urgentHelp(question: string, typed: 'typing' | 'paused'): readonly UrgentHelp[] {
    return this.#detectUrgency?.(question, typed) ?? [];
  }

  /** Counts at most once per person that urgent help was shown, never which help or what was typed. */
  countUrgentHelp(): void {
    if (this.#urgencyCounted) return;
    this.#urgencyCounted = true;
    void this.#client.usage.urgentHelpShown({});
  }

  /** Counts at most once per person and theme, whatever was typed. */
  countNothingFound(question: string): void {
    const theme = this.#nearest?.(question) ?? 'none';
    if (this.#nothingCounted.has(theme)) return;
    this.#nothingCounted.add(theme);
    void this.#client.usage.nothingFound({ theme });
  }

  async load(): Promise<Failed | null> {
    if (this.#list !== null || this.#loading) return null;
    this.#loading = true;
    const [
      list,
      synonyms,
      urgentHelp,
      { makeSearch },
      { makeUrgencyDetector },
      { apart },
      { searchable },
      { makeNearestTheme },
    ] = await Promise.all([
      this.#client.catalogue.list({}),
      this.#client.catalogue.synonyms({}),
      this.#client.catalogue.urgentHelp({}),
      import('./search.ts'), // keeps its library out of the first bundle
      import('./urgent-words.ts'),
      import('./mailboxes.ts'),
      import('./kiosk-uses.ts'),
      import('./nearest-theme.ts'),
    ]);
    this.#loading = false;
    if (!list.ok) return list.error;
    const catalogued = apart(list.value);
    const { demarches, mailboxes } = catalogued;
    this.#search = makeSearch(searchable(catalogued), synonyms.ok ? synonyms.value : {});
    this.#detectUrgency = makeUrgencyDetector(urgentHelp.ok ? urgentHelp.value : []);
    this.#nearest = makeNearestTheme(demarches);
    this.#mailboxes = mailboxes;
    this.#list = demarches;
    return null;
  }

  async sheet(id: string): Promise<DemarcheSheet | Failed> {
    const known = this.#sheets.get(id);
    if (known) return known;
    const reply = await this.#client.catalogue.sheet({ id });
    if (!reply.ok) return reply.error;
    this.#sheets.set(id, reply.value);
    return reply.value;
  }

  /** What the person says they have for this démarche. Kept while they look at other screens. */
  ticked(id: string): SvelteSet<number> {
    const known = this.#ticked.get(id);
    if (known) return known;
    const fresh = new SvelteSet<number>();
    this.#ticked.set(id, fresh);
    return fresh;
  }

  /** A sheet that was already loaded, without a request. */
  known(id: string): DemarcheSheet | undefined {
    return this.#sheets.get(id);
  }
}
