import { describe, expect, it } from 'vitest';
import { dropSelections, heldSelections } from '../../../../main/platform/x11/selections.ts';

describe('a missing display', () => {
  it.each(['', 'nonsense', ':4093'])('is an error and not an empty clipboard (%j)', async (name) => {
    await expect(heldSelections({ name })).rejects.toThrow();
    await expect(dropSelections({ name })).rejects.toThrow();
  });
});
