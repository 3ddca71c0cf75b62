import { describe, expect, it } from 'vitest';
import { createAllowance } from '../../../main/features/printing/allowance.ts';
import { checkChoice, pagesOf } from '../../../main/features/printing/choice.ts';

const limits = { pages: 6, blank: new Set([4]), left: 10, longFrom: 15 };
const choice = { pages: [], copies: 1, longAgreed: false };

describe('the choice of pages', () => {
  it('is every page with something on it when none was chosen', () => {
    expect(pagesOf([], limits)).toEqual({ ok: true, value: [1, 2, 3, 5, 6] });
  });
  it('prints a blank page when it was chosen', () => {
    expect(pagesOf([{ from: 4, to: 4 }], limits)).toEqual({ ok: true, value: [4] });
  });
  it('prints a page in two ranges once, in document order', () => {
    expect(
      pagesOf(
        [
          { from: 5, to: 6 },
          { from: 1, to: 5 },
        ],
        limits,
      ),
    ).toEqual({ ok: true, value: [1, 2, 3, 4, 5, 6] });
  });
  it.each([[{ from: 5, to: 7 }], [{ from: 3, to: 2 }]])('refuses %o', (range) =>
    expect(pagesOf([range], limits)).toEqual({ ok: false, error: 'range' }),
  );
  it('refuses a document of blank pages unless one is chosen', () => {
    const blank = { ...limits, blank: new Set([1, 2, 3, 4, 5, 6]) };
    expect(checkChoice(choice, blank)).toEqual({ ok: false, error: 'nothing-chosen' });
  });
  it('counts copies against the allowance', () => {
    expect(checkChoice({ ...choice, copies: 2 }, limits)).toMatchObject({ ok: true });
    expect(checkChoice({ ...choice, copies: 3 }, limits)).toEqual({ ok: false, error: 'allowance' });
    expect(checkChoice({ ...choice, copies: 2 }, { ...limits, left: null })).toMatchObject({ ok: true });
  });
  it('asks before a long print', () => {
    const long = { ...limits, left: null, longFrom: 5 };
    expect(checkChoice(choice, long)).toEqual({ ok: false, error: 'long' });
    expect(checkChoice({ ...choice, longAgreed: true }, long)).toMatchObject({ ok: true });
  });
});

describe('the allowance of a session', () => {
  it('reserves pages of a running job and deducts only those that came out', () => {
    const allowance = createAllowance(10);
    const settle = allowance.reserve(6);
    expect(allowance.left()).toBe(4);
    settle(2);
    settle(2);
    expect(allowance.left()).toBe(8);
  });
  it('grows when the agent gives more', () => {
    const allowance = createAllowance(10);
    allowance.reserve(10)(10);
    allowance.add(5);
    expect([allowance.limit(), allowance.left()]).toEqual([15, 5]);
  });
  it('counts nothing when pages are not counted', () => {
    const allowance = createAllowance(null);
    allowance.reserve(400)(400);
    expect(allowance.left()).toBeNull();
  });
});
