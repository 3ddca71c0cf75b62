/** Screens that nobody touches, on the fake kiosk, with the page's clock moved on. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import type { KioskState } from '../../main/contract/index.ts';
import { closedArea } from '../harness/screens/agent-scenes.ts';
import { onFakeKiosk } from '../harness/screens/on-fake-kiosk.ts';
import { silentWav } from '../harness/speech/silent-wav.ts';

let page: Page;
const { open: knock } = onFakeKiosk(
  (next) => (page = next),
  (next) => next.clock.install(),
);

const door = () => page.locator('dialog h1');
const phase = async (name: KioskState['session']['phase']): Promise<void> =>
  page.evaluate((next) => window.fakeKiosk?.phase(next), name);
const closed = async (): Promise<void> => door().waitFor({ state: 'detached', timeout: 5_000 });

it.each(['agent-door', 'agent-door-not-set', 'agent-first'])(
  '%s closes after a minute without input',
  async (scene) => {
    await knock(scene);
    await page.clock.fastForward(50_000);
    await page.keyboard.press('Shift');
    await page.clock.fastForward(50_000);
    expect(await door().isVisible()).toBe(true);
    await page.clock.fastForward(10_000);
    await closed();
  },
);

it.each(['Taille', 'Français', 'Aide'])(
  'a panel « %s » left open on the accueil closes after a minute',
  async (name) => {
    await knock('accueil');
    await page.locator('.tool', { hasText: name }).click();
    const panel = page.getByRole('dialog');
    await panel.waitFor();
    await page.clock.fastForward(50_000);
    await page.keyboard.press('Shift');
    await page.clock.fastForward(50_000);
    expect(await panel.isVisible()).toBe(true);
    await page.clock.fastForward(10_000);
    await panel.waitFor({ state: 'detached', timeout: 5_000 });
  },
);

it('a refusal left on the accueil closes after a minute, with the panel under it', async () => {
  await knock('accueil');
  await page.evaluate(() => window.fakeKiosk?.refuse('session.setPreferences', 'session.not-ready'));
  await page.locator('.tool', { hasText: 'Taille' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Sombre' }).click();
  await page.locator('dialog').nth(1).waitFor();
  await page.clock.fastForward(60_000);
  await page.locator('dialog').first().waitFor({ state: 'detached', timeout: 5_000 });
  expect(await page.locator('dialog').count()).toBe(0);
});

it('a panel stays open for a person who is reading it in a session', async () => {
  await knock('panel-help');
  await page.clock.fastForward(100_000);
  expect(await page.getByRole('dialog').isVisible()).toBe(true);
});

it('gives way to the countdown at the end of a session, and does not open over it', async () => {
  await knock('agent-door');
  await phase({ name: 'warning', endsInS: 60 });
  await closed();
  await page.mouse.move(10, 790);
  await page.mouse.down();
  await page.clock.fastForward(1_000);
  await page.mouse.up();
  expect(await door().count()).toBe(0);
});

it('goes with the session of whoever opened it', async () => {
  await phase({ name: 'active' });
  await knock('agent-door');
  await phase({ name: 'wiping' });
  await closed();
});

it('stays open while a kiosk that cannot erase everything tries again and again', async () => {
  await knock('agent-door');
  await page.keyboard.press('Escape');
  await closed();
  await phase({ name: 'out-of-service', fault: 'PN-GUEST' });
  await page.mouse.move(10, 790);
  await page.mouse.down();
  await page.clock.fastForward(500);
  await phase({ name: 'wiping' });
  await page.clock.fastForward(10_000);
  await page.mouse.up();
  await door().waitFor();
  await phase({ name: 'out-of-service', fault: 'PN-GUEST' });
  await phase({ name: 'wiping' });
  await page.clock.fastForward(2_000);
  expect(await door().isVisible()).toBe(true);
});

it('the sheet for the safe, left open until the area closes, is not what the next agent finds', async () => {
  await knock('agent-first');
  const area = (open: boolean): Promise<void> =>
    page.evaluate((state) => window.fakeKiosk?.set('agent', state), { ...closedArea, open });
  for (const field of await page.locator('dialog input[type=password]').all())
    await field.fill('quatre tasses de café');
  await page.getByRole('button', { name: 'Garder cette phrase' }).click();
  await area(true);
  await door().filter({ hasText: 'La phrase de passe est gardée' }).waitFor();
  await area(false);
  await closed();
  await knock('agent-week');
  await door().filter({ hasText: 'Espace des agents' }).waitFor();
});

it('« Écouter » continues where the warning cut it, and begins again at the press after that', async () => {
  await page.route('**/bytes/speech/**', (route) =>
    route.fulfill({ contentType: 'audio/wav', body: silentWav(route.request().url().endsWith('/0.wav') ? 0.2 : 60) }),
  );
  await knock('documents-one');
  await page.evaluate(() => window.fakeKiosk?.answer('documents.listen', { reading: 'sample', of: [0, 0, 0] }));
  const second = page.waitForRequest('**/speech/sample/1.wav');
  const listen = page.getByRole('button', { name: 'Écouter ce document' });
  await listen.click();
  await second;
  await phase({ name: 'warning', endsInS: 60 });
  await listen.waitFor({ state: 'detached' });
  await phase({ name: 'active' });
  await listen.click();
  await page.getByRole('button', { name: 'Arrêter la lecture' }).click();
  await listen.waitFor();
  await phase({ name: 'leaving', items: [] }); // the screen closes and comes back
  await listen.waitFor({ state: 'detached' });
  await phase({ name: 'active' });
  await listen.click();
  const asked = await page.evaluate(() =>
    window.fakeKiosk?.asked.filter(({ message }) => message === 'listen').map(({ input }) => input),
  );
  expect(asked).toMatchObject([{ from: 0 }, { from: 1 }, { from: 0 }]);
});
