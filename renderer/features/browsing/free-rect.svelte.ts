/**
 * Tells the main process which rectangle of the screen is free for the site, in whole CSS pixels, each time it
 * changes, and `null` while something of ours lies there.
 */
import type { Client } from '../../../main/contract/index.ts';

export interface FreeRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Each edge is rounded by itself, so that two neighbours never overlap nor leave a line between them. */
export function wholePixels(box: { left: number; top: number; right: number; bottom: number }): FreeRect | null {
  const x = Math.max(0, Math.round(box.left));
  const y = Math.max(0, Math.round(box.top));
  const width = Math.round(box.right) - x;
  const height = Math.round(box.bottom) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

interface FreePlaceDeps {
  readonly client: Client;
  /** The site is what a press falls on; otherwise something of ours lies in its place, or over all of it. */
  readonly siteInSight: () => boolean;
  /** A press sooner than this after the site came was meant for what lay there before. */
  readonly settleMs: () => number;
}

export class FreePlace {
  readonly #deps: FreePlaceDeps;
  #rect = $state.raw<FreeRect | null>(null);
  #told: string | undefined;
  #wish: 'free' | 'covered' | 'away' = 'away';
  /** A hand has just pressed something of ours there: the site does not come under its second press. */
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: FreePlaceDeps) {
    this.#deps = deps;
  }

  /** Follows an element; answers the way to stop, which takes the guest out of sight. */
  follow(element: HTMLElement): () => void {
    const measure = () => {
      this.#rect = wholePixels(element.getBoundingClientRect());
    };
    // A neighbour may push the element without changing its size: the whole row is watched too.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    if (element.parentElement) observer.observe(element.parentElement);
    const pressed = () => this.#wait();
    window.addEventListener('resize', measure);
    window.addEventListener('pointerdown', pressed, true);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      window.removeEventListener('pointerdown', pressed, true);
      clearTimeout(this.#waiting);
      this.tell('away');
    };
  }

  /** `covered`: something of ours lies over the site for a while, and a picture of it stands in its place. `away`: another screen. */
  tell(how: 'free' | 'covered' | 'away'): void {
    this.#wish = how;
    const free = this.#rect; // read first: whoever follows the rectangle goes on following it
    if (how === 'free' && this.#waiting !== undefined) return;
    const rect = how === 'free' ? free : null;
    const text = rect === null ? how : JSON.stringify(rect);
    if (text === this.#told) return;
    this.#told = text;
    // Can't be refused; if it got lost the next change of the rectangle says it again.
    void this.#deps.client.browsing.place({ rect, ...(how === 'covered' ? { picture: true } : {}) });
  }

  #wait(): void {
    const settleMs = this.#deps.settleMs();
    if (settleMs === 0 || this.#deps.siteInSight()) return;
    clearTimeout(this.#waiting);
    const wish = this.#wish;
    if (wish === 'free') this.tell('away');
    this.#wish = wish;
    this.#waiting = setTimeout(() => {
      this.#waiting = undefined;
      this.tell(this.#wish);
    }, settleMs);
  }
}
