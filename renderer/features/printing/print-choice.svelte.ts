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
  #from = $state<number | null>(null);
  #to = $state<number | null>(null);

  constructor(state: () => State) {
    this.#state = state;
  }

  get pages(): number {
    return this.#state().document?.pages ?? 0;
  }

  get from(): number | null {
    return this.#from;
  }

  get to(): number | null {
    return this.#to;
  }

  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- recreated each time, never mutated
  #blank = $derived.by(() => new Set(this.#state().document?.blank ?? []));
  /** Every page is blank: print them all the same, since the person either wants them or can see the mistake. */
  onlyBlank = $derived.by(() => this.pages > 0 && this.#blank.size === this.pages);
  blankLeftOut = $derived.by(() => (this.which === 'all' && !this.onlyBlank ? this.#blank.size : 0));

  isBlank(page: number): boolean {
    return this.#blank.has(page);
  }

  chosen(page: number): boolean {
    if (this.which === 'all') return this.onlyBlank || !this.#blank.has(page);
    if (this.#from === null) return false;
    return page >= this.#from && page <= (this.#to ?? this.#from);
  }

  /** Sides of paper that would be printed. */
  sides = $derived.by(() => {
    if (this.which === 'all') return (this.onlyBlank ? this.pages : this.pages - this.#blank.size) * this.copies;
    if (this.#from === null) return 0;
    return ((this.#to ?? this.#from) - this.#from + 1) * this.copies;
  });

  /** In the form of the contract: an empty list means "every page that is not blank". */
  get ranges(): readonly PageRange[] {
    if (this.which === 'all') return this.onlyBlank ? [{ from: 1, to: this.pages }] : [];
    return this.#from === null ? [] : [{ from: this.#from, to: this.#to ?? this.#from }];
  }

  use(which: Which): void {
    this.which = which;
    this.#from = null;
    this.#to = null;
  }

  /** A page was touched: choose only this one, or make it an end of the range. */
  touch(page: number): void {
    if (this.which === 'all') this.which = 'one';
    if (this.which === 'one' || this.#from === null || this.#to !== null) {
      this.#from = page;
      this.#to = this.which === 'one' ? page : null;
      return;
    }
    const other = this.#from;
    this.#from = Math.min(other, page);
    this.#to = Math.max(other, page);
  }
}
