/**
 * Grabs key chords at the X server: a grabbed chord reaches no window, whatever listeners a page has and whether or not
 * a window manager runs. A chord that another client grabbed first (the window manager's own) stays with that client.
 */
import { connectX, words, type XConnection, type XDisplay } from './connection.ts';
import { isKeypad, keyOfKeysym, keypadDigit } from './keysyms.ts';
import { GET_INPUT_FOCUS, GET_PROPERTY, QUERY_TREE } from './requests.ts';

export interface XChord {
  /** As in `KeyboardEvent.key`. */
  readonly key: string;
  /** As in `KeyboardEvent.code` for the digits of the numeric pad; empty for other keys. */
  readonly code: string;
  readonly control: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
  readonly meta: boolean;
}

export interface XKeysOptions {
  readonly wanted: (chord: XChord) => boolean;
  /** A grabbed chord was pressed; `windowClass` is that of the window that had the focus. */
  readonly onChord: (chord: XChord, windowClass: string) => void;
  readonly onEnd: () => void;
}

const GRAB_KEY = 33;
const UNGRAB_KEY = 34;
const GET_KEYBOARD_MAPPING = 101;
const KEY_PRESS = 2;
const MAPPING_NOTIFY = 34;
const OF_KEYS = 1;
const ANY_MODIFIER = 0x8000;
const ASYNC = 1;
const WM_CLASS = 67;
const STRING = 31;
const FIRST_CODE = 8;
const LAST_CODE = 255;
const MOST_PARENTS = 8;

/** Modifier bits, as every current keyboard description (xkeyboard-config) assigns them. */
const SHIFT = 1;
const CAPS_LOCK = 2;
const CONTROL = 4;
const ALT = 8;
export const NUM_LOCK = 16;
const ALT_GR = 128;

const CHORDS = [0, SHIFT, CONTROL, CONTROL | SHIFT, ALT, ALT | SHIFT, CONTROL | ALT, CONTROL | ALT | SHIFT];
/** Lock states: a chord is the same chord with CapsLock or NumLock on. */
const LOCK_STATES = [0, CAPS_LOCK, NUM_LOCK, CAPS_LOCK | NUM_LOCK];

type Levels = readonly [plain: number, shifted: number];

const chordOf = ([plain, shifted]: Levels, state: number): XChord | undefined => {
  const shift = (state & SHIFT) !== 0;
  const second = isKeypad(shifted) ? shift !== ((state & NUM_LOCK) !== 0) : shift;
  const keysym = second && shifted !== 0 ? shifted : plain;
  const key = keyOfKeysym(keysym);
  if (key === undefined) return undefined;
  const digit = keypadDigit(shifted);
  return {
    key,
    code: digit === undefined ? '' : `Numpad${digit}`,
    control: (state & CONTROL) !== 0,
    alt: (state & ALT) !== 0,
    shift,
    meta: false,
  };
};

/** Modifiers are never grabbed: an active grab would also swallow every key pressed while they are held. */
const MODIFIER_KEYS: ReadonlySet<string> = new Set(['Shift', 'Control', 'Alt', 'AltGraph', 'CapsLock', 'NumLock']);

/** Every modifier state for which the chord is wanted. */
export const statesToGrab = (levels: Levels, wanted: (chord: XChord) => boolean): readonly number[] =>
  CHORDS.flatMap((chord) =>
    LOCK_STATES.map((beside) => chord | beside).flatMap((state) => {
      const pressed = chordOf(levels, state);
      if (pressed === undefined || MODIFIER_KEYS.has(pressed.key) || !wanted(pressed)) return [];
      // AltGr types characters. With Control it types nothing, and a browser treats it as Control alone.
      return pressed.control ? [state, state | ALT_GR] : [state];
    }),
  );

/** Number of states of a key whose every chord is wanted. */
const EVERY_STATE =
  CHORDS.length * LOCK_STATES.length + CHORDS.filter((chord) => chord & CONTROL).length * LOCK_STATES.length;

const grabOf = (root: number, code: number, state: number): Buffer =>
  Buffer.concat([words(root), Buffer.from([state & 0xff, state >> 8, code, ASYNC, ASYNC, 0, 0, 0])]);

/**
 * At each keyboard change the window manager grabs its own chords again, and the server compares each of them with each
 * of ours: nine thousand grabs blocked it for seconds. So a key whose every chord is wanted is one grab, unless another
 * client has a chord of it.
 */
const grabAll = async (x: XConnection, codes: ReadonlyMap<number, readonly number[]>): Promise<void> => {
  const whole = [...codes].filter(([, states]) => states.length === EVERY_STATE).map(([code]) => code);
  const taken = await x.sendChecked(
    GRAB_KEY,
    whole.map((code) => grabOf(x.root, code, ANY_MODIFIER)),
  );
  const done = new Set(whole.filter((_, at) => taken[at]));
  // `sendChecked` makes a round trip, so the grabs are in effect when this returns.
  await x.sendChecked(
    GRAB_KEY,
    [...codes].flatMap(([code, states]) => (done.has(code) ? [] : states.map((state) => grabOf(x.root, code, state)))),
  );
};

export const takeKeys = async (display: XDisplay, options: XKeysOptions): Promise<() => void> => {
  const x = await connectX(display);
  const keys = new Map<number, Levels>();
  let stopped = false;

  const take = async (first: number, last: number): Promise<void> => {
    const asked = Buffer.from([first, last - first + 1, 0, 0]);
    const reply = await x.ask(GET_KEYBOARD_MAPPING, 0, asked);
    if (reply === undefined) throw new Error('the X server does not tell its keys');
    const each = reply.readUInt8(1);
    const at = (code: number, level: number): number =>
      level < each ? reply.readUInt32LE(32 + ((code - first) * each + level) * 4) : 0;
    const changed = new Map<number, readonly number[]>();
    for (let code = first; code <= last; code++) {
      const levels: Levels = [at(code, 0), at(code, 1)];
      const before = keys.get(code);
      if (before?.[0] === levels[0] && before[1] === levels[1]) continue;
      if (before) x.tell(UNGRAB_KEY, code, Buffer.concat([words(x.root), Buffer.from([0, ANY_MODIFIER >> 8, 0, 0])]));
      keys.set(code, levels);
      changed.set(code, statesToGrab(levels, options.wanted));
    }
    await grabAll(x, changed);
  };

  const pressed = async (code: number, state: number): Promise<void> => {
    const chord = chordOf(keys.get(code) ?? [0, 0], state);
    if (chord) options.onChord(chord, await focusedClass(x));
  };
  x.onEvent((event) => {
    const kind = event.readUInt8(0) & 0x7f;
    // It fails when the server goes away, which `onEnd` reports.
    if (kind === KEY_PRESS) void pressed(event.readUInt8(1), event.readUInt16LE(28)).catch(() => undefined);
    // Another layout, or one more key (an on-screen keyboard maps a spare key to a letter for a moment).
    if (kind === MAPPING_NOTIFY && event.readUInt8(4) === OF_KEYS && event.readUInt8(6) > 0)
      void take(event.readUInt8(5), event.readUInt8(5) + event.readUInt8(6) - 1).catch(() => undefined); // as above
  });
  x.onEnd(() => stopped || options.onEnd());
  await take(FIRST_CODE, LAST_CODE);
  return () => {
    stopped = true;
    x.end();
  };
};

/** The class of the focused window. The focus may be on a subwindow, so walk up its parents. */
const focusedClass = async (x: XConnection): Promise<string> => {
  let id = (await x.ask(GET_INPUT_FOCUS, 0, Buffer.alloc(0)))?.readUInt32LE(8) ?? 0;
  for (let i = 0; i < MOST_PARENTS && id > 1; i++) {
    const named = await x.ask(GET_PROPERTY, 0, words(id, WM_CLASS, STRING, 0, 64));
    const text =
      named
        ?.subarray(32, 32 + named.readUInt32LE(16))
        .toString('latin1')
        .split('\0')[1] ?? '';
    if (text !== '') return text;
    id = (await x.ask(QUERY_TREE, 0, words(id)))?.readUInt32LE(12) ?? 0;
  }
  return '';
};
