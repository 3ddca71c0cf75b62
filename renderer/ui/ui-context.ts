/** What the application gives to the components of this room. */
import { createContext } from 'svelte';
import type { Translate } from '../../main/contract/i18n/translate.ts';
import type { Overlays } from './overlays.svelte.ts';

export interface Ui {
  readonly t: Translate;
  readonly overlays: Overlays;
}

export const [useUi, provideUi] = createContext<Ui>();
