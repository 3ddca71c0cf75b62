import { describe, expect, it } from 'vitest';
import { keyRules, keyVerdict, type KeyChord, type KeyView } from '../../../main/shell/guest/reserved-keys.ts';

const chord = (text: string, code = ''): KeyChord => {
  const parts = text.split('+');
  const key = text.endsWith('++') ? '+' : (parts.at(-1) ?? '');
  return {
    key,
    code,
    control: parts.includes('Ctrl'),
    alt: parts.includes('Alt'),
    shift: parts.includes('Shift'),
    meta: parts.includes('Meta'),
  };
};
const verdict = (text: string, view: KeyView = 'guest', code = ''): string =>
  keyVerdict(keyRules, view, chord(text, code));

const SWALLOWED = [
  ...Array.from({ length: 24 }, (_, i) => `F${i + 1}`).filter((key) => key !== 'F6'),
  ...['F4', 'ArrowLeft', 'ArrowRight', 'Home', 'Tab', 'd', ' ', 'Enter', 'e', 'F'].map((key) => `Alt+${key}`),
  ...['t', 'n', 'w', 'o', 's', 'p', 'u', 'j', 'h', 'f', 'g', 'l', 'k', 'e', 'd', 'r', 'q', 'b', 'm', 'i'].map(
    (key) => `Ctrl+${key}`,
  ),
  ...['1', '9', 'Tab', 'F4', 'F5', 'Enter', 'PageUp', 'PageDown', 'Escape', 'F6'].map((key) => `Ctrl+${key}`),
  ...['N', 'I', 'J', 'C', 'T', 'W', 'Delete', 'B', 'O', 'M', 'Q', 'R', 'A', 'Tab', 'Escape', 'P', 'K'].map(
    (key) => `Ctrl+Shift+${key}`,
  ),
  ...['Delete', 'T', 't', 'F1', 'Backspace', 'ArrowLeft', 'l', ' '].map((key) => `Ctrl+Alt+${key}`),
  ...['Meta', 'Meta+d', 'Meta+r', 'Meta+Tab', 'Meta+l', 'Shift+Meta+s', 'Shift+Escape', 'Shift+F10'],
  ...['ContextMenu', 'PrintScreen', 'Pause', 'ScrollLock', 'BrowserBack', 'BrowserHome', 'BrowserSearch'],
  ...['LaunchMail', 'LaunchApplication1', 'Power', 'Sleep', 'Print', 'Open', 'Save', 'Find', 'Help', 'Eject'],
  ...['ZoomToggle', 'Unidentified', 'SomeKeyOfTomorrow', 'Ctrl+__proto__', 'constructor'],
];

const PASSED = [
  ...['a', 'é', 'À', '7', ' ', '@', '€', '中', 'Shift+A', 'Enter', 'Shift+Enter', 'Tab', 'Shift+Tab', 'Escape'],
  ...['Backspace', 'Delete', 'Home', 'End', 'PageUp', 'PageDown', 'ArrowUp', 'Shift+ArrowLeft', 'Shift+End', 'Dead'],
  ...['Ctrl+c', 'Ctrl+C', 'Ctrl+v', 'Ctrl+x', 'Ctrl+z', 'Ctrl+y', 'Ctrl+a', 'Ctrl+Insert', 'Shift+Insert'],
  ...['Shift+Delete', 'Ctrl+ArrowLeft', 'Ctrl+Shift+ArrowRight', 'Ctrl+Home', 'Ctrl+Shift+End', 'Ctrl+Shift+V'],
  ...['Ctrl+Shift+Z', 'Ctrl+Backspace', 'Control', 'Ctrl+Control', 'Shift', 'Alt', 'Alt+Alt', 'Process'],
];

describe('reserved keys', () => {
  it('let F6 lead out of a site, and pass it to our screens; never with another modifier', () => {
    expect([verdict('F6'), verdict('Shift+F6'), verdict('F6', 'kiosk'), verdict('Shift+F6', 'kiosk')]).toEqual([
      'next-part',
      'previous-part',
      'pass',
      'pass',
    ]);
    expect([verdict('Alt+F6'), verdict('Ctrl+F6', 'kiosk'), verdict('Meta+F6')]).toEqual(Array(3).fill('swallow'));
  });

  it.each(SWALLOWED)('swallow %s in both views', (text) => {
    expect([verdict(text, 'guest'), verdict(text, 'kiosk')]).toEqual(['swallow', 'swallow']);
  });

  it.each(PASSED)('let %s through in both views', (text) => {
    expect([verdict(text, 'guest'), verdict(text, 'kiosk')]).toEqual(['pass', 'pass']);
  });

  it.each(['@', '#', '{', '[', '|', '\\', '€', '~'])('let AltGr type %s as Windows reports it', (key) => {
    expect(verdict(`Ctrl+Alt+${key}`)).toBe('pass');
  });

  it('let Alt and the numeric pad type a letter, and nothing else with Alt', () => {
    expect(verdict('Alt+2', 'guest', 'Numpad2')).toBe('pass');
    expect(verdict('Alt+2', 'guest', 'Digit2')).toBe('swallow');
    // With NumLock off.
    expect(verdict('Alt+ArrowLeft', 'guest', 'Numpad4')).toBe('swallow');
  });

  // Observed in Chromium: empty `key` and `code`, `keyCode` 231.
  it('let a character without a key through, but no nameless key of a keyboard', () => {
    expect([verdict(''), verdict('', 'kiosk'), verdict('Shift+')]).toEqual(['pass', 'pass', 'pass']);
    expect([verdict('', 'guest', 'Lang5'), verdict('Ctrl+'), verdict('Alt+'), verdict('Meta+')]).toEqual(
      Array(4).fill('swallow'),
    );
  });

  it('zoom a site within limits, never our own screens', () => {
    expect(['Ctrl++', 'Ctrl+=', 'Ctrl+-', 'Ctrl+0'].map((text) => verdict(text))).toEqual([
      'zoom-in',
      'zoom-in',
      'zoom-out',
      'zoom-reset',
    ]);
    expect(['Ctrl++', 'Ctrl+-', 'Ctrl+0'].map((text) => verdict(text, 'kiosk'))).toEqual([
      'swallow',
      'swallow',
      'swallow',
    ]);
  });

  it('depend only on their arguments, so that the function can be injected into a page', () => {
    const alone = new Function(`return (${keyVerdict.toString()})`)() as typeof keyVerdict;
    expect(alone(JSON.parse(JSON.stringify(keyRules)) as typeof keyRules, 'guest', chord('Ctrl+t'))).toBe('swallow');
    expect(alone(keyRules, 'guest', chord('Ctrl+c'))).toBe('pass');
  });
});
