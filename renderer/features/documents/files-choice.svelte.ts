/** Which documents the person means to attach. Kept while other screens hide the question of the site. */
import type { KioskState } from '../../../main/contract/index.ts';

type TrayDocument = Pick<KioskState['documents']['list'][number], 'id' | 'origin' | 'done'>;

export class FilesChoice {
  #chosen = $state.raw<readonly string[]>([]);
  /** The documents at the last look; undefined before the first. */
  #seen: readonly string[] | undefined;
  /** Where the person went for a document of this question. */
  #awaited: TrayDocument['origin'] | undefined;
  readonly #multiple: boolean;

  constructor({ multiple }: { readonly multiple: boolean }) {
    this.#multiple = multiple;
  }

  get chosen(): readonly string[] {
    return this.#chosen;
  }

  press(id: string): void {
    if (!this.#multiple) this.#chosen = [id];
    else if (this.#chosen.includes(id)) this.#chosen = this.#chosen.filter((one) => one !== id);
    else this.#chosen = [...this.#chosen, id];
  }

  /** The person leaves the question for a document: from the scanner, or from their key. */
  goesFor(origin: 'scan' | 'key'): void {
    this.#awaited = origin;
  }

  /** `list`: the newest last. `fits`: those that the site accepts. */
  look(list: readonly TrayDocument[], fits: ReadonlySet<string>): void {
    const seen = this.#seen;
    this.#seen = list.map(({ id }) => id);
    const came = seen === undefined ? list.slice(-1) : list.filter(({ id }) => !seen.includes(id));
    // Do not preselect a document that a site has already received.
    const fresh = came.filter(({ id, done }) => fits.has(id) && !done.sent);
    const kept = this.#chosen.filter((id) => fits.has(id)); // the others were erased
    this.#chosen = this.#multiple ? [...kept, ...fresh.map(({ id }) => id)] : this.#oneOf(kept, fresh);
  }

  #oneOf(kept: readonly string[], fresh: readonly TrayDocument[]): readonly string[] {
    // Whoever makes a protected copy meanwhile means to give that one.
    const awaited = fresh.findLast(({ origin }) => origin === this.#awaited || origin === 'watermark');
    if (awaited) this.#awaited = undefined;
    const next = awaited ?? (kept.length === 0 ? fresh.at(-1) : undefined);
    return next ? [next.id] : kept;
  }
}
