/** Counts what covers the screen. `Dialog` does it by itself. */
export class Overlays {
  #held = $state(0);

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
