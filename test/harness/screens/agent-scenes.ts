/** The agent's sign-in and area, with the figures page of a made-up kiosk. */
import type { Page } from 'playwright-core';
import type { StatusLine } from '../../../main/contract/agent.ts';
import type { KioskState } from '../../../main/contract/index.ts';
import { buildReport } from '../../../main/features/usage/report.ts';
import { sampleKnown, sampleSite } from '../../unit/usage/sample-site.ts';
import type { Scene } from './scenes.ts';

export const closedArea: KioskState['agent'] = {
  gesture: 'hold-corner',
  holdS: 0.2,
  corner: 'bottom-left',
  passphraseSet: true,
  maySet: false,
  open: false,
  outOfService: false,
  pageOut: 'none',
  messages: ['Vendredi 27, le point numérique ferme à midi.'],
};

const status: readonly StatusLine[] = [
  { name: 'printer', state: 'bad', sentence: 'L’imprimante n’a plus de papier. Remettez-en dans le bac 1.' },
  { name: 'scanner', state: 'good', sentence: 'Le scanner est prêt.' },
  { name: 'network', state: 'good', sentence: 'Le réseau répond.' },
  {
    name: 'memory',
    state: 'look',
    sentence:
      'Documents : chiffrés, mais sur le disque. La mémoire vive était pleine au démarrage. Redémarrez le PC ; si cela revient, prévenez le service informatique.',
  },
  { name: 'reset', state: 'good', sentence: 'La dernière remise à zéro est prouvée : rien ne restait.' },
  { name: 'configuration', state: 'look', sentence: '53 démarches ; une adresse n’a pas été vérifiée depuis un an.' },
  { name: 'version', state: 'none', sentence: 'Version 0.1.0' },
];

const report = (kind: 'week' | 'month', id: string, perWeek: number) =>
  buildReport({
    site: sampleSite('2025-W40', 61, perWeek),
    period: { kind, id },
    known: sampleKnown,
    place: 'MSD de Moulins',
    threshold: 1,
    notices: [],
  });

const answers = async (page: Page, perWeek: number, period: readonly ['week' | 'month', string]): Promise<void> => {
  await page.evaluate(
    ([figures, lines]) => {
      window.fakeKiosk?.answer('agent.report', figures);
      window.fakeKiosk?.answer('agent.status', lines);
    },
    [report(...period, perWeek), status] as const,
  );
};
const area = async (
  page: Page,
  perWeek: number,
  change: Partial<KioskState['agent']> = {},
  period: readonly ['week' | 'month', string] = ['week', '2026-W47'],
): Promise<void> => {
  await answers(page, perWeek, period);
  await page.evaluate((state) => window.fakeKiosk?.set('agent', state), { ...closedArea, open: true, ...change });
  await page.waitForSelector('dialog h2');
};
const door = async (page: Page, change: Partial<KioskState['agent']> = {}): Promise<void> => {
  // Wait for the screens: before they are drawn, they do not listen to presses in the corner.
  await page.waitForSelector('h1');
  await page.evaluate(
    async (state) => {
      window.fakeKiosk?.set('agent', state);
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    },
    { ...closedArea, ...change },
  );
  const size = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.move(10, size.height - 10);
  await page.mouse.down();
  await page.waitForSelector('dialog h1');
  await page.mouse.up();
};

export const agentScenes: readonly Scene[] = [
  { name: 'agent-door', show: (page) => door(page) },
  { name: 'agent-door-not-set', show: (page) => door(page, { passphraseSet: false }) },
  { name: 'agent-first', show: (page) => door(page, { passphraseSet: false, maySet: true }) },
  { name: 'agent-week', show: (page) => area(page, 120) },
  { name: 'agent-week-few', show: (page) => area(page, 12) },
  {
    name: 'agent-week-charts',
    show: async (page) => {
      await area(page, 120);
      await page.locator('dialog .chart').first().scrollIntoViewIfNeeded();
      await page.locator('dialog .chart').nth(1).scrollIntoViewIfNeeded();
    },
  },
  {
    // Some of its half-days are too small to be shown.
    name: 'agent-month-charts',
    show: async (page) => {
      await area(page, 40, {}, ['month', '2026-10']);
      await page.locator('dialog .chart').first().scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'agent-week-end',
    show: async (page) => {
      await area(page, 120);
      await page.locator('dialog .tables').scrollIntoViewIfNeeded();
    },
  },
  {
    name: 'agent-machine',
    show: async (page) => {
      await area(page, 120, { outOfService: true });
      await page.locator('dialog nav button').nth(1).click();
      await page.waitForSelector('dialog .lines li');
    },
  },
  {
    name: 'agent-welcome',
    show: async (page) => {
      await area(page, 120);
      await page.locator('dialog nav button').nth(2).click();
      await page.waitForSelector('dialog input');
    },
  },
];
