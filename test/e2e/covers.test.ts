/** What can go wrong with a site, and the calm page that the person gets instead. The session goes on. */
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserPorts } from '../harness/browser-ports.ts';
import { browserProcesses, mainProcess } from '../harness/browser-processes.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { kioskWindows } from '../harness/x-windows.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onScreens } from './pages/selectors.ts';

const farceur = 'https://farceur-exemple.test';
/** Both belong to the démarche; the first has no address, at the second's nothing listens. */
const unknownName = 'https://inconnu.farceur-exemple.test';
const closedPort = 'https://ferme.farceur-exemple.test';
let kiosk: RunningKiosk;
let person: Person;
let site: Page;

beforeAll(async () => {
  kiosk = await runKiosk({
    otherHosts: [`MAP ${new URL(unknownName).host} ~NOTFOUND`, `MAP ${new URL(closedPort).host} 127.0.0.1:1`],
  });
  person = createPerson(kiosk);
});
afterAll(() => kiosk?.stop());
beforeEach(async () => {
  await person.beginAfresh();
  site = await person.goTo(demo.prankster);
});

/** As a link does: nobody waits for the page. */
const follow = (to: string): void =>
  void site
    .evaluate((url) => void setTimeout(() => location.assign(url), 0), new URL(to, farceur).href)
    .catch(() => undefined);
const guestRenderers = () => {
  const [guest] = mainProcess(kiosk.folder, 'guest').filter((one) =>
    one.line.some((word) => word.startsWith('--user-data-dir=')),
  );
  const profile =
    guest?.line.find((word) => word.startsWith('--user-data-dir='))?.slice('--user-data-dir='.length) ?? 'none';
  return browserProcesses(profile).filter((one) => one.line.includes('--type=renderer'));
};

describe('a site that fails', () => {
  it.each([
    ['/chargements/500', 'Le site est en panne', 'Réessayer'],
    ['/chargements/503', 'Le site est en panne', 'Réessayer'],
    ['/chargements/coupe-tout-de-suite', 'Cette page est illisible', 'Revenir sur le site'],
    ['/chargements/gzip-faux', 'Cette page est illisible', 'Revenir sur le site'],
    ['/chargements/401', 'Cette page est fermée au public', 'Revenir sur le site'],
  ])('%s: "%s", and one way forward', async (path, title, way) => {
    follow(path);
    await person.coverIs(title);
    await person.siteIsHidden();
    await person.see.coverButton(way).waitFor();
  });

  it.each([
    ['a name that nobody knows', `${unknownName}/`, 'Nous ne trouvons pas ce site'],
    ['a door that is closed', `${closedPort}/`, 'Le site ne répond pas'],
  ])('%s: our page, another way to do it, and the session goes on', async (_what, url, title) => {
    follow(url);
    await person.coverIs(title);
    await person.siteIsHidden();
    await person.see.coverButton('Réessayer').click();
    await person.coverIs(title);
    await person.leaveSite();
    site = await person.goTo(demo.prankster);
    await person.siteIsShown();
  });

  it('comes back when it is asked again and answers', async () => {
    const mend = kiosk.sites.breakDown('/cible', 500);
    follow('/cible');
    await person.coverIs('Le site est en panne');
    mend();
    await person.see.coverButton('Réessayer').click();
    await person.siteIsShown();
    expect(site.url()).toBe(`${farceur}/cible`);
  });

  it('never ends to load: after fifteen seconds the person may wait or try again', async () => {
    follow('/chargements/jamais');
    await person.coverIs('Le site est très lent', 20_000);
    await person.see.coverButton('Attendre encore').click();
    await person.siteIsShown();
  }, 60_000);
});

describe('what a site says', () => {
  it('is drawn by us, and answered', async () => {
    follow('/dialogues/alert');
    await person.coverIs('vous dit');
    await person.siteIsHidden();
    await person.see.coverButton('D’accord').click();
    await person.siteIsShown();
  });

  it('does not hold the person in a loop', async () => {
    follow('/dialogues/alert-boucle?n=50');
    for (let i = 0; i < 4; i++) {
      await person.coverIs('vous dit');
      await person.see.coverButton('D’accord').click();
    }
    await until('the end of the loop', async () => !(await person.see.coverTitle.isVisible()));
    await person.siteIsShown();
  });

  it('asks before a page with unsent answers is left, and stays when told to', async () => {
    await site.goto(`${farceur}/dialogues/dechargement`);
    // The press is on a link: it arms the trap and leaves at once, so the click itself waits for the answer.
    const pressed = site
      .locator('#agir')
      .click({ noWaitAfter: true })
      .catch(() => undefined);
    await person.coverIs('Quitter cette page');
    await person.see.coverButton('Rester sur la page').click();
    await person.siteIsShown();
    await pressed;
    expect(site.url()).toContain('/dialogues/dechargement');
  });
});

describe('a page that a page made itself', () => {
  it('is nobody’s: the bar does not call it the true site', async () => {
    await person.see.where.filter({ hasText: 'le vrai site' }).waitFor();
    await site.evaluate(() => {
      const made = new Blob(['<!doctype html><title>x</title><h1>Faite ici</h1>'], { type: 'text/html' });
      setTimeout(() => location.assign(URL.createObjectURL(made)), 0);
    });
    await site.getByText('Faite ici').waitFor();
    await person.siteIsShown();
    await person.see.where.filter({ hasNotText: 'le vrai site' }).waitFor();
    await person.see.previousPage.click();
    await person.see.where.filter({ hasText: 'le vrai site' }).waitFor();
  });
});

describe('a guest that dies', () => {
  it('is replaced by a calm page, and starts over', async () => {
    const [renderer] = await until('the renderer of the site', () => {
      const found = guestRenderers();
      return found.length > 0 && found;
    });
    for (const one of guestRenderers()) process.kill(one.pid, 'SIGKILL');
    expect(renderer).toBeDefined();
    await person.coverIs('Le site s’est arrêté');
    await person.siteIsHidden();
    await person.see.coverButton('Rouvrir le site').click();
    await person.siteIsShown();
  });

  it('that hangs is told within seconds', async () => {
    // Its only thread asks the server again and again, and does nothing else until the fault is mended.
    const letGo = kiosk.sites.breakDown('/cible', 503);
    void site
      .evaluate(() => {
        const ask = new XMLHttpRequest();
        do {
          const end = Date.now() + 100;
          while (Date.now() < end);
          ask.open('HEAD', '/cible', false);
          ask.send();
        } while (ask.status !== 200);
      })
      .catch(() => undefined);
    await person.coverIs('Le site est bloqué', 11_000);
    await person.siteIsHidden();
    // It answers again: the site is back by itself.
    letGo();
    await until(
      'the site again',
      async () => (await kioskWindows(kiosk.display)).some((one) => one.role === 'guest' && one.visible),
      15_000,
    );
  }, 60_000);
});

/** Playwright lost the browser that was killed. */
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

describe('our own screens', () => {
  it('come back when their browser is killed, at Accueil, with nothing of the person left', async () => {
    const [view] = mainProcess(kiosk.folder, 'kiosk');
    expect(view).toBeDefined();
    if (view) process.kill(view.pid, 'SIGKILL');
    await until('the screens again', () => kiosk.log().some((one) => one.event === 'shell.browser-restarted'));
    await until('their window', async () =>
      (await kioskWindows(kiosk.display)).some((one) => one.role === 'kiosk' && one.visible),
    );
    await person.siteIsHidden();
    // Accueil comes after an audit that found nothing.
    const screens = await until('the screens', screensAgain);
    await onScreens(screens).begin.waitFor();
    expect(kiosk.log().filter((one) => one.event === 'session.audit-failed')).toEqual([]);
  });
});
