import { expect, it } from 'vitest';
import { doublePress } from '../../../main/shell/guest/double-press.ts';

const press = (presses: ReturnType<typeof doublePress>, detail: number, isTrusted = true): boolean => {
  const spent = ['mousedown', 'mouseup', 'click'].map((type) =>
    presses.isSpent({ type, detail, isTrusted, composedPath: () => [] } as unknown as MouseEvent),
  );
  expect(new Set(spent).size).toBe(1);
  return spent[0] === true;
};
const leads = (presses: ReturnType<typeof doublePress>, sameDocument = false, downloadRequest: string | null = null) =>
  presses.led({ destination: { sameDocument }, downloadRequest } as unknown as NavigateEvent);

it('takes the second press of one whose first was on the page before for nothing, and the next press for itself', () => {
  const presses = doublePress();
  expect(press(presses, 2)).toBe(true);
  expect(press(presses, 3)).toBe(true);
  expect(press(presses, 1)).toBe(false);
  expect(press(presses, 2)).toBe(false);
});

it('takes it for nothing once the first has led away, and only then', () => {
  const presses = doublePress();
  press(presses, 1);
  leads(presses, true);
  leads(presses, false, 'accuse.pdf');
  expect(press(presses, 2)).toBe(false);
  leads(presses);
  expect(press(presses, 2)).toBe(true);
});

it('leaves what a page presses by itself', () => {
  expect(press(doublePress(), 2, false)).toBe(false);
});
