/** Enlarging a page, and the site that stays visible beside our panels. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { picture } from '../harness/pictures.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

let kiosk: RunningKiosk;
let person: Person;

beforeAll(async () => {
  kiosk = await runKiosk({ size: '1280x800' });
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());
beforeEach(() => person.beginAfresh());

it('a scanned page can be enlarged by mouse and keyboard, before and after it is kept', async () => {
  const enlarge = kiosk.screens.getByRole('button', { name: 'Agrandir' });
  const large = person.see.dialog.locator('img.large');
  const widthOf = (): Promise<number> => large.evaluate((one) => one.getBoundingClientRect().width);
  await person.tray.scanPaper.click();
  await person.tray.single.click();
  await person.tray.scan.click();
  await person.tray.good.and(person.tray.enabled).waitFor({ timeout: 40_000 });
  const small = (await enlarge.locator('img').boundingBox())?.width ?? 0;
  await enlarge.click();
  await large.waitFor();
  expect(await widthOf()).toBeGreaterThan(small * 1.5);
  await picture(kiosk, 'enlarged');
  await person.see.closePanel.click();
  await large.waitFor({ state: 'detached' });
  await person.tray.good.click();
  await kiosk.screens.getByRole('button', { name: 'Effacer', exact: true }).waitFor({ timeout: 40_000 });
  await enlarge.focus();
  await kiosk.screens.keyboard.press('Enter');
  await large.waitFor();
  await kiosk.screens.keyboard.press('Escape');
  await large.waitFor({ state: 'detached' });
});

it('a site stays visible as a picture beside « Taille »', async () => {
  await person.goTo(demo.housing);
  await person.see.size.click();
  await person.siteIsHidden();
  const seen = kiosk.screens.locator('img.picture');
  await seen.waitFor();
  expect(await seen.evaluate((one: HTMLImageElement) => one.decode().then(() => one.naturalWidth))).toBeGreaterThan(
    300,
  );
  await picture(kiosk, 'site beside a panel');
  await person.see.closePanel.click();
  await person.siteIsShown();
});
