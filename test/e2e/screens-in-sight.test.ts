/**
 * The screens on the fake kiosk, in small and large windows: choices and the main button are visible, « Retour » has a
 * fixed place, and all text is large enough to read while standing.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TextSize } from '../../main/contract/session.ts';
import { outOfSight, smallerThan } from '../harness/screens/in-sight.ts';
import { cutWords } from '../harness/screens/looks.ts';
import { openScreens, type OpenScreens } from '../harness/screens/open-screens.ts';
import { scenes } from '../harness/screens/scenes.ts';

let screens: OpenScreens;

beforeAll(async () => {
  screens = await openScreens();
});
afterAll(async () => screens?.close());

interface Look {
  readonly width: number;
  readonly height: number;
  readonly textSize: TextSize;
}
const low: Look = { width: 1280, height: 800, textSize: 'normal' };
const lowLargest: Look = { ...low, textSize: 'largest' };
const old: Look = { width: 1024, height: 768, textSize: 'normal' };
const large: Look = { width: 1920, height: 1080, textSize: 'normal' };
const largeLargest: Look = { ...large, textSize: 'largest' };

/**
 * One page for each look: each scene loads the screens anew, but a new browser window for each would take as long
 * again.
 */
const pages = new Map<Look, Promise<Page>>();
const show = async (name: string, look: Look): Promise<Page> => {
  const scene = scenes.find((one) => one.name === name);
  if (!scene) throw new Error(`no scene "${name}"`);
  const { width, height, textSize } = look;
  if (!pages.has(look)) pages.set(look, screens.browser.newPage({ viewport: { width, height } }));
  const page = await pages.get(look);
  if (!page) throw new Error('no page');
  await page.goto(screens.address);
  await page.evaluate((size) => window.fakeKiosk?.preferences({ textSize: size }), textSize);
  await scene.show(page);
  await page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  });
  return page;
};
/** Collects the problems of each scene, leaving out scenes without any. */
const inEach = async <T>(
  names: readonly string[],
  look: Look,
  measure: (page: Page) => Promise<T | undefined>,
): Promise<Readonly<Record<string, T>>> => {
  const seen: Record<string, T> = {};
  for (const name of names) {
    const found = await measure(await show(name, look));
    if (found !== undefined) seen[name] = found;
  }
  return seen;
};
const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);
/** One screen of each kind; `test/harness/screens/shots.ts` shows them all. */
const kinds = [
  'accueil',
  'pick',
  'theme',
  'sheet',
  'visit',
  'files-none',
  'files-choose',
  'documents-one',
  'documents-list',
  'scan-modes',
  'scan-place',
  'print-choose',
  'directory-places',
  'directory-place',
  'tutorial-end',
  'leaving',
];

describe.each([
  ['1280×800', low],
  ['1280×800 and the largest words', lowLargest],
  ['1920×1080 and the largest words', largeLargest],
] as const)('at %s', (_name, look) => {
  it.each([
    ['panel-size', '.choice'],
    ['documents-one', '.actions button'],
    ['scan-page-one', '.tools button'],
    ['print-choose', '.often button, .choices [aria-pressed=true]'],
  ])('%s: all of %s is in sight', async (name, selector) => {
    const page = await show(name, look);
    await page.locator(selector).first().waitFor();
    expect(await outOfSight(page, selector)).toEqual([]);
  });

  it('the yellow button is visible on every screen', async () => {
    expect(await inEach(kinds, look, async (page) => some(await outOfSight(page, 'button.primary')))).toEqual({});
  }, 300_000);
});

it.each([
  ['1280×800', low],
  ['1920×1080', large],
])('« J’ai fini » is on one line beside a site, at %s', async (_name, look) => {
  const page = await show('visit', look);
  const rows = await page.evaluate(() => {
    const words = document.querySelector('.visit-bar .quit button > span:last-child');
    const range = document.createRange();
    if (words) range.selectNodeContents(words);
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
  });
  expect(rows).toBe(1);
});

it.each(['leaving', 'leaving-scans', 'leaving-print-missing'])(
  '%s: all that is still to do or to take along is in sight at 1280×800',
  async (name) => {
    const page = await show(name, low);
    await page.locator('main li').nth(3).waitFor();
    expect(await outOfSight(page, 'main li')).toEqual([]);
  },
);

describe('at 1920×1080', () => {
  let seen: Readonly<Record<string, { readonly back: string | undefined; readonly small: readonly string[] }>>;
  beforeAll(async () => {
    seen = await inEach(kinds, large, async (page) => {
      const back = page.locator('main button.ghost', { hasText: 'Retour' });
      const box = (await back.count()) === 1 ? await back.boundingBox() : null;
      return {
        back: box ? `${Math.round(box.x)}, ${Math.round(box.y)}` : undefined,
        small: await smallerThan(page, 22),
      };
    });
  }, 300_000);

  it('« Retour » is always at the same place', () => {
    const places = Object.entries(seen).flatMap(([name, { back }]) => (back === undefined ? [] : [[name, back]]));
    expect(places.length).toBeGreaterThan(7);
    expect(new Set(places.map(([, at]) => at)).size, JSON.stringify(places, undefined, 2)).toBe(1);
  });

  it('no text is smaller than 22 pixels', () => {
    expect(Object.keys(seen)).toEqual(kinds);
    for (const [name, { small }] of Object.entries(seen)) expect(small, name).toEqual([]);
  });
});

describe('at 1024×768, an old 4:3 screen', () => {
  it('the yellow button is visible, and no word is cut', async () => {
    const seen = await inEach(kinds, old, async (page) =>
      some([...(await outOfSight(page, 'button.primary')), ...(await cutWords(page))]),
    );
    expect(seen).toEqual({});
  }, 300_000);

  it('the name of the site does not lie on the tools of the bar', async () => {
    const page = await show('visit', old);
    const [tools, under] = await page.evaluate(() => {
      const name = document.querySelector('.visit-bar .where')?.getBoundingClientRect();
      const all = [...document.querySelectorAll('.visit-bar .tool')];
      const touched = all.filter((tool) => {
        const { left, right, top, bottom } = tool.getBoundingClientRect();
        return !name || (left < name.right && right > name.left && top < name.bottom && bottom > name.top);
      });
      return [all.length, touched.map((one) => one.textContent)];
    });
    expect(tools).toBeGreaterThan(6);
    expect(under).toEqual([]);
  });
});

it('beside a site nothing of ours is yellow, because the next step is in the site', async () => {
  const seen = await inEach(['visit', 'visit-code', 'visit-code-step', 'visit-sent', 'visit-answered'], large, (page) =>
    page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'));
      const yellows = ['--action', '--hint-tint'].map((name) => {
        probe.style.color = `var(${name})`;
        return getComputedStyle(probe).color;
      });
      probe.remove();
      const own = [...document.querySelectorAll('aside.strip, aside.strip *')].filter((one) => {
        const { backgroundColor, borderTopColor, fill, stroke } = getComputedStyle(one);
        return [backgroundColor, borderTopColor, fill, stroke].some((colour) => yellows.includes(colour));
      });
      return own.length > 0 ? own.map((one) => one.outerHTML.slice(0, 80)) : undefined;
    }),
  );
  expect(seen).toEqual({});
});

it.each<Look>([low, { ...low, textSize: 'large' }, lowLargest, old, { width: 1080, height: 1920, textSize: 'normal' }])(
  'a site stays in its place while its page loads, at $width×$height with $textSize text',
  async (look) => {
    const page = await show('visit', look);
    const height = (): Promise<number> =>
      page.evaluate(() => Math.round(document.querySelector('.visit-bar + *')?.getBoundingClientRect().top ?? 0));
    const before = await height();
    await page.evaluate(() => window.fakeKiosk?.loading(true));
    await page.getByText('La page se charge').waitFor();
    expect(await height()).toBe(before);
    expect(before).toBeGreaterThan(0);
  },
);
