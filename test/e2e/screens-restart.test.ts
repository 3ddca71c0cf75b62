/** The browser of our own screens dies: it is restarted, and nothing of the session is left. */
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browserPorts } from '../harness/browser-ports.ts';
import { mainProcess } from '../harness/browser-processes.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { kioskWindows } from '../harness/x-windows.ts';
import { createPerson, demo } from './pages/person.ts';
import { onScreens } from './pages/selectors.ts';

let kiosk: RunningKiosk;
beforeAll(async () => {
  kiosk = await runKiosk();
});
afterAll(() => kiosk?.stop());

/** Connects to the restarted browser, because Playwright lost the killed one. */
const screensAgain = async (): Promise<Page | undefined> => {
  for (const { url } of browserPorts(kiosk.folder)) {
    const browser = await chromium.connectOverCDP(url, { noDefaults: true }).catch(() => undefined);
    const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
    const ours = pages.find((page) => page.url().startsWith('https://kiosk.localhost'));
    if (ours) return ours;
    await browser?.close();
  }
  return undefined;
};

it('our own screens restart at Accueil when their browser is killed, with no residue of the session', async () => {
  const person = createPerson(kiosk);
  await person.begin();
  await person.goTo(demo.hostile);
  const [view] = mainProcess(kiosk.folder, 'kiosk');
  expect(view).toBeDefined();
  if (view) process.kill(view.pid, 'SIGKILL');
  await until('the screens again', () => kiosk.log().some((one) => one.event === 'shell.browser-restarted'));
  await until('their window', async () =>
    (await kioskWindows(kiosk.display)).some((one) => one.role === 'kiosk' && one.visible),
  );
  await person.siteIsHidden();
  // Accueil is shown only after an audit that found nothing.
  const screens = await until('the screens', screensAgain);
  await onScreens(screens).begin.waitFor();
  expect(kiosk.log().filter((one) => one.event === 'session.audit-failed')).toEqual([]);
});
