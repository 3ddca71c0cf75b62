import { describe, expect, it } from 'vitest';
import { keyOfKeysym } from '../../../../main/platform/x11/keysyms.ts';
import { statesToGrab, type XChord } from '../../../../main/platform/x11/keys.ts';
import { reservedKeys } from '../../../../main/shell/guest/reserved-key-grabs.ts';

const SHIFT = 1;
const CONTROL = 4;
const ALT = 8;
const NUM_LOCK = 16;
const ALT_GR = 128;
/** Keysyms of a French keyboard: alone, and with Shift. */
const KEYS = {
  a: [0x61, 0x41],
  r: [0x72, 0x52],
  c: [0x63, 0x43],
  one: [0x26, 0x31],
  equal: [0x3d, 0x2b],
  agrave: [0xe0, 0x30],
  circumflex: [0xfe52, 0xfe57],
  f5: [0xffc2, 0xffc2],
  escape: [0xff1b, 0xff1b],
  tab: [0xff09, 0xfe20],
  menu: [0xff67, 0xff67],
  control: [0xffe3, 0xffe3],
  altGraph: [0xfe03, 0xfe03],
  alt: [0xffe9, 0xffe7],
  windows: [0xffeb, 0xffeb],
  keypadZero: [0xff9e, 0xffb0],
  volume: [0x1008ff13, 0x1008ff13],
  mail: [0x1008ff19, 0x1008ff19],
  ya: [0x6d1, 0x6f1],
} as const;

const { wanted } = reservedKeys({ isSite: () => false, onSite: () => undefined, onPart: () => undefined });
const taken = (key: keyof typeof KEYS): ReadonlySet<number> => new Set(statesToGrab(KEYS[key], wanted));

describe('the chords that are grabbed at the X server', () => {
  it('do not include the keys that people type with', () => {
    for (const key of ['a', 'one', 'equal', 'agrave', 'circumflex', 'tab', 'ya', 'keypadZero'] as const) {
      expect([key, taken(key).has(0)]).toEqual([key, false]);
      expect([key, taken(key).has(SHIFT)]).toEqual([key, false]);
      expect([key, taken(key).has(ALT_GR)]).toEqual([key, false]);
    }
  });

  it('do not include modifier keys, except the Windows key', () => {
    for (const key of ['control', 'alt', 'altGraph'] as const)
      expect([key, [0, SHIFT, CONTROL, ALT].filter((state) => taken(key).has(state))]).toEqual([key, []]);
    expect(taken('windows').has(0)).toBe(true);
  });

  it('do not include copy, select all and the volume keys', () => {
    expect(taken('c').has(CONTROL)).toBe(false);
    expect(taken('a').has(CONTROL)).toBe(false);
    expect(taken('volume').has(0)).toBe(false);
  });

  it('are those of the browser and the desktop, with any lock key on', () => {
    for (const state of [0, SHIFT, CONTROL, ALT, NUM_LOCK, NUM_LOCK | CONTROL])
      expect(taken('f5').has(state)).toBe(true);
    for (const state of [CONTROL, CONTROL | SHIFT, CONTROL | ALT, ALT, CONTROL | ALT_GR, CONTROL | 2])
      expect(taken('r').has(state)).toBe(true);
    expect(taken('menu').has(0)).toBe(true);
    expect(taken('mail').has(0)).toBe(true);
    expect(taken('ya').has(CONTROL)).toBe(true);
    expect(taken('escape').has(0)).toBe(false);
    expect(taken('escape').has(SHIFT)).toBe(true); // Chromium's task manager
  });

  it('do not include Alt with the keypad digits, which type É and ç', () => {
    expect(taken('keypadZero').has(ALT | NUM_LOCK)).toBe(false);
    expect(taken('keypadZero').has(CONTROL)).toBe(false); // Ctrl and Insert copies
  });
});

const commands = (chord: Partial<XChord>, windowClass: string): readonly string[] => {
  const heard: string[] = [];
  const none = { key: '', code: '', control: false, alt: false, shift: false, meta: false };
  const keys = reservedKeys({
    isSite: (name) => name === 'point-numerique-guest',
    onSite: (command) => heard.push(command),
    onPart: (command) => heard.push(`${command} of ours`),
  });
  keys.onChord({ ...none, ...chord }, windowClass);
  return heard;
};

describe('a grabbed zoom shortcut', () => {
  it('zooms only when a site has the focus', () => {
    expect(commands({ key: '+', control: true, shift: true }, 'point-numerique-guest')).toEqual(['zoom-in']);
    expect(commands({ key: 'à', control: true }, 'point-numerique-guest')).toEqual(['zoom-reset']);
    expect(commands({ key: '+', control: true }, 'point-numerique-kiosk')).toEqual([]);
    expect(commands({ key: 'F5' }, 'point-numerique-guest')).toEqual([]);
  });
});

describe('F6, which moves the focus between the parts of the screen', () => {
  const F6 = [0xffc3, 0xffc3] as const;

  it('is grabbed in every window, alone and with Shift', () => {
    const states = new Set(statesToGrab(F6, wanted));
    expect([states.has(0), states.has(SHIFT)]).toEqual([true, true]);
  });

  it('moves the focus out of the site; without a focused site it is passed to our screens', () => {
    expect(commands({ key: 'F6' }, 'point-numerique-guest')).toEqual(['next-part']);
    expect(commands({ key: 'F6', shift: true }, 'point-numerique-guest')).toEqual(['previous-part']);
    expect(commands({ key: 'F6' }, 'point-numerique-kiosk')).toEqual(['next-part of ours']);
    expect(commands({ key: 'F6', shift: true }, '')).toEqual(['previous-part of ours']);
    expect(commands({ key: 'F6', control: true }, 'point-numerique-guest')).toEqual([]);
  });
});

describe('the names of keys', () => {
  it('are those of web key events, and unknown keys get a name that is in no list', () => {
    const names = [0x41, 0x20ac + 0x0100_0000, 0xffbe, 0xffc9, 0xff55, 0xff9a, 0xffab, 0xffb7, 0x1008ff19, 0];
    expect(names.map(keyOfKeysym)).toEqual([
      'A',
      '€',
      'F1',
      'F12',
      'PageUp',
      'PageUp',
      '+',
      '7',
      'X1008ff19',
      undefined,
    ]);
  });
});
