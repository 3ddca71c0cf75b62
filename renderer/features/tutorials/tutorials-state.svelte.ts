/**
 * The tutorials, requested once and kept until they change, with their pictures, so that each screen appears complete.
 */
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Client } from '../../../main/contract/index.ts';
import type { Gesture, OfferPlace, Tutorial, TutorialSummary } from '../../../main/contract/tutorial-content.ts';
import type { Failed } from '../../client/errors.ts';
import { picturesIn } from './pictures.ts';

export class TutorialsState {
  readonly #client: Client;
  readonly #readPicture: (path: string) => Promise<string>;
  #list = $state.raw<readonly TutorialSummary[] | null>(null);
  #gestures = $state.raw<readonly Gesture[]>([]);
  readonly #pictures = new SvelteMap<string, string>();
  // Not reactive: each screen keeps the tutorial that it requested.
  // eslint-disable-next-line svelte/prefer-svelte-reactivity
  readonly #whole = new Map<string, Tutorial>();
  /** The offers that the person declined. */
  readonly #declined = new SvelteSet<OfferPlace>();
  #revision = -1;
  /** The level being shown; null: the one that suits the person. */
  level = $state<number | null>(null);

  constructor(deps: { readonly client: Client; readonly readPicture: (path: string) => Promise<string> }) {
    this.#client = deps.client;
    this.#readPicture = deps.readPicture;
  }

  get ready(): boolean {
    return this.#list !== null;
  }

  get gestures(): readonly Gesture[] {
    return this.#gestures;
  }

  /** The tutorials of a level, in the order of the configuration. */
  inLevel(level: number): readonly TutorialSummary[] {
    return (this.#list ?? []).filter((one) => one.level === level);
  }

  summary(id: string): TutorialSummary | undefined {
    return this.#list?.find((one) => one.id === id);
  }

  /** The SVG text; undefined until it is loaded. */
  picture(file: string): string | undefined {
    return this.#pictures.get(file);
  }

  /** The tutorial to offer at a place, unless the person declined or finished it. */
  offeredAt(place: OfferPlace, finished: readonly string[]): TutorialSummary | undefined {
    if (this.#declined.has(place)) return undefined;
    return this.#list?.find((one) => one.offeredAt.includes(place) && !finished.includes(one.id));
  }

  decline(place: OfferPlace): void {
    this.#declined.add(place);
  }

  /** Loads the list again when `revision` differs from the last one. */
  async load(revision: number): Promise<Failed | null> {
    if (this.#list !== null && this.#revision === revision) return null;
    const reply = await this.#client.tutorials.list({});
    if (!reply.ok) return reply.error;
    this.#revision = revision;
    this.#whole.clear();
    this.#gestures = reply.value.gestures;
    this.#list = reply.value.tutorials;
    void this.#fetch(picturesIn(reply.value));
    return null;
  }

  known(id: string): Tutorial | undefined {
    return this.#whole.get(id);
  }

  /** Resolves once its pictures are loaded too, so that a tutorial never appears without them. */
  async whole(id: string): Promise<Tutorial | Failed> {
    const before = this.#whole.get(id);
    if (before) return before;
    const reply = await this.#client.tutorials.tutorial({ id });
    if (!reply.ok) return reply.error;
    await this.#fetch(picturesIn(reply.value));
    this.#whole.set(id, reply.value);
    return reply.value;
  }

  async #fetch(files: readonly string[]): Promise<void> {
    const missing = files.filter((file) => !this.#pictures.has(file));
    const read = await Promise.all(
      missing.map(async (file) => [file, await this.#readPicture(file).catch(() => '')] as const),
    );
    for (const [file, svg] of read) if (svg !== '') this.#pictures.set(file, svg);
  }
}
