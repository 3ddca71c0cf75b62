/** The script of our own world, in a page that has only what it needs of a browser. */
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { isolatedSource } from '../../../main/shell/guest/in-page.ts';

const openPage = () => {
  const names = { report: 'report', again: 'again', zone: 'zone' };
  const told: string[] = [];
  const ears: ((event: unknown) => void)[] = [];
  const listens = { addEventListener: () => undefined };
  const page = {
    addEventListener: (type: string, ear: (event: unknown) => void) => void (type === 'keydown' && ears.push(ear)),
    navigation: listens,
    document: { ...listens, adoptedStyleSheets: [] },
    CSSStyleSheet: class {
      replaceSync(): void {}
    },
    MutationObserver: class {
      observe(): void {}
    },
    origin: 'https://un.exemple.test',
    location: { protocol: 'https:' },
    self: 'the window',
    top: 'the window',
    [names.report]: (text: string) => void told.push(text),
  };
  runInNewContext(isolatedSource(names, 'guest', 'beside'), page);
  return {
    told,
    /** Whether the key was kept from the page. */
    press(key: string, isTrusted: boolean, ctrlKey = false): boolean {
      let kept = false;
      const event = { type: 'keydown', key, code: key, ctrlKey, altKey: false, shiftKey: false, metaKey: false };
      const keep = { preventDefault: () => void (kept = true), stopImmediatePropagation: () => undefined };
      for (const ear of ears) ear({ ...event, ...keep, isTrusted });
      return kept;
    },
  };
};

it('reports the keys of a person that are meant for the kiosk', () => {
  const { told, press } = openPage();
  expect([press('F6', true), press('+', true, true), press('a', true)]).toEqual([true, true, false]);
  expect(told).toEqual(['next-part', 'zoom-in']);
});

it('keeps the same keys from the page when a script made them up, but reports none', () => {
  const { told, press } = openPage();
  for (let i = 0; i < 1_000; i++) press('F6', false);
  expect([press('F6', false), press('+', false, true)]).toEqual([true, true]);
  expect(told).toEqual([]);
});
