/**
 * Keys that a page or a person must not reach the browser or the desktop with. Copy, paste, cut, undo, redo, select all,
 * Tab, arrows, Home, End, Page Up/Down and Ctrl +/- (zoom) are not here, so they keep working.
 * One table for both shells: the in-page filter (Chromium) and `before-input-event` (Electron).
 */
export interface KeyChord {
  /** `KeyboardEvent.key`, compared without case; `*` is any key. */
  readonly key: string;
  readonly ctrl?: true;
  readonly alt?: true;
  readonly meta?: true;
  /** Absent: with or without Shift. */
  readonly shift?: boolean;
}

export type KeyPlace = 'kiosk-view' | 'guest';

const ctrl = (...keys: readonly string[]): readonly KeyChord[] => keys.map((key) => ({ key, ctrl: true }));
const plain = (...keys: readonly string[]): readonly KeyChord[] => keys.map((key) => ({ key }));
const alt = (...keys: readonly string[]): readonly KeyChord[] => keys.map((key) => ({ key, alt: true }));

const EVERYWHERE: readonly KeyChord[] = [
  // windows, tabs, address bar, files, history, downloads, bookmarks, search, source, print, quit, reload, task list
  ...ctrl('t', 'n', 'w', 'o', 's', 'p', 'u', 'j', 'h', 'd', 'e', 'k', 'l', 'f', 'g', 'q', 'r', 'b', 'i', 'm'),
  ...ctrl('1', '2', '3', '4', '5', '6', '7', '8', '9', 'tab', 'pageup', 'pagedown', 'f4', 'f5', 'enter', 'escape'),
  // developer tools, other profiles, clearing data
  ...ctrl('delete').map((chord) => ({ ...chord, shift: true })),
  ...ctrl('c').map((chord) => ({ ...chord, shift: true })),
  ...plain('f1', 'f3', 'f5', 'f6', 'f7', 'f10', 'f11', 'f12', 'contextmenu', 'browserhome', 'browserback', 'browserforward'),
  ...plain('browserrefresh', 'browsersearch', 'browserfavorites', 'launchmail', 'launchapplication1', 'launchapplication2'),
  { key: 'escape', shift: true },
  ...alt('arrowleft', 'arrowright', 'home', 'f4', 'd', 'e', 'f', 'tab', 'enter', ' ', 'escape'),
  { key: '*', meta: true },
  { key: '*', ctrl: true, alt: true, shift: true },
];

/** Our own screens have one text field: nothing to zoom there, the bar's text size does it. */
const KIOSK_VIEW_ONLY: readonly KeyChord[] = ctrl('+', '-', '=', '0');

export const reservedKeyChords = (place: KeyPlace): readonly KeyChord[] =>
  place === 'guest' ? EVERYWHERE : [...EVERYWHERE, ...KIOSK_VIEW_ONLY];

export interface PressedKey {
  readonly key: string;
  readonly ctrl: boolean;
  readonly alt: boolean;
  readonly meta: boolean;
  readonly shift: boolean;
}

export const isReserved = (place: KeyPlace, pressed: PressedKey): boolean =>
  reservedKeyChords(place).some(
    (chord) =>
      (chord.key === '*' || chord.key === pressed.key.toLowerCase()) &&
      (chord.ctrl ?? false) === pressed.ctrl &&
      (chord.alt ?? false) === pressed.alt &&
      (chord.meta ?? false) === pressed.meta &&
      (chord.shift === undefined || chord.shift === pressed.shift),
  );
