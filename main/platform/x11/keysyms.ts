/**
 * Maps X keysyms to the names of the web (`KeyboardEvent.key`). Numbers are those of `keysymdef.h` and `XF86keysym.h`.
 */

const NAMED: ReadonlyMap<number, string> = new Map([
  [0xff08, 'Backspace'],
  [0xff09, 'Tab'],
  [0xfe20, 'Tab'], // with Shift, on most keyboards
  [0xff0d, 'Enter'],
  [0xff8d, 'Enter'],
  [0xff1b, 'Escape'],
  [0xff20, 'Compose'],
  [0xffff, 'Delete'],
  [0xff9f, 'Delete'],
  [0xff63, 'Insert'],
  [0xff9e, 'Insert'],
  ...['Home', 'ArrowLeft', 'ArrowUp', 'ArrowRight', 'ArrowDown', 'PageUp', 'PageDown', 'End'].flatMap((name, i) => [
    [0xff50 + i, name] as const,
    [0xff95 + i, name] as const,
  ]),
  [0xffe1, 'Shift'],
  [0xffe2, 'Shift'],
  [0xffe3, 'Control'],
  [0xffe4, 'Control'],
  [0xffe5, 'CapsLock'],
  [0xffe6, 'CapsLock'],
  [0xffe7, 'Alt'], // the old X Meta, the shifted Alt key
  [0xffe8, 'Alt'],
  [0xffe9, 'Alt'],
  [0xffea, 'Alt'],
  [0xffeb, 'Meta'],
  [0xffec, 'Meta'],
  [0xff7f, 'NumLock'],
  [0xff7e, 'AltGraph'],
  ...[0xfe01, 0xfe02, 0xfe03, 0xfe04, 0xfe05, 0xfe11, 0xfe12, 0xfe13].map((level) => [level, 'AltGraph'] as const),
  [0x1008ff11, 'AudioVolumeDown'],
  [0x1008ff12, 'AudioVolumeMute'],
  [0x1008ff13, 'AudioVolumeUp'],
]);

const KEYPAD_SIGNS = 0xff80;
const between = (keysym: number, first: number, last: number): boolean => keysym >= first && keysym <= last;

/** Keys of the numeric pad: what they type depends on NumLock. */
export const isKeypad = (keysym: number): boolean => between(keysym, KEYPAD_SIGNS, 0xffbd);
/** The digit of a numeric pad key, 0 to 9. */
export const keypadDigit = (keysym: number): number | undefined =>
  between(keysym, 0xffb0, 0xffb9) ? keysym - 0xffb0 : undefined;

/** An unknown key gets a name that is on no list. Undefined: no such key. */
export const keyOfKeysym = (keysym: number): string | undefined => {
  if (keysym === 0) return undefined;
  const named = NAMED.get(keysym);
  if (named !== undefined) return named;
  if (between(keysym, 0x20, 0x7e) || between(keysym, 0xa0, 0xff)) return String.fromCharCode(keysym);
  if (between(keysym, 0x0100_0100, 0x0110_ffff)) return String.fromCodePoint(keysym - 0x0100_0000);
  // Pre-Unicode keysyms of other scripts: which letter it is does not matter here.
  if (between(keysym, 0x100, 0xfdff)) return 'ж';
  if (between(keysym, 0xfe50, 0xfe93)) return 'Dead';
  if (between(keysym, 0xff21, 0xff3f)) return 'Process';
  if (between(keysym, 0xffaa, 0xffb9)) return String.fromCharCode(keysym - KEYPAD_SIGNS);
  if (keysym === 0xffbd) return '=';
  if (between(keysym, 0xffbe, 0xffe0)) return `F${keysym - 0xffbd}`;
  return `X${keysym.toString(16)}`;
};
