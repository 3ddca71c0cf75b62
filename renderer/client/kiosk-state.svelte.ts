/** The kiosk's state as last received from the main process: one slice a feature, each reactive on its own. */
import { SvelteMap } from 'svelte/reactivity';
import type { FeatureName, KioskState } from '../../main/contract/index.ts';

export class StateMirror {
  readonly #slices = new SvelteMap<string, unknown>();
  #ready = $state(false);

  /** False until the first snapshot. */
  get ready(): boolean {
    return this.#ready;
  }

  /** Not every kiosk has every feature. */
  has(feature: FeatureName): boolean {
    return this.#slices.has(feature);
  }

  of<F extends FeatureName>(feature: F): KioskState[F] {
    if (!this.#slices.has(feature)) throw new Error(`the kiosk has no state for ${feature}`);
    return this.#slices.get(feature) as KioskState[F];
  }

  takeSnapshot(state: Readonly<Record<string, unknown>>): void {
    for (const [feature, slice] of Object.entries(state)) this.#slices.set(feature, slice);
    this.#ready = true;
  }

  takeChange(feature: string, slice: unknown): void {
    this.#slices.set(feature, slice);
  }
}
