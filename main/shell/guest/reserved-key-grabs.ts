/**
 * The reserved keys of `reserved-keys.ts`, taken at the X server. The filter inside a page hears a key after the page's own
 * listeners may have had it, and a page can throw it out with its document; here no page is asked.
 */
import type { XChord } from '../../platform/x-keys.ts';
import { keyRules, keyVerdict, type KeyCommand, type KeyVerdict } from './reserved-keys.ts';

export type PartKey = Extract<KeyCommand, 'next-part' | 'previous-part'>;

export interface KeyCommands {
  /** Whether the site has the keyboard, by the class of the window that would have had the key. */
  readonly isSite: (windowClass: string) => boolean;
  /** Pressed while the site had the keyboard. */
  readonly onSite: (command: KeyCommand) => void;
  /** The key that goes from part to part, pressed elsewhere: the X server took it from our screens, or nobody had the keyboard. */
  readonly onPart: (key: PartKey) => void;
}

/** Both views: what our own screens refuse beyond this, their own filter refuses. */
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
