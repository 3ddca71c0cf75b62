/**
 * The reserved keys of `guest/reserved-keys.ts`, taken at the X server. The filter inside a page hears a key after the page's own
 * listeners may have had it, and a page can throw it out with its document; here no page is asked.
 */
import type { XChord } from '../../platform/x-keys.ts';
import { keyRules, keyVerdict, type KeyVerdict } from '../guest/reserved-keys.ts';

export const GUEST_CLASS = 'point-numerique-guest';

/** Both views: what our own screens refuse beyond this, their own filter refuses. */
const verdictOf = (chord: XChord): KeyVerdict => keyVerdict(keyRules, 'guest', chord);

export const reservedKeys = (onZoom: (zoom: Exclude<KeyVerdict, 'pass' | 'swallow'>) => void) => ({
  wanted: (chord: XChord): boolean => verdictOf(chord) !== 'pass',
  onChord(chord: XChord, windowClass: string): void {
    const verdict = verdictOf(chord);
    if (windowClass === GUEST_CLASS && verdict !== 'pass' && verdict !== 'swallow') onZoom(verdict);
  },
});
