/**
 * Keyboard navigation around the screen of a site: the site, the guidance, the bar. F6 goes to the next part (Shift+F6:
 * the previous one); Tab continues past the end of each. The site is a window of another browser, so the main process
 * gives it the keyboard.
 */
import type { Connection } from '../../client/client.ts';

export type ScreenPart = 'site' | 'strip' | 'bar';

const ORDER: readonly ScreenPart[] = ['site', 'strip', 'bar'];
const SELECTORS: Readonly<Record<ScreenPart, string>> = {
  site: 'main.free',
  strip: 'aside.strip',
  bar: '.bar, nav.tabs',
};
const FOCUSABLE = 'button:enabled, input:enabled, a[href], [tabindex="0"]';

export const partAfter = (part: ScreenPart | undefined, backwards: boolean): ScreenPart => {
  const at = part === undefined ? 0 : ORDER.indexOf(part);
  return ORDER[(at + (backwards ? ORDER.length - 1 : 1)) % ORDER.length] ?? 'strip';
};

export interface ScreenPartsDeps {
  readonly root: HTMLElement;
  readonly on: Connection['on'];
  /** True while the site itself is visible; otherwise a page of ours is in its place. */
  readonly siteShown: () => boolean;
  /** True while something of ours covers the whole screen and keeps the keyboard. */
  readonly covered: () => boolean;
  readonly toSite: () => void;
}

export class ScreenParts {
  /** The part that F6 or Tab has just reached, to be highlighted. */
  led = $state.raw<ScreenPart | undefined>();

  /** Returns the function that stops. */
  follow(deps: ScreenPartsDeps): () => void {
    const { root } = deps;
    const inPart = (part: ScreenPart): HTMLElement[] =>
      [...root.querySelectorAll(SELECTORS[part])].flatMap((one) => [...one.querySelectorAll<HTMLElement>(FOCUSABLE)]);
    const here = (): ScreenPart | undefined =>
      ORDER.find((part) => document.activeElement?.closest(SELECTORS[part]) && root.contains(document.activeElement));
    const lead = (part: ScreenPart): void => {
      if (part === 'site' && deps.siteShown()) {
        this.led = undefined;
        deps.toSite();
        return;
      }
      // Focus the title of the step first: what it says comes before what can be pressed.
      const title = part === 'strip' ? root.querySelector<HTMLElement>('aside.strip h1[tabindex]') : null;
      (title ?? inPart(part)[0])?.focus();
      this.led = part;
    };
    const stopHearing = deps.on('browsing', 'keyboardLeft', ({ by, backwards }) => {
      if (deps.covered()) return;
      if (by === 'part-key') return lead(partAfter('site', backwards));
      const part = backwards ? 'strip' : 'bar';
      inPart(part)
        .at(backwards ? -1 : 0)
        ?.focus();
      this.led = part;
    });
    const stop = new AbortController();
    const { signal } = stop;
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'F6' && !deps.covered()) lead(partAfter(here(), event.shiftKey));
      },
      { signal },
    );
    const shownNoMore = (): void => {
      if (this.led !== undefined && here() !== this.led) this.led = undefined;
    };
    root.addEventListener('focusin', shownNoMore, { signal });
    window.addEventListener('pointerdown', () => (this.led = undefined), { signal });
    return () => {
      stopHearing();
      stop.abort();
    };
  }
}
