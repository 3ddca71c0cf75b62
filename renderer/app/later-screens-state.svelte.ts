/** The second part of the screens: read once the first has been drawn, or at once when it is wanted before. */
import type { Slots } from './kiosk-context.ts';

type Parts = typeof import('./later-screens.ts');

/** Long enough for a first frame; nobody presses "Commencer" sooner. */
const FIRST_FRAME_MS = 60;

export class LaterScreens {
  readonly #read: () => Promise<Parts>;
  #parts = $state.raw<Parts>();
  #failure = $state.raw<unknown>();

  constructor(read: () => Promise<Parts>) {
    this.#read = read;
  }

  /** Undefined until they are here. Throws when they can't be read: the screen of faults then says so. */
  get parts(): Parts | undefined {
    if (this.#failure !== undefined) throw this.#failure;
    return this.#parts;
  }

  get here(): boolean {
    return this.#parts !== undefined;
  }

  /** For who lives in them: a screen of the second part only runs when that part is here. */
  get slots(): Slots {
    if (!this.#parts) throw new Error('a screen of the second part ran before it was read');
    return this.#parts.slots;
  }

  /** Answers the way to give up. */
  readSoon(timers: Pick<Window, 'setTimeout' | 'clearTimeout'>): () => void {
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
