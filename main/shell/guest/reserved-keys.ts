/**
 * The key chords that never reach a page. Both adapters use this table: Electron in `before-input-event`, Chromium in a
 * filter that runs before the page's own scripts. Chords with a modifier and named keys are swallowed unless listed
 * here: new keyboards have new keys, and an unknown key must do nothing.
 */
export type KeyView = 'kiosk' | 'guest';

/** Commands to the kiosk rather than to the page: another zoom, or another part of the screen. */
export type KeyCommand = 'zoom-in' | 'zoom-out' | 'zoom-reset' | 'next-part' | 'previous-part';

/** `swallow`: no one gets the key; a command is executed by the adapter, within its limits. */
export type KeyVerdict = 'pass' | 'swallow' | KeyCommand;

export interface KeyChord {
  /** As in `KeyboardEvent.key`. */
  readonly key: string;
  /** As in `KeyboardEvent.code`. */
  readonly code: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

export interface KeyRules {
  /** Named keys that may be pressed alone or with Shift. */
  readonly named: readonly string[];
  /** Of those, the ones that Shift turns into a browser command. */
  readonly notWithShift: readonly string[];
  /** Keys that may be pressed with Control, lower case. */
  readonly withControl: readonly string[];
  /** Keys that may be pressed with Control and Shift, lower case. */
  readonly withControlShift: readonly string[];
  readonly zoom: Readonly<Record<string, 'zoom-in' | 'zoom-out' | 'zoom-reset'>>;
  /** Moves from the site to our screens, and there from part to part; backwards with Shift. */
  readonly part: string;
  /** Our screens have their own text size: zooming them by keyboard would hide the bar. */
  readonly zoomIn: readonly KeyView[];
}

export const keyRules: KeyRules = {
  named: [
    'Enter',
    'Tab',
    'Backspace',
    'Delete',
    'Insert',
    'Escape',
    'ArrowLeft',
    'ArrowRight',
    'ArrowUp',
    'ArrowDown',
    'Home',
    'End',
    'PageUp',
    'PageDown',
    'Shift',
    'Control',
    'Alt',
    'AltGraph',
    'CapsLock',
    'NumLock',
    // Accents (^ then e) and the input methods of people who write other scripts.
    'Dead',
    'Compose',
    'Process',
    'Convert',
    'NonConvert',
    'HangulMode',
    'HanjaMode',
    'KanaMode',
    'KanjiMode',
    // The sound of a video: harmless, and the keyboard is the only place to lower it.
    'AudioVolumeUp',
    'AudioVolumeDown',
    'AudioVolumeMute',
  ],
  notWithShift: ['Escape'], // Chromium's task manager
  withControl: [
    'a',
    'c',
    'v',
    'x',
    'y',
    'z',
    'insert',
    'arrowleft',
    'arrowright',
    'arrowup',
    'arrowdown',
    'home',
    'end',
    'backspace',
    'delete',
    'control',
    'shift',
  ],
  withControlShift: ['v', 'z', 'arrowleft', 'arrowright', 'arrowup', 'arrowdown', 'home', 'end', 'control', 'shift'],
  zoom: { '+': 'zoom-in', '=': 'zoom-in', '-': 'zoom-out', _: 'zoom-out', '0': 'zoom-reset', à: 'zoom-reset' },
  part: 'F6',
  zoomIn: ['guest'],
};

/**
 * Uses nothing but its arguments, so that its source can be sent into a page's isolated world, with the rules as JSON.
 */
export function keyVerdict(rules: KeyRules, view: KeyView, chord: KeyChord): KeyVerdict {
  const key = chord.key;
  const lower = key.toLowerCase();
  const printable = [...key].length === 1;
  if (chord.meta || key === 'Meta') return 'swallow';
  if (chord.control && chord.alt) {
    // Windows reports AltGr as Control+Alt. On a French keyboard @ # { [ | € are typing; letters and digits are
    // shortcuts.
    if (key === 'AltGraph' || key === 'Alt' || key === 'Control') return 'pass';
    return printable && !/^[\p{L}\p{N} ]$/u.test(key) ? 'pass' : 'swallow';
  }
  if (chord.alt) {
    // Alt and the numeric pad is how many people type É or ç on Windows. With NumLock off the pad's 4 and 6 are arrows,
    // which lead back and forward with Alt.
    if (key === 'Alt' || key === 'Shift') return 'pass';
    return /^Numpad[0-9]$/.test(chord.code) && /^[0-9]$/.test(key) ? 'pass' : 'swallow';
  }
  if (chord.control) {
    const zoom = rules.zoom[lower];
    if (zoom !== undefined && Object.hasOwn(rules.zoom, lower)) return rules.zoomIn.includes(view) ? zoom : 'swallow';
    return (chord.shift ? rules.withControlShift : rules.withControl).includes(lower) ? 'pass' : 'swallow';
  }
  if (printable) return 'pass';
  // Windows' `VK_PACKET`, before a sign that no key wrote: the emoji panel, dictation, help from afar. Held back, the
  // sign would not come.
  if (key === '' && chord.code === '') return 'pass';
  if (key === rules.part) return view === 'kiosk' ? 'pass' : chord.shift ? 'previous-part' : 'next-part';
  if (chord.shift && rules.notWithShift.includes(key)) return 'swallow';
  return rules.named.includes(key) ? 'pass' : 'swallow';
}
