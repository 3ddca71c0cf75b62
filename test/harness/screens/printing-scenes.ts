/** The print screen in each of its states. */
import type { Page } from 'playwright-core';
import type { KioskState } from '../../../main/contract/index.ts';
import { printerReasons, type PrinterReason } from '../../../main/contract/printer-reasons.ts';
import type { Scene } from './scenes.ts';
import { sampleJob, samplePrinting } from './sample-printing.ts';

type Printing = KioskState['printing'];

const open = async (page: Page, change: Partial<Printing>): Promise<void> => {
  await page.evaluate(() => window.fakeKiosk?.phase({ name: 'active' }));
  await page.locator('[role=search] input').fill('apl');
  await page.locator('.results button').first().click();
  await page.locator('.have button').last().click();
  await page.evaluate((state) => window.fakeKiosk?.set('printing', state), { ...samplePrinting, ...change });
  await page.waitForSelector('main h1');
  await page.waitForLoadState('networkidle');
};
const scene = (name: string, change: Partial<Printing>): Scene => ({
  name: `print-${name}`,
  show: (page) => open(page, change),
});
const job = (name: string, change: Partial<NonNullable<Printing['job']>>): Scene =>
  scene(name, { job: sampleJob(change) });
const document = (change: Partial<NonNullable<Printing['document']>>): Printing['document'] =>
  samplePrinting.document && { ...samplePrinting.document, ...change };

export const printingScenes: readonly Scene[] = [
  scene('choose', {}),
  scene('paid', { free: false }),
  scene('one', { document: document({ pages: 1, blank: [], landscape: [], cleaned: true }) }),
  scene('long', { document: document({ pages: 60, blank: [], landscape: [] }) }),
  {
    name: 'print-long-ask',
    show: async (page) => {
      await open(page, {
        document: document({ pages: 60, blank: [], landscape: [] }),
        allowance: { limit: 90, left: 80 },
      });
      await page.locator('.foot .primary').click();
      await page.waitForSelector('dialog');
    },
  },
  scene('away', { printer: { ...samplePrinting.printer, state: 'away', code: 'printer.unreachable' } }),
  scene('paper-low', { printer: { ...samplePrinting.printer, reasons: ['paper-low'] } }),
  {
    name: 'accueil-printer',
    show: async (page) => {
      await page.evaluate((state) => window.fakeKiosk?.set('printing', state), { ...samplePrinting, trouble: true });
      await page.waitForSelector('.trouble');
    },
  },
  scene('preparing', { document: null, preparing: true }),
  scene('refused', { document: null, refusal: 'encrypted' }),
  {
    name: 'print-last-pages',
    show: async (page) => {
      await page.evaluate((state) => window.fakeKiosk?.set('printing', state), {
        ...samplePrinting,
        job: sampleJob({}),
      });
      await page.evaluate(() => window.fakeKiosk?.phase({ name: 'wiping' }));
      await page.waitForSelector('main h1');
    },
  },
  job('sending', { stage: 'sending', sidesOut: 0 }),
  job('printing', {}),
  job('slow', { slow: true, sidesOut: 0, stage: 'waiting' }),
  job('done', { stage: 'ended', end: 'done', sidesOut: 4 }),
  job('sent', { stage: 'ended', end: 'sent', sidesOut: 0 }),
  job('ask', { stage: 'ended', end: 'unconfirmed', sidesOut: 0 }),
  job('cancelled', { stage: 'ended', end: 'cancelled', sidesOut: 2 }),
  job('stuck', { stage: 'ended', end: 'failed', code: 'printer.stuck', retry: 'after-help', sidesOut: 1 }),
  job('quota', { stage: 'ended', end: 'failed', code: 'printer.quota', retry: 'after-help', sidesOut: 0 }),
  scene('no-paper', { printer: { ...samplePrinting.printer, state: 'away', code: 'printer.no-page-paper' } }),
  scene('cannot', { printer: { ...samplePrinting.printer, state: 'away', code: 'printer.cannot' } }),
  job('failed-now', { stage: 'ended', end: 'failed', code: 'printer.slow', retry: 'now', sidesOut: 0 }),
  {
    name: 'print-ask-count',
    show: async (page) => {
      await open(page, { job: sampleJob({ stage: 'ended', end: 'unconfirmed', sidesOut: 0 }) });
      await page.getByRole('button', { name: /une partie|Only some/i }).click();
      await page.waitForSelector('dialog');
    },
  },
  job('ask-silent', { stage: 'ended', end: 'unconfirmed', code: 'printer.unsure', sidesOut: 1 }),
  ...(Object.keys(printerReasons) as PrinterReason[]).map((reason) =>
    job(`trouble-${reason}`, { stage: 'stopped', reasons: [reason] }),
  ),
];
