/** The contrasts required by DESIGN §8, computed from the tokens. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const css = readFileSync(join(import.meta.dirname, '../../../renderer/styles/tokens.css'), 'utf8');

function tokensOf(theme: string): ReadonlyMap<string, string> {
  const block = new RegExp(`\\[data-colours='${theme}'\\] \\{([^}]*)\\}`).exec(css)?.[1] ?? '';
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));
}

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const tints = ['blue', 'rose', 'green', 'amber', 'clay', 'teal', 'violet', 'slate'];
const text: readonly (readonly [string, string])[] = [
  ...['ground', 'surface'].flatMap((under) =>
    ['ink', 'soft', 'off', 'blue', 'done-text', 'stop-text'].map((over) => [over, under] as const),
  ),
  ['on-action', 'action'],
  ['on-action', 'action-pressed'],
  ['on-quit', 'quit'],
  ['ink', 'hint-tint'],
  ['ink', 'done-tint'],
  ['ink', 'stop-tint'],
  ...tints.flatMap((tint) => [['ink', `tint-${tint}`] as const, ['on-tint', `tint-${tint}`] as const]),
];
const shapes: readonly (readonly [string, string])[] = [
  ['outline', 'surface'],
  ['outline', 'ground'],
  ['on-done', 'done'],
  ['done', 'surface'],
  ['stop', 'surface'],
  ['focus', 'ground'],
  ['focus', 'surface'],
  ...tints.flatMap((tint) => [[`deep-${tint}`, 'disc'] as const, [`deep-${tint}`, `tint-${tint}`] as const]),
];

describe.each(['light', 'dark', 'contrast'])('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const between = (over: string, under: string) => {
    const [a, b] = [tokens.get(over), tokens.get(under)];
    if (!a || !b) throw new Error(`${theme} has no ${a ? under : over}`);
    return contrast(a, b);
  };
  test.each(text)('text: %s on %s is at least 7:1', (over, under) => {
    expect(between(over, under)).toBeGreaterThanOrEqual(7);
  });
  test.each(shapes)('shape: %s on %s is at least 3:1', (over, under) => {
    expect(between(over, under)).toBeGreaterThanOrEqual(3);
  });
});

test('text in the high-contrast theme is at least 20:1', () => {
  const tokens = tokensOf('contrast');
  expect(contrast(tokens.get('ink') ?? '', tokens.get('ground') ?? '')).toBeGreaterThanOrEqual(20);
});
