/** Time to first paint of « Mes e-mails », against that of the démarche in the same run; and of switching tabs. */
import type { Locator } from 'playwright-core';
import { createPerson, demo } from '../e2e/pages/person.ts';
import { runKiosk } from '../harness/running-kiosk.ts';
import { median, percentile, ratioRow, type BenchRow } from './bench-row.ts';
import { openPixels, type Colour } from './screen-pixel.ts';

const ROUNDS = 5;
const SWITCHES = 60;
const SWITCH_MS = 100;
/** A person reads the screen before pressing, and meanwhile the next guest is preloaded. */
const READ_MS = 3_000;
/** Header colours of the two demonstration sites. */
const BLUE: Colour = [0x0b, 0x5a, 0x8c];
const GREEN: Colour = [0x2f, 0x6b, 0x5e];

const reads = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, READ_MS));

export const benchMailbox = async (): Promise<readonly BenchRow[]> => {
  const kiosk = await runKiosk();
  const pixels = await openPixels(kiosk.display);
  const person = createPerson(kiosk);
  const { screens } = kiosk;
  /** Measured from the mouse release, which triggers the click. */
  const pressToPaint = async (button: Locator, becomes: () => Promise<void>): Promise<number> => {
    await button.hover();
    await screens.mouse.down();
    const began = performance.now();
    await Promise.all([screens.mouse.up(), becomes()]);
    return performance.now() - began;
  };
  const opened: number[] = [];
  const mailbox: number[] = [];
  const switches: number[] = [];
  try {
    await person.begin();
    for (let i = 0; i < ROUNDS; i++) {
      await person.openSheet(demo.housing);
      await reads();
      opened.push(await pressToPaint(person.see.go, () => pixels.becomes(1880, 130, BLUE)));
      await person.mailbox.tool.click();
      await person.mailbox.keeper('Courriel d’exemple').waitFor();
      await reads();
      // With a second site the tabs appear, so its header is lower on the screen.
      mailbox.push(
        await pressToPaint(person.mailbox.keeper('Courriel d’exemple'), () => pixels.becomes(1880, 200, GREEN)),
      );
      if (i < ROUNDS - 1) await person.leaveSite();
    }
    const { y } = await person.freeRect();
    const { demarche, mails } = person.mailbox;
    await reads();
    for (let i = 0; i < SWITCHES; i++) {
      const [tab, colour] = i % 2 === 0 ? ([demarche, BLUE] as const) : ([mails, GREEN] as const);
      switches.push(await pressToPaint(tab, () => pixels.becomes(1880, Math.round(y) + 30, colour)));
      await new Promise((resolve) => setTimeout(resolve, 300)); // a person looks at the screen
    }
  } finally {
    pixels.end();
    await kiosk.stop();
  }
  const p95 = percentile(switches, 0.95);
  return [
    ratioRow('mailbox: « Mes e-mails » to first paint, against "J’y vais", ms', median(mailbox), median(opened), 1),
    {
      name: `mailbox: from one tab to the other, p95 of ${SWITCHES} (median ${Math.round(median(switches))}), ms`,
      ours: Math.round(p95),
      reference: SWITCH_MS,
      ratio: Math.round((p95 / SWITCH_MS) * 100) / 100,
      target: '<= 1',
      ok: p95 <= SWITCH_MS,
    },
  ];
};
