/**
 * Counts what lies over the screen. The guest is a window above ours, so it must be out of sight while anything of
 * ours has to be seen there: `Dialog` holds this by itself, and the visit screen follows it.
 */
export type PanelName = 'help' | 'size' | 'language';

export class Overlays {
  #held = $state(0);
  /** The one panel opened from the bar. */
  panel = $state.raw<PanelName | null>(null);

  get covering(): boolean {
    return this.#held > 0;
  }

  hold(): () => void {
    this.#held += 1;
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#held -= 1;
    };
  }
}
