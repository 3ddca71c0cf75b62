/** The directory: choice of needs, places beside the map, one place, the agent's list and form. */
import type { Page } from 'playwright-core';
import type { KioskMap, StreetPlan } from '../../../main/contract/kiosk-map.ts';
import { buildMap } from '../../../main/map/build-map.ts';
import { readOfficialLists } from '../../../main/map/official-lists.ts';
import { makeShippedMaps } from '../../../main/map/write-shipped-maps.ts';
import { openStreets } from '../../../main/map/street-plan.ts';
import { systemFiles } from '../../../main/platform/files.ts';
import { outline, outlinesAreThere } from '../../unit/map/real-outlines.ts';
import { drawnTown, townBounds } from '../drawn-town.ts';
import { pmtilesFile } from '../pmtiles-file.ts';
import type { Scene } from './scenes.ts';

let official: Promise<KioskMap> | undefined;
let shipped: Promise<KioskMap> | undefined;
const shippedMap = (): Promise<KioskMap> => (shipped ??= makeShippedMaps(systemFiles).then((maps) => maps['03']!));
const officialMap = (): Promise<KioskMap> =>
  (official ??= readOfficialLists(systemFiles).then((lists) => {
    const made = buildMap([outline('communes-03.geojson'), outline('rivieres-03.geojson')], { lists });
    if (!made.ok) throw new Error(made.error.join());
    return made.value.map;
  }));

const begin = async (page: Page, map: KioskMap | null) => {
  await page.evaluate((value) => window.fakeKiosk?.answer('map.map', value), map);
  await page.evaluate(() => window.fakeKiosk?.phase({ name: 'active' }));
  await page.locator('.wide button').last().click();
  await page.waitForSelector('.needs');
};
const places = async (page: Page, map: KioskMap | null, typed = '') => {
  await begin(page, map);
  await page.locator('.needs li button').first().click();
  if (typed) await page.locator('[role=search] input').fill(typed);
  await page.waitForSelector('[data-place]');
};
const outlines = (): Promise<KioskMap> => (outlinesAreThere ? officialMap() : shippedMap());
const place = async (page: Page, name: string) => {
  await places(page, await outlines(), 'bourbon l archambo');
  const more = page.locator('button', { hasText: /Voir plus de|See more/ });
  if (await more.isVisible()) await more.click();
  await page.locator('[data-place] button', { hasText: name }).first().click();
  await page.waitForSelector('.foot button');
};
const SOMEWHERE = [3.05652, 46.58324] as const;
/** The streets of the made-up town, parsed as the kiosk does. */
const drawnStreets = async (): Promise<StreetPlan | null> => {
  const file = pmtilesFile({
    layers: drawnTown(SOMEWHERE, 'protomaps'),
    minZoom: 14,
    maxZoom: 15,
    bounds: townBounds(SOMEWHERE),
    attribution: '© OpenStreetMap',
  });
  const streets = await openStreets(
    { readPart: async (_, offset, length) => ({ ok: true, value: file.subarray(offset, offset + length) }) },
    'drawn',
  );
  const plan = streets.ok ? await streets.value.plan(SOMEWHERE) : streets;
  return plan.ok ? plan.value : null;
};
const placeWithStreets = async (page: Page) => {
  const plan = await drawnStreets();
  await page.evaluate((value) => window.fakeKiosk?.answer('map.streets', value), plan);
  await place(page, 'Bourbon-l’Archambault');
  await page.waitForSelector('.tall svg');
};
const review = async (page: Page) => {
  await page.evaluate(() =>
    window.fakeKiosk?.set('agent', {
      gesture: 'hold-corner',
      holdS: 5,
      corner: 'bottom-left',
      passphraseSet: true,
      maySet: false,
      open: true,
      outOfService: false,
      pageOut: 'none',
      messages: [],
    }),
  );
  await page.locator('dialog nav button').last().click();
  await page.waitForSelector('#review-list li');
};
const reviewForm = async (page: Page) => {
  await review(page);
  await page.locator('#review-list button').first().click();
  await page.waitForSelector('.days');
};

export const directoryScenes: readonly Scene[] = [
  { name: 'directory-needs', show: async (page) => begin(page, await outlines()) },
  { name: 'directory-places', show: async (page) => places(page, await outlines()) },
  { name: 'directory-near-bourbon', show: async (page) => places(page, await outlines(), 'bourbon l archambo') },
  {
    name: 'directory-whole-map',
    show: async (page) => {
      await places(page, await outlines());
      await page.locator('.zoom button').click();
      await page.locator('dialog .choice').nth(1).click();
    },
  },
  {
    name: 'directory-area',
    show: async (page) => {
      await places(page, await outlines());
      await page.locator('.zoom button').click();
      await page.locator('dialog .choice').nth(2).click();
    },
  },
  { name: 'directory-shipped-map', show: async (page) => places(page, await shippedMap()) },
  { name: 'directory-no-map', show: async (page) => places(page, null) },
  {
    name: 'directory-map-choice',
    show: async (page) => {
      await places(page, await outlines());
      await page.locator('.zoom button').click();
      await page.waitForSelector('dialog .choice');
    },
  },
  {
    name: 'directory-more-choices',
    show: async (page) => {
      await places(page, await outlines());
      await page.locator('.ask > button').last().click();
      await page.waitForSelector('dialog .choice');
    },
  },
  { name: 'directory-place', show: (page) => place(page, 'Bourbon-l’Archambault') },
  { name: 'directory-place-streets', show: placeWithStreets },
  {
    name: 'directory-place-streets-seen',
    show: async (page) => {
      await placeWithStreets(page);
      await page.locator('.tall').scrollIntoViewIfNeeded();
    },
  },
  { name: 'directory-place-unknown', show: (page) => place(page, 'Centre social') },
  {
    name: 'directory-place-bus',
    show: async (page) => {
      await places(page, await outlines());
      await page.locator('button', { hasText: /Voir plus de|See more/ }).click();
      await page.locator('[data-place] button', { hasText: 'Bourbon’Net' }).click();
      await page.waitForSelector('.stops');
    },
  },
  {
    name: 'directory-not-true',
    show: async (page) => {
      await place(page, 'Bourbon-l’Archambault');
      await page.locator('.foot button').first().click();
      await page.waitForSelector('dialog');
    },
  },
  { name: 'directory-review', show: review },
  { name: 'directory-review-form', show: reviewForm },
  {
    name: 'directory-review-form-changed',
    show: async (page) => {
      await reviewForm(page);
      await page.locator('.two input').first().fill('04 65 71 00 09');
      await page.locator('.buttons').scrollIntoViewIfNeeded();
    },
  },
];
