/** The double-press filter on the events of a fake window. `presses-twice.test.ts` runs it in a browser. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { doublePress } from '../../../main/shell/guest/double-press.ts';

interface Leading {
  readonly destination: { readonly sameDocument: boolean };
  readonly downloadRequest: string | null;
}
let lead: (event: Leading) => void;
let swallowed: string[];
let press: (detail: number, isTrusted?: boolean) => boolean;

beforeEach(() => {
  vi.stubGlobal('navigation', { addEventListener: (_: string, listener: typeof lead) => void (lead = listener) });
  swallowed = [];
  const hear = doublePress(({ type }) => void swallowed.push(type));
  press = (detail, isTrusted = true) => {
    swallowed = [];
    for (const type of ['mousedown', 'mouseup', 'click'])
      hear({ type, detail, isTrusted, composedPath: () => [] } as unknown as MouseEvent);
    expect([0, 3]).toContain(swallowed.length);
    return swallowed.length > 0;
  };
});
afterEach(() => vi.unstubAllGlobals());
const leads = (sameDocument = false, downloadRequest: string | null = null): void =>
  lead({ destination: { sameDocument }, downloadRequest });

it('ignores the second press of a double press whose first was on the previous page, and accepts the next press', () => {
  expect(press(2)).toBe(true);
  expect(press(3)).toBe(true);
  expect(press(1)).toBe(false);
  expect(press(2)).toBe(false);
});

it('ignores the second press only after the first has started a navigation', () => {
  press(1);
  leads(true);
  leads(false, 'accuse.pdf');
  expect(press(2)).toBe(false);
  leads();
  expect(press(2)).toBe(true);
});

it('lets the synthetic presses of a page through', () => {
  expect(press(2, false)).toBe(false);
});
