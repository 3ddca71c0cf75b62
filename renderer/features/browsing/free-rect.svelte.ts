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

export class FreePlace {
  readonly #client: Client;
  #rect = $state.raw<FreeRect | null>(null);
  #told: string | undefined;

  constructor({ client }: { client: Client }) {
    this.#client = client;
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
    window.addEventListener('resize', measure);
    measure();
    return () => {
      observer.disconnect();
      window.removeEventListener('resize', measure);
      this.tell('away');
    };
  }

  /** `covered`: something of ours lies over the site for a while, and a picture of it stands in its place. `away`: another screen. */
  tell(how: 'free' | 'covered' | 'away'): void {
    const rect = how === 'free' ? this.#rect : null;
    const text = rect === null ? how : JSON.stringify(rect);
    if (text === this.#told) return;
    this.#told = text;
    // Can't be refused; if it got lost the next change of the rectangle says it again.
    void this.#client.browsing.place({ rect, ...(how === 'covered' ? { picture: true } : {}) });
  }
}
