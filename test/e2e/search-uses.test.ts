/** « Que voulez-vous faire ? » finds what the kiosk does besides the démarches, on the fake kiosk. */
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';
import { sampleDocuments, samplePages, sampleScanning, sampleWork } from '../harness/screens/sample-documents.ts';
import { samplePrinting } from '../harness/screens/sample-printing.ts';

let page: Page;
const { open, button, asked, answersAreHeard } = onFakeKiosk(
  (next) => (page = next),
  (next) => next.clock.install(),
);
/** After this long without a keystroke, a search that found nothing is counted. */
const PAUSE_MS = 2_000;
const type = async (question: string): Promise<void> => {
  await open('pick');
  await page.locator('[role=search] input').fill(question);
};
const first = () => page.locator('.results button').first();

describe('a use of the kiosk that is typed', () => {
  it('leads to the scanner', async () => {
    await type('scanner');
    await first().filter({ hasText: 'Scanner un papier' }).click();
    await page.locator('h1', { hasText: 'Que voulez-vous scanner ?' }).waitFor();
  });

  it.each(['clé usb', 'imprimer mon cv', 'mes documents'])('leads to « Mes documents », once: %s', async (question) => {
    await type(question);
    await page.evaluate((state) => window.fakeKiosk?.set('documents', state), {
      ...sampleDocuments,
      key: { kind: 'none' },
    } as const);
    await first().filter({ hasText: 'Mes documents' }).waitFor();
    expect(await page.locator('.results').getByText('Mes documents').count()).toBe(1);
    await first().click();
    await page.locator('h1', { hasText: 'Mes documents' }).waitFor();
  });

  it('leads back to the pages that were scanned and not kept', async () => {
    await type('numériser');
    await first().filter({ hasText: 'Scanner un papier' }).waitFor();
    await page.evaluate((state) => window.fakeKiosk?.set('scanning', state), {
      ...sampleScanning,
      work: sampleWork({ pages: [samplePages.caf] }),
    });
    await first().filter({ hasText: 'Mes pages scannées' }).waitFor();
  });

  it('is not found where the kiosk does not do it', async () => {
    await open('pick');
    await page.evaluate(
      ([scanning, documents, printing]) => {
        window.fakeKiosk?.set('scanning', scanning);
        window.fakeKiosk?.set('documents', documents);
        window.fakeKiosk?.set('printing', printing);
      },
      [
        { ...sampleScanning, scanner: { kind: 'off' } },
        { ...sampleDocuments, key: { kind: 'off' } },
        { ...samplePrinting, printer: { ...samplePrinting.printer, state: 'none' } },
      ] as const,
    );
    for (const question of ['scanner', 'clé usb', 'imprimante']) {
      await page.locator('[role=search] input').fill(question);
      await page.locator('.nothing').waitFor();
    }
  });
});

describe('a search that finds nothing', () => {
  it('leaves the kiosk’s other uses on the screen, and is counted', async () => {
    await type('zzzz');
    await page.locator('.nothing').waitFor();
    await button('Scanner un papier').waitFor();
    await page.clock.fastForward(PAUSE_MS);
    await expect.poll(() => asked('usage.nothingFound')).toHaveLength(1);
  });

  it('is not counted when a use of the kiosk is found', async () => {
    await type('scanner');
    await first().waitFor();
    await page.clock.fastForward(PAUSE_MS);
    await answersAreHeard();
    expect(await asked('usage.nothingFound')).toEqual([]);
  });
});
