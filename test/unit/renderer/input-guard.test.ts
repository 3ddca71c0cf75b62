import { describe, expect, test } from 'vitest';
import { isReserved } from '../../../renderer/app/input-guard.ts';
import { wholePixels } from '../../../renderer/features/browsing/free-rect.svelte.ts';

const key = (name: string, held: Partial<{ ctrl: boolean; alt: boolean; meta: boolean; altGraph: boolean }> = {}) => ({
  key: name,
  ctrlKey: held.ctrl ?? false,
  altKey: held.alt ?? false,
  metaKey: held.meta ?? false,
  getModifierState: (modifier: string) => modifier === 'AltGraph' && (held.altGraph ?? false),
});

describe('keys', () => {
  test.each([
    ['F1', {}],
    ['F12', {}],
    ['p', { ctrl: true }],
    ['T', { ctrl: true }],
    ['+', { ctrl: true }],
    ['ArrowLeft', { alt: true }],
    ['l', { meta: true }],
    ['ContextMenu', {}],
  ])('%s with %o belongs to the browser', (name, held) => {
    expect(isReserved(key(name, held))).toBe(true);
  });

  test.each([
    ['a', {}],
    ['F', {}],
    ['Enter', {}],
    ['Tab', {}],
    ['c', { ctrl: true }],
    ['V', { ctrl: true }],
    ['Control', { ctrl: true }],
    ['@', { ctrl: true, alt: true, altGraph: true }],
  ])('%s with %o belongs to the person', (name, held) => {
    expect(isReserved(key(name, held))).toBe(false);
  });
});

describe('the free rectangle', () => {
  test('is in whole pixels, each edge rounded by itself', () => {
    expect(wholePixels({ left: 469.6, top: 111.5, right: 1920, bottom: 1080 })).toEqual({
      x: 470,
      y: 112,
      width: 1450,
      height: 968,
    });
  });

  test('is nothing when there is no room', () => {
    expect(wholePixels({ left: 10, top: 10, right: 10.2, bottom: 400 })).toBeNull();
  });
});
