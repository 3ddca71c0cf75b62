/** What the application gives to the components of this room. */
import { createContext } from 'svelte';
import type { Translate } from '../../main/contract/i18n/translate.ts';
import type { Overlays } from './overlays.svelte.ts';

/** « Écouter »: reads aloud what is in front. */
export interface Listening {
  /** There is a voice, and a session. */
  readonly offered: boolean;
  readonly speaking: boolean;
  /** Begins, or stops. */
  toggle(): void;
  stop(): void;
}

export interface Ui {
  readonly t: Translate;
  readonly overlays: Overlays;
  readonly listening: Listening;
}

export const [useUi, provideUi] = createContext<Ui>();
