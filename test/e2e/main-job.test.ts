/** The main job, end to end: a person does a démarche on its site with guidance, and leaves nothing behind. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { electronIsAbsent, electronProgram } from '../harness/electron/in-electron.ts';
import { runKiosk, type RunningKiosk } from '../harness/running-kiosk.ts';
import { until } from '../harness/until.ts';
import { windowNames } from '../harness/x-windows.ts';
import { createPerson, demo, type Person } from './pages/person.ts';
import { onCaisse, onPortal } from './pages/selectors.ts';

const shells = ['chromium', ...(electronProgram === undefined ? [] : ['electron' as const])] as const;

if (electronProgram === undefined)
  describe('on electron', () => {
    it.skip(`is not played: ${electronIsAbsent}`, () => undefined);
  });

// A kiosk of its own: the log mentions only the first guest, so after a session it does not tell that one is warm.
describe.each(shells)('on %s, just started', (shell) => {
  let kiosk: RunningKiosk;

  beforeAll(async () => {
    kiosk = await runKiosk({ shell });
  });
  afterAll(() => kiosk?.stop());

  it('shows our screen, not the preloaded guest', async () => {
    await until('a warm guest', () =>
      kiosk.log().some((one) => one.event === 'shell.browser-started' && one['role'] === 'guest'),
    );
    await createPerson(kiosk).siteIsHidden();
  });
});

describe.each(shells)('on %s', (shell) => {
  let kiosk: RunningKiosk;
  let person: Person;

  beforeAll(async () => {
    kiosk = await runKiosk({ shell });
    person = createPerson(kiosk);
  });
  afterAll(() => kiosk?.stop());

  const sentAfter = (mark: number, host: string) => kiosk.sites.log.slice(mark).filter((one) => one.host === host);

  describe('before the site', () => {
    beforeEach(async () => {
      await person.backToAccueil();
      // What the previous test found must not pass for an answer.
      await person.search('');
      await person.see.demarche(demo.housing.title).waitFor({ state: 'detached' });
    });

    it.each(['apl', 'A.P.L.', 'aide au logment', 'louer un appartement'])('understands "%s"', async (words) => {
      await person.search(words);
      await person.see.demarche(demo.housing.title).waitFor();
    });

    it('lists the papers to bring, ticked one by one', async () => {
      await person.openSheet(demo.housing);
      expect(await person.see.papers.count()).toBe(4);
      await person.see.paper('Un RIB').click();
      await person.see.notAll.click();
      await person.see.dialog.waitFor();
      const missing = await person.see.dialog.innerText();
      expect(missing).toContain('Le bail');
      expect(missing).not.toContain('Un RIB');
      await kiosk.screens.keyboard.press('Escape');
    });

    it('speaks of nothing missing where nothing is needed: another way is still there', async () => {
      await person.openSheet(demo.hostile);
      expect(await person.see.notAll.count()).toBe(0);
      await person.see.otherWay.click();
      await person.see.dialog.getByRole('heading', { name: 'Une autre façon de faire' }).waitFor();
      const said = await person.see.dialog.innerText();
      expect(said).not.toContain('manque');
      await kiosk.screens.keyboard.press('Escape');
    });
  });

  describe('on the site', () => {
    beforeEach(() => person.beginAfresh());

    it('places the site in the free rectangle of the screen, to the pixel, and follows it', async () => {
      await person.goTo(demo.housing);
      const lies = async () => JSON.stringify(await kiosk.siteRect()) === JSON.stringify(await person.freeRect());
      await until('the site on the rectangle', lies);
      const before = await person.freeRect();
      await person.see.fold.click();
      await until('a wider rectangle', async () => (await person.freeRect()).width > before.width);
      await until('the site on the wider rectangle', lies);
      await person.see.unfold.click();
      await until('the site on the first rectangle', lies);
      // The site must not cover our panels.
      await person.see.help.click();
      await person.siteIsHidden();
      await person.see.closePanel.click();
      await until('the site again', lies);
    });

    it.runIf(shell === 'chromium')('shows no page title as a window name: it may hold personal data', async () => {
      const site = await person.goTo(demo.housing);
      const own = await site.title();
      expect(own).not.toBe('');
      await site.evaluate(() => (document.title = 'Mon compte - Mme Essai'));
      await until('the page renamed', async () => (await site.title()) === 'Mon compte - Mme Essai');
      await until('no window of that name', async () => {
        const names = (await windowNames(kiosk.display)).join('\n');
        return names.includes('point-numerique') && !names.includes('Essai') && !names.includes(own);
      });
    });

    it('follows the person through sign-in and the pages of the form', async () => {
      const site = await person.goTo(demo.housing);
      const caisse = onCaisse(site);
      await person.stepIs('Ouvrez votre compte');
      await caisse.refuseCookies.click();
      await caisse.signIn.click();
      await person.stepIs('Entrez votre numéro de sécurité sociale');
      await caisse.number.fill('2850703190042');
      await caisse.password.fill('demonstration');
      await caisse.continue.click();
      await person.stepIs('Recopiez le code reçu par e-mail');
      await person.enterCodeAtCaisse(site);
      await person.stepIs('Choisissez « Demander une aide au logement »');
      await caisse.askHousingAid.click();
      await caisse.startRequest.click();
      await person.stepIs('Répondez aux questions');
      await caisse.field('foyer').first().check();
      await caisse.field('enfants').fill('0');
      await caisse.field('telephone').fill('0600000000');
      await caisse.continue.click();
      await site.waitForURL('**/logement');
      await person.see.step.filter({ hasText: 'Aide 5 sur 7' }).waitFor();
      // On the way back, the guidance goes back too.
      await person.see.previousPage.click();
      await site.waitForURL('**/situation');
      await site.goto('https://www.caisse-exemple.test/connexion');
      await person.stepIs('Entrez votre numéro de sécurité sociale');
    });

    it('lets the person go through the steps manually', async () => {
      await person.goTo(demo.housing);
      await person.see.nextStep.click();
      await person.see.step.filter({ hasText: 'Aide 2 sur 7' }).waitFor();
      await person.see.stepBefore.click();
      await person.see.step.filter({ hasText: 'Aide 1 sur 7' }).waitFor();
    });

    it('follows #/ routes and the sign-in on another host and back', async () => {
      const site = await person.goTo(demo.attestation);
      await person.stepIs('Connectez-vous');
      await onPortal(site).signIn.click();
      await person.stepIs('Choisissez un compte que vous avez');
      await site.goBack();
      await person.stepIs('Connectez-vous');
      await person.signInThroughHub(site);
      await person.stepIs('Ouvrez l’attestation et imprimez-la');
      await person.see.where.filter({ hasText: 'portail-exemple.test' }).waitFor();
    });

    it('follows addresses changed by history.pushState', async () => {
      const site = await person.goTo(demo.identityCard);
      await person.stepIs('Choisissez une mairie');
      await site.getByText('Mairie de Moulins').click();
      await person.stepIs('Choisissez un jour et une heure');
      await site.getByText('Mardi à 14 h').click();
      await person.stepIs('Imprimez votre rendez-vous');
    });

    it('blocks a link out of the démarche politely, and leads back to the same page', async () => {
      const site = await person.goTo(demo.housing);
      await onCaisse(site).refuseCookies.click();
      const mark = kiosk.sites.log.length;
      await onCaisse(site).partners.click();
      await person.coverIs('Cette page n’est pas proposée ici');
      await person.siteIsHidden();
      expect(await person.see.free.innerText()).toContain('www.ailleurs-exemple.test');
      await person.see.coverButton('Revenir sur le site').click();
      await person.siteIsShown();
      expect(site.url()).toBe('https://www.caisse-exemple.test/');
      expect(sentAfter(mark, 'www.ailleurs-exemple.test')).toEqual([]);
    });

    it('applies the chosen text size to the site, also when it is changed there', async () => {
      const shownAt = (page: Page) => page.evaluate(() => Math.round(devicePixelRatio * 100) / 100);
      const chooseSize = async (name: string) => {
        await person.see.size.click();
        await person.see.choice(name).first().click();
        await person.see.closePanel.click();
      };
      await chooseSize('Grande');
      const site = await person.goTo(demo.housing);
      await until('the site in the chosen size', async () => (await shownAt(site)) === 1.15);
      await chooseSize('La plus grande');
      await person.siteIsShown();
      await until('the site in the new size', async () => (await shownAt(site)) === 1.5);
    });

    it('opens a new window of the site in the same place, and the previous page is unchanged', async () => {
      const site = await person.goTo(demo.housing);
      await onCaisse(site).refuseCookies.click();
      const [beside] = await Promise.all([
        site.context().waitForEvent('page'),
        site.getByRole('link', { name: 'Mentions légales' }).click(),
      ]);
      await beside.waitForURL('**/mentions');
      await person.siteIsShown();
      const closed = beside.waitForEvent('close');
      await person.see.previousPage.click();
      await closed;
      await person.siteIsShown();
      expect(site.url()).toBe('https://www.caisse-exemple.test/');
    });
  });

  describe('the next person', () => {
    it('finds no cookie, draft, search text, text size or language of the previous one', async () => {
      await person.beginAfresh();
      await person.see.language('Français').click();
      await person.see.choice('Texte simple').first().click();
      await person.see.closePanel.click();
      await kiosk.screens.locator('[role=search] input').fill('apl');
      await person.see.demarche(demo.housing.title).click();
      await person.see.go.click();
      await person.siteIsShown();
      const first = await kiosk.guestPage();
      await onCaisse(first).acceptCookies.click();
      await person.signInAtCaisse(first);
      const withCookie = sentAfter(0, 'www.caisse-exemple.test')
        .filter((one) => one.path === '/mon-compte')
        .at(-1);
      expect(Object.keys(withCookie?.cookies ?? {})).toContain('session-caisse');
      await person.see.size.click();
      await person.see.choice('La plus grande').first().click();
      await person.see.closePanel.click();
      await until('the large text', () =>
        kiosk.screens.evaluate(() => document.documentElement.dataset['size'] === 'largest'),
      );
      await until('the site as large', async () => (await first.evaluate(() => devicePixelRatio)) === 1.5);
      await person.see.finished.click();
      await person.see.yesLeave.waitFor();
      expect(await kiosk.screens.locator('main').innerText()).toContain('www.caisse-exemple.test');
      await person.see.yesLeave.click();
      await person.see.begin.waitFor();
      await person.siteIsHidden();

      const mark = kiosk.sites.log.length;
      expect(await kiosk.screens.evaluate(() => ({ ...document.documentElement.dataset }))).toMatchObject({
        size: 'normal',
        colours: 'light',
      });
      await person.begin();
      expect(await person.see.search.inputValue()).toBe('');
      const second = await person.goTo(demo.housing);
      expect(await second.evaluate(() => devicePixelRatio)).toBe(1);
      await onCaisse(second).refuseCookies.waitFor(); // shown again, so local storage is empty too
      await second.goto('https://www.caisse-exemple.test/mon-compte');
      expect(new URL(second.url()).pathname).toBe('/connexion');
      const sent = sentAfter(mark, 'www.caisse-exemple.test');
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.flatMap((one) => Object.keys(one.cookies))).toEqual([]);
      expect(kiosk.log().filter((one) => one.event === 'session.audit-failed')).toEqual([]);
    });
  });
});
