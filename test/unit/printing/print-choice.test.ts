import { describe, expect, it } from 'vitest';
import { PrintChoice } from '../../../renderer/features/printing/print-choice.svelte.ts';
import { samplePrinting } from '../../harness/screens/sample-printing.ts';

const choose = (change: Partial<NonNullable<typeof samplePrinting.document>> = {}) =>
  new PrintChoice(() => ({
    ...samplePrinting,
    document: samplePrinting.document && { ...samplePrinting.document, pages: 6, blank: [4], ...change },
  }));

describe('what the person chooses on the print screen', () => {
  it('saves paper by default: both sides, no colour, one copy, no blank page', () => {
    const choice = choose();
    expect([choice.twoSided, choice.colour, choice.copies, choice.sides, choice.ranges]).toEqual([
      true,
      false,
      1,
      5,
      [],
    ]);
    expect([choice.chosen(3), choice.chosen(4)]).toEqual([true, false]);
  });

  it('selects only the page that is touched', () => {
    const choice = choose();
    choice.touch(3);
    choice.touch(5);
    expect([choice.which, choice.ranges, choice.sides]).toEqual(['one', [{ from: 5, to: 5 }], 1]);
  });

  it('selects a range by its two ends, in either order', () => {
    const choice = choose();
    choice.use('range');
    choice.touch(5);
    expect([choice.sides, choice.chosen(5), choice.chosen(4)]).toEqual([1, true, false]);
    choice.touch(2);
    expect(choice.ranges).toEqual([{ from: 2, to: 5 }]);
    choice.copies = 2;
    expect(choice.sides).toBe(8);
    choice.touch(1);
    expect(choice.ranges).toEqual([{ from: 1, to: 1 }]);
  });

  it('drops a range that the page of a site, prepared again, no longer has', () => {
    let pages = 6;
    const choice = new PrintChoice(() => ({
      ...samplePrinting,
      document: samplePrinting.document && { ...samplePrinting.document, pages },
    }));
    choice.use('range');
    choice.touch(4);
    choice.touch(6);
    expect(choice.sides).toBe(3);
    pages = 5;
    expect([choice.sides, choice.from, choice.to, choice.ranges]).toEqual([0, null, null, []]);
    choice.touch(2);
    expect(choice.ranges).toEqual([{ from: 2, to: 2 }]);
  });

  it('prints a blank document only because it was seen to be blank', () => {
    const choice = choose({ pages: 1, blank: [1] });
    expect([choice.onlyBlank, choice.sides, choice.ranges]).toEqual([true, 1, [{ from: 1, to: 1 }]]);
  });
});
