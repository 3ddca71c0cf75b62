/** The person's choices before "Imprimer". Defaults save paper: no blank page, both sides, no colour, one copy. */
import type { KioskState } from '../../../main/contract/index.ts';
import type { PageRange } from '../../../main/contract/printing.ts';

type State = KioskState['printing'];
export type Which = 'all' | 'one' | 'range';

export class PrintChoice {
  readonly #state: () => State;
  which = $state<Which>('all');
  copies = $state(1);
  twoSided = $state(true);
  colour = $state(false);
  #ends = $state.raw<{ readonly from: number; readonly to: number | null } | null>(null);

  constructor(state: () => State) {
    this.#state = state;
  }

  // No `$derived`: the choice outlives the screen that made it, and a derived does not.
  get pages(): number {
    return this.#state().document?.pages ?? 0;
  }

  get #blank(): readonly number[] {
    return this.#state().document?.blank ?? [];
  }

  /** A page of a site may have become shorter while the screen was hidden. */
  get #range(): { readonly from: number; readonly to: number | null } | null {
    const ends = this.#ends;
    return ends && (ends.to ?? ends.from) <= this.pages ? ends : null;
  }

  get from(): number | null {
    return this.#range?.from ?? null;
  }

  get to(): number | null {
    return this.#range?.to ?? null;
  }

  /** Every page is blank: print them all the same, since the person either wants them or can see the mistake. */
  get onlyBlank(): boolean {
    return this.pages > 0 && this.#blank.length === this.pages;
  }

  get blankLeftOut(): number {
    return this.which === 'all' && !this.onlyBlank ? this.#blank.length : 0;
  }

  isBlank(page: number): boolean {
    return this.#blank.includes(page);
  }

  chosen(page: number): boolean {
    if (this.which === 'all') return this.onlyBlank || !this.isBlank(page);
    const range = this.#range;
    return range !== null && page >= range.from && page <= (range.to ?? range.from);
  }

  /** Sides of paper that would be printed. */
  get sides(): number {
    if (this.which === 'all') return (this.pages - this.blankLeftOut) * this.copies;
    const range = this.#range;
    return range === null ? 0 : ((range.to ?? range.from) - range.from + 1) * this.copies;
  }

  /** In the form of the contract: an empty list means "every page that is not blank". */
  get ranges(): readonly PageRange[] {
    if (this.which === 'all') return this.onlyBlank ? [{ from: 1, to: this.pages }] : [];
    const range = this.#range;
    return range === null ? [] : [{ from: range.from, to: range.to ?? range.from }];
  }

  use(which: Which): void {
    this.which = which;
    this.#ends = null;
  }

  /** A page was touched: choose only this one, or make it an end of the range. */
  touch(page: number): void {
    if (this.which === 'all') this.which = 'one';
    const range = this.#range;
    if (this.which === 'one') this.#ends = { from: page, to: page };
    else if (range?.to !== null) this.#ends = { from: page, to: null };
    else this.#ends = { from: Math.min(range.from, page), to: Math.max(range.from, page) };
  }
}
