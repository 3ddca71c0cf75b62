import { describe, expect, it } from 'vitest';
import { partAfter } from '../../../renderer/features/browsing/screen-parts.svelte.ts';

describe('the parts of the screen of a site', () => {
  it('follow each other from the site to the guidance, the bar, and the site again', () => {
    expect([partAfter('site', false), partAfter('strip', false), partAfter('bar', false)]).toEqual([
      'strip',
      'bar',
      'site',
    ]);
  });
  it('and the other way round with Shift', () => {
    expect([partAfter('site', true), partAfter('bar', true), partAfter('strip', true)]).toEqual([
      'bar',
      'strip',
      'site',
    ]);
  });
  it('begin with the guidance, where nothing has the keyboard', () => {
    expect(partAfter(undefined, false)).toBe('strip');
  });
});
