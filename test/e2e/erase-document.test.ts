/** « Effacer » on a document's screen erases it, without an error message. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, type Person } from './pages/person.ts';

let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk({ size: '1280x800' });
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());

it('a document is erased by the button on its screen', async () => {
  await person.begin();
  await person.tray.scanPaper.click();
  await person.tray.single.click();
  await person.tray.scan.click();
  await person.tray.good.and(person.tray.enabled).click({ timeout: 40_000 });
  await kiosk.screens.getByRole('button', { name: 'Effacer', exact: true }).click({ timeout: 40_000 });
  await person.see.dialog.getByRole('button', { name: 'Oui, l’effacer' }).click();
  await person.see.search.waitFor();
  await person.tray.mine.click();
  await person.tray.empty.waitFor();
  expect(await person.see.dialog.count()).toBe(0);
  expect(kiosk.log().filter(({ event }) => event === 'contract.refused')).toEqual([]);
});
