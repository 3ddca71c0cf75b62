/** The double-press filter on the events of a fake window. `presses-twice.test.ts` runs it in a browser. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { doublePress } from '../../../main/shell/guest/double-press.ts';

interface Leading {
  readonly destination: { readonly sameDocument: boolean; readonly url: string };
  readonly downloadRequest: string | null;
  readonly navigationType: string;
}
const AT = 'https://site.exemple/demande?etape=1';
let lead: (event: Leading) => void;
let swallowed: string[];
let press: (detail: number, isTrusted?: boolean) => boolean;

beforeEach(() => {
  vi.stubGlobal('location', { href: AT });
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
const leads = (downloadRequest: string | null = null): void =>
  lead({ destination: { sameDocument: false, url: AT }, downloadRequest, navigationType: 'push' });
const changesAddress = (to: string, navigationType = 'push'): void => {
  const destination = { sameDocument: true, url: new URL(to, AT).href };
  lead({ destination, downloadRequest: null, navigationType });
};

it('ignores the second press of a double press whose first was on the previous page, and accepts the next press', () => {
  expect(press(2)).toBe(true);
  expect(press(3)).toBe(true);
  expect(press(1)).toBe(false);
  expect(press(2)).toBe(false);
});

it('ignores the second press only after the first has started a navigation', () => {
  press(1);
  leads('accuse.pdf');
  expect(press(2)).toBe(false);
  leads();
  expect(press(2)).toBe(true);
});

it.each(['#/revenus', '#!/revenus', '/revenus'])(
  'ignores it on the next step of a portal in one document: %s',
  (to) => {
    press(1);
    changesAddress(to);
    expect(press(2)).toBe(true);
  },
);

it.each([
  ['#aide', 'push'],
  ['?mois=12', 'push'],
  ['/demande?etape=1#', 'push'],
  ['/revenus', 'replace'],
])('counts both presses where only a part of the page changes: %s, %s', (to, how) => {
  press(1);
  changesAddress(to, how);
  expect(press(2)).toBe(false);
});

it('lets the synthetic presses of a page through', () => {
  expect(press(2, false)).toBe(false);
});
