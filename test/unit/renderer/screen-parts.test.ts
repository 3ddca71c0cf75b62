import { describe, expect, it } from 'vitest';
import { partAfter } from '../../../renderer/features/browsing/screen-parts.svelte.ts';

describe('F6 on the screen of a site', () => {
  it('moves the focus from the site to the guidance, the bar, and back to the site', () => {
    expect([partAfter('site', false), partAfter('strip', false), partAfter('bar', false)]).toEqual([
      'strip',
      'bar',
      'site',
    ]);
  });
  it('moves the focus the other way with Shift', () => {
    expect([partAfter('site', true), partAfter('bar', true), partAfter('strip', true)]).toEqual([
      'bar',
      'strip',
      'site',
    ]);
  });
  it('starts with the guidance when nothing has the focus', () => {
    expect(partAfter(undefined, false)).toBe('strip');
  });
});
