/** Actions of an impatient person who prints, and checks of the printer's tray. */
import { expect } from 'vitest';
import type { Locator } from 'playwright-core';
import type { KioskWithMachines } from '../../harness/machines/kiosk-with-machines.ts';
import { demo, type Person } from './person.ts';

const PRESSES = 3;
const HELD_MS = 90;

export const createPrintingActions = (machines: KioskWithMachines, person: Person, allowance: number) => {
  const { kiosk, printer } = machines;
  const page = kiosk.screens;
  let outBefore = 0;
  let jobsBefore = 0;
  let outOfTest = 0;
  const printing = {
    /** Begins a new session with a full allowance, and starts counting pages from here. */
    async begin() {
      await person.beginAfresh();
      outBefore = printer.pagesOut();
      printing.count();
    },
    /** Continues the session that the previous test left at the print screen, or begins a new one. */
    async goOn() {
      if (await person.print.oneSide.isVisible()) printing.count();
      else await printing.begin();
    },
    count() {
      outOfTest = printer.pagesOut();
      jobsBefore = printer.printed().length;
    },
    /** Number of documents received by the printer during this test. */
    jobs: () => printer.printed().length - jobsBefore,
    says: (title: string, withinMs = 15_000) =>
      person.see.title.filter({ hasText: title }).waitFor({ timeout: withinMs }),
    words: (words: string) => page.getByText(words).first().waitFor(),
    /** Opens the print screen of the list of papers, a page of our own. */
    async showList() {
      if (await person.print.oneSide.isVisible()) return;
      if (!(await person.print.list.isVisible())) await person.openSheet(demo.housing);
      await person.print.list.click();
      await person.print.oneSide.waitFor();
    },
    /** Presses several times at the same place, whatever is there by then. */
    async pressInHaste(button: Locator) {
      const box = await button.boundingBox();
      if (!box) throw new Error('the button is not there');
      for (let press = 0; press < PRESSES; press += 1)
        await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay: HELD_MS });
    },
    async printOneSide(title: string, withinMs?: number) {
      await printing.pressInHaste(person.print.oneSide);
      await printing.says(title, withinMs);
    },
    /** After a print, checks that the kiosk's count matches the printer's tray, so nothing came out twice. */
    async countsAreTrue() {
      await person.print.goOn.click();
      await person.print.list.click();
      await person.print.left(allowance - (printer.pagesOut() - outBefore)).waitFor();
    },
    /** Checks the number of pages printed during this test. */
    expectOut(pages: number) {
      expect(printer.pagesOut() - outOfTest).toBe(pages);
    },
  };
  return printing;
};

export type PrintingActions = ReturnType<typeof createPrintingActions>;
