/** The passphrase screen that nobody uses, in the screens on the fake kiosk, with the page's clock moved on. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { KioskState } from '../../main/contract/index.ts';
import { closedArea } from '../harness/screens/agent-scenes.ts';
import { scenes } from '../harness/screens/scenes.ts';
import { serveScreens } from '../harness/screens/serve.ts';
import { startChromium } from '../harness/screens/start-chromium.ts';

let server: Awaited<ReturnType<typeof serveScreens>>;
let chromiumProcess: Awaited<ReturnType<typeof startChromium>>;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  server = await serveScreens();
  chromiumProcess = await startChromium();
  browser = await chromium.connectOverCDP(chromiumProcess.endpoint);
});
afterAll(async () => {
  await browser?.close();
  chromiumProcess?.stop();
  await server?.close();
});
beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.clock.install();
  await page.goto(server.address);
});
afterEach(async () => page?.close());

const knock = async (scene: string): Promise<void> => scenes.find((one) => one.name === scene)?.show(page);
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
