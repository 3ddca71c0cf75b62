/**
 * Grabs the reserved keys of `reserved-keys.ts` at the X server. The filter inside a page may run after the page's own
 * listeners, and a page can remove it by replacing its document; grabs do not depend on the page.
 */
import type { XChord } from '../../platform/x11/keys.ts';
import { keyRules, keyVerdict, type KeyCommand, type KeyVerdict } from './reserved-keys.ts';

export type PartKey = Extract<KeyCommand, 'next-part' | 'previous-part'>;

export interface KeyCommands {
  /** Whether the focused window, given by its class, is the site. */
  readonly isSite: (windowClass: string) => boolean;
  /** A command key was pressed while the site had the focus. */
  readonly onSite: (command: KeyCommand) => void;
  /**
   * The key that moves between parts of the screen (F6) was pressed elsewhere: in our screens, which did not get it
   * because of the grab, or with no window focused.
   */
  readonly onPart: (key: PartKey) => void;
}

/** One table for both views: our own screens refuse more keys with their own filter. */
const verdictOf = (chord: XChord): KeyVerdict => keyVerdict(keyRules, 'guest', chord);

export const reservedKeys = ({ isSite, onSite, onPart }: KeyCommands) => ({
  wanted: (chord: XChord): boolean => verdictOf(chord) !== 'pass',
  onChord(chord: XChord, windowClass: string): void {
    const verdict = verdictOf(chord);
    if (verdict === 'pass' || verdict === 'swallow') return;
    if (isSite(windowClass)) onSite(verdict);
    else if (verdict === 'next-part' || verdict === 'previous-part') onPart(verdict);
  },
});
