/**
 * Reports to the main process which rectangle of the screen is free for the site, in whole CSS pixels, at each change.
 * Reports `null` while something of ours covers it.
 */
import type { Client } from '../../../main/contract/index.ts';

export interface FreeRect {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Each edge is rounded on its own, so that two neighbours never overlap and never leave a line between them. */
export function wholePixels(box: { left: number; top: number; right: number; bottom: number }): FreeRect | null {
  const x = Math.max(0, Math.round(box.left));
  const y = Math.max(0, Math.round(box.top));
  const width = Math.round(box.right) - x;
  const height = Math.round(box.bottom) - y;
  return width > 0 && height > 0 ? { x, y, width, height } : null;
}

interface FreeRectReporterDeps {
  readonly client: Client;
  /** True when a press would hit the site. False when something of ours covers it or takes its place. */
  readonly siteInSight: () => boolean;
  /** A press this soon after the site appeared was meant for what was there before. */
  readonly settleMs: () => number;
}

export class FreeRectReporter {
  readonly #deps: FreeRectReporterDeps;
  #rect = $state.raw<FreeRect | null>(null);
  #reported: string | undefined;
  #wish: 'free' | 'covered' | 'away' = 'away';
  /**
   * Set just after a press on something of ours there: the site must not appear under the second press of a double
   * click.
   */
  #waiting: ReturnType<typeof setTimeout> | undefined;

  constructor(deps: FreeRectReporterDeps) {
    this.#deps = deps;
  }

  /** Follows an element; returns the function that stops, which also hides the guest. */
  follow(element: HTMLElement): () => void {
    const measure = () => {
      this.#rect = wholePixels(element.getBoundingClientRect());
    };
    // A neighbour may move the element without changing its size, so watch the whole row too.
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
      this.report('away');
    };
  }

  /**
   * `covered`: something of ours covers the site for a while, and a picture of the site takes its place. `away`:
   * another screen is shown.
   */
  report(how: 'free' | 'covered' | 'away'): void {
    this.#wish = how;
    const free = this.#rect; // read before any return, so that effects depend on the rectangle
    if (how === 'free' && this.#waiting !== undefined) return;
    const rect = how === 'free' ? free : null;
    const text = rect === null ? how : JSON.stringify(rect);
    if (text === this.#reported) return;
    this.#reported = text;
    // This cannot be refused. If it is lost, the next change of the rectangle sends it again.
    void this.#deps.client.browsing.place({ rect, ...(how === 'covered' ? { picture: true } : {}) });
  }

  #wait(): void {
    const settleMs = this.#deps.settleMs();
    if (settleMs === 0 || this.#deps.siteInSight()) return;
    clearTimeout(this.#waiting);
    const wish = this.#wish;
    if (wish === 'free') this.report('away');
    this.#wish = wish;
    this.#waiting = setTimeout(() => {
      this.#waiting = undefined;
      this.report(this.#wish);
    }, settleMs);
  }
}
