/** The second bundle of the screens: loaded after the first frame, or at once when it is needed earlier. */
import type { Slots } from './kiosk-context.ts';

type LaterModule = typeof import('./later-screens.ts');

/** Long enough for a first frame; nobody presses "Commencer" sooner. */
const FIRST_FRAME_MS = 60;

export class LaterScreens {
  readonly #read: () => Promise<LaterModule>;
  #parts = $state.raw<LaterModule>();
  #failure = $state.raw<unknown>();

  constructor(read: () => Promise<LaterModule>) {
    this.#read = read;
  }

  /** Undefined until loaded. Throws when loading failed, so that the fault screen appears. */
  get parts(): LaterModule | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#parts;
  }

  get loaded(): boolean {
    return this.#parts !== undefined;
  }

  /** For screens of the second bundle: they only run once it is loaded, so it is always there. */
  get slots(): Slots {
    if (!this.#parts) throw new Error('a screen of the second part ran before it was read');
    return this.#parts.slots;
  }

  /** Returns a function that cancels the loading. */
  loadSoon(timers: Pick<Window, 'setTimeout' | 'clearTimeout'>): () => void {
    const timer = timers.setTimeout(() => void this.read(), FIRST_FRAME_MS);
    return () => timers.clearTimeout(timer);
  }

  async read(): Promise<void> {
    if (this.#parts) return;
    this.#failure = undefined;
    try {
      this.#parts = await this.#read();
    } catch (error) {
      this.#failure = error;
    }
  }
}
