/** Faults of a site: the person gets a calm page instead, and the session goes on. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { browserProcesses, mainProcess } from '../harness/browser-processes.ts';
import { samplePdf } from '../harness/printing/sample-pdf.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { kioskWindows } from '../harness/x-windows.ts';
import { createPerson, demo, type Person } from './pages/person.ts';

const hostile = 'https://hostile-exemple.test';
/** Both belong to the démarche. The first name does not resolve; the second has a closed port. */
const unknownName = 'https://inconnu.hostile-exemple.test';
const closedPort = 'https://ferme.hostile-exemple.test';
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
  site = await person.goTo(demo.hostile);
});

/** Navigates as a link does, without waiting for the page. */
const follow = (to: string): void =>
  void site
    .evaluate((url) => void setTimeout(() => location.assign(url), 0), new URL(to, hostile).href)
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
    ['/chargements/coupe-tout-de-suite', 'Le site ne répond pas', 'Réessayer'],
    ['/chargements/gzip-faux', 'Cette page est illisible', 'Revenir sur le site'],
    ['/chargements/401', 'Cette page est fermée au public', 'Revenir sur le site'],
  ])('%s: shows "%s", with one button to go on', async (path, title, way) => {
    follow(path);
    await person.coverIs(title);
    await person.siteIsHidden();
    await person.see.coverButton(way).waitFor();
  });

  it.each([
    ['a name that does not resolve', `${unknownName}/`, 'Nous ne trouvons pas ce site'],
    ['a closed port', `${closedPort}/`, 'Le site ne répond pas'],
  ])('%s: shows our page, and the session goes on', async (_what, url, title) => {
    follow(url);
    await person.coverIs(title);
    await person.siteIsHidden();
    await person.see.coverButton('Réessayer').click();
    await person.coverIs(title);
    await person.leaveSite();
    site = await person.goTo(demo.hostile);
    await person.siteIsShown();
  });

  it('is shown again after a successful retry', async () => {
    const mend = kiosk.sites.breakDown('/cible', 500);
    follow('/cible');
    await person.coverIs('Le site est en panne');
    mend();
    await person.see.coverButton('Réessayer').click();
    await person.siteIsShown();
    expect(site.url()).toBe(`${hostile}/cible`);
  });

  it('sends a document on a retry: the page that asked for it is shown again', async () => {
    const before = site.url();
    kiosk.sites.breakDown('/offert/releve.pdf', 503);
    follow('/offert/releve.pdf');
    await person.coverIs('Le site est en panne');
    kiosk.sites.offer('releve.pdf', await samplePdf(1));
    await person.see.coverButton('Réessayer').click();
    await person.tray.arrived.waitFor();
    await person.tray.later.click();
    await person.siteIsShown();
    await until('the page that asked for it', () => site.url() === before);
  });

  it('never finishes loading: after fifteen seconds the person may wait or retry', async () => {
    follow('/chargements/jamais');
    await person.coverIs('Le site est très lent');
    await person.see.coverButton('Réessayer').click();
    await person.coverIs('Nous ouvrons le site');
    await person.coverIs('Le site est très lent');
    expect(await person.see.dialog.count()).toBe(0); // nothing failed
    await person.see.coverButton('Attendre encore').click();
    await person.siteIsShown();
  }, 90_000);
});

describe('dialogs of a site', () => {
  it('an alert is shown by us, and answered', async () => {
    follow('/dialogues/alert');
    await person.coverIs('vous dit');
    await person.siteIsHidden();
    await person.see.coverButton('D’accord').click();
    await person.siteIsShown();
  });

  it('a loop of alerts does not trap the person', async () => {
    follow('/dialogues/alert-boucle?n=50');
    for (let i = 0; i < 4; i++) {
      await person.coverIs('vous dit');
      await person.see.coverButton('D’accord').click();
    }
    await until('the end of the loop', async () => !(await person.see.coverTitle.isVisible()));
    await person.siteIsShown();
  });

  it('asks before leaving a page with unsent input, and stays on request', async () => {
    await site.goto(`${hostile}/dialogues/dechargement`);
    // The link arms `beforeunload` and navigates at once, so the click does not return before the answer.
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

describe('a blob page', () => {
  it('is not shown as « le vrai site » in the bar', async () => {
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

describe('a guest that crashes', () => {
  it('is replaced by a calm page, and can be reopened', async () => {
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

  it('or hangs is reported within seconds', async () => {
    // Block the main thread in a loop of synchronous requests until the fault is repaired.
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
    await person.coverIs('Le site est bloqué', { timeout: 11_000 });
    await person.siteIsHidden();
    // When the page responds again, the site is shown again by itself.
    letGo();
    await until(
      'the site again',
      async () => (await kioskWindows(kiosk.display)).some((one) => one.role === 'guest' && one.visible),
      15_000,
    );
  }, 60_000);
});
