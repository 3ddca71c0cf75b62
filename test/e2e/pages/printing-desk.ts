/** Printing as a person does it, impatient, and what they find in the printer's tray. */
import { expect } from 'vitest';
import type { Locator } from 'playwright-core';
import type { KioskWithMachines } from '../../harness/machines/kiosk-with-machines.ts';
import { demo, type Person } from './person.ts';

const PRESSES = 3;
const HELD_MS = 90;

export const createPrintingDesk = (machines: KioskWithMachines, person: Person, allowance: number) => {
  const { kiosk, printer } = machines;
  const page = kiosk.screens;
  let outBefore = 0;
  let jobsBefore = 0;
  let outOfTest = 0;
  const desk = {
    /** Somebody else's session: its allowance is whole, the tray was emptied. */
    async begin() {
      await person.beginAfresh();
      outBefore = printer.pagesOut();
      desk.count();
    },
    /** The person whom the test before left at the print screen goes on; somebody else begins where it left none there. */
    async goOn() {
      if (await person.print.oneSide.isVisible()) desk.count();
      else await desk.begin();
    },
    count() {
      outOfTest = printer.pagesOut();
      jobsBefore = printer.printed().length;
    },
    /** Documents that the printer has taken in this test. */
    jobs: () => printer.printed().length - jobsBefore,
    says: (title: string, withinMs = 15_000) =>
      person.see.title.filter({ hasText: title }).waitFor({ timeout: withinMs }),
    words: (words: string) => page.getByText(words).first().waitFor(),
    /** The list of papers to bring: one page of ours. */
    async showList() {
      if (await person.print.oneSide.isVisible()) return;
      if (!(await person.print.list.isVisible())) await person.openSheet(demo.housing);
      await person.print.list.click();
      await person.print.oneSide.waitFor({ timeout: 20_000 });
    },
    /** Presses again and again at the same place, whatever stands there by then. */
    async pressInHaste(button: Locator) {
      const box = await button.boundingBox();
      if (!box) throw new Error('the button is not there');
      for (let press = 0; press < PRESSES; press += 1)
        await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2, { delay: HELD_MS });
    },
    async printOneSide(title: string, withinMs?: number) {
      await desk.pressInHaste(person.print.oneSide);
      await desk.says(title, withinMs);
    },
    /** From the end of a print: what the kiosk counts is what lies in the tray, and nothing came out twice. */
    async countsAreTrue() {
      await person.print.goOn.click();
      await person.print.list.click();
      await person.print.left(allowance - (printer.pagesOut() - outBefore)).waitFor({ timeout: 20_000 });
    },
    /** In this test. */
    expectOut(pages: number) {
      expect(printer.pagesOut() - outOfTest).toBe(pages);
    },
  };
  return desk;
};

export type PrintingDesk = ReturnType<typeof createPrintingDesk>;
