/**
 * What covers the screen. The guest is a window above ours, so it must be hidden while something of ours covers that
 * area: the visit screen follows `covering`.
 */
import { Overlays } from '../ui/overlays.svelte.ts';

export type PanelName = 'help' | 'size' | 'language';

export class KioskOverlays extends Overlays {
  /** The one panel opened from the bar. */
  panel = $state.raw<PanelName | null>(null);
}
