/** Actions of a person at the kiosk. The selectors are in `selectors.ts`. */
import type { Page } from 'playwright-core';
import type { Rect } from '../../../main/shell/port.ts';
import type { RunningKiosk } from '../../harness/running-kiosk.ts';
import { until } from '../../harness/until.ts';
import { onCaisse, onMailbox, onPortal, onPrint, onScreens, onTray } from './selectors.ts';

export const demo = {
  housing: { words: 'apl', title: 'Demander une aide au logement (APL)' },
  attestation: { words: 'attestation de droits', title: 'Imprimer mon attestation de droits' },
  identityCard: { words: 'carte d’identité', title: 'Prendre rendez-vous pour une carte d’identité' },
  hostile: { words: 'hostile', title: 'Essayer un site qui se conduit mal' },
} as const;
export interface Demarche {
  readonly words: string;
  readonly title: string;
}

export const createPerson = (kiosk: Pick<RunningKiosk, 'screens' | 'guestPage' | 'siteRect' | 'sites'>) => {
  const page: Page = kiosk.screens;
  const see = onScreens(page);

  const freeRect = async (): Promise<Rect> => {
    const box = await see.free.boundingBox();
    if (!box) throw new Error('the screen leaves no rectangle free');
    return { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) };
  };
  const siteIsShown = (): Promise<Rect> => until('the site on the screen', kiosk.siteRect);
  const siteIsHidden = (): Promise<true> =>
    until('the site out of sight', async () => (await kiosk.siteRect()) === undefined);

  const person = {
    see,
    tray: onTray(page),
    print: onPrint(page),
    mailbox: onMailbox(page),
    freeRect,
    siteIsShown,
    siteIsHidden,
    async begin() {
      await see.begin.click();
      await see.search.waitFor();
    },
    async search(words: string) {
      await see.search.fill(words);
    },
    async openSheet(demarche: Demarche) {
      await person.search(demarche.words);
      await see.demarche(demarche.title).click();
      await see.go.waitFor();
    },
    /** From the choice of a démarche to its visible site. */
    async goTo(demarche: Demarche): Promise<Page> {
      await person.openSheet(demarche);
      await see.go.click();
      await siteIsShown();
      const site = await kiosk.guestPage();
      // Without a listener, Playwright dismisses a dialog before the kiosk can show it. So listen and do nothing.
      site.removeAllListeners('dialog');
      site.on('dialog', () => undefined);
      return site;
    },
    stepIs: (title: string) => see.stepTitle.filter({ hasText: title }).waitFor(),
    coverIs: (title: string, options?: { timeout: number }) =>
      see.coverTitle.filter({ hasText: title }).waitFor(options),
    async leaveSite() {
      await see.home.click();
      await see.leaveSite.click();
      await see.search.waitFor();
    },
    async finish() {
      await see.finished.click();
      await see.yesLeave.click();
      await see.begin.waitFor();
    },
    /** Ends whatever the previous test left open. */
    async endAll() {
      if (await see.dialog.isVisible()) await page.keyboard.press('Escape');
      if (await see.finished.isVisible()) await see.finished.click();
      await see.yesLeave.or(see.begin).waitFor();
      if (await see.yesLeave.isVisible()) await see.yesLeave.click();
      await see.begin.waitFor();
    },
    /** Ends whatever the previous test left open, and begins a session. */
    async beginAfresh() {
      await person.endAll();
      await person.begin();
    },
    /**
     * Goes to Accueil in the session under way, which costs far less than ending it. Begins one when there is none, or
     * when the previous test failed where « Accueil » does not lead back at once.
     */
    async backToAccueil() {
      if (await see.dialog.isVisible()) await page.keyboard.press('Escape');
      if (await see.home.isVisible()) {
        await see.home.click();
        await see.search.or(see.leaveSite).waitFor();
      }
      if (!(await see.search.isVisible())) await person.beginAfresh();
    },
    async signInAtCaisse(site: Page) {
      const caisse = onCaisse(site);
      await caisse.signIn.click();
      await caisse.number.fill('2850703190042');
      await caisse.password.fill('demonstration');
      await caisse.continue.click();
      await site.waitForURL('**/connexion/code');
      await person.enterCodeAtCaisse(site);
    },
    /** Enters the code that the demonstration sites sent. */
    async enterCodeAtCaisse(site: Page) {
      const caisse = onCaisse(site);
      await caisse.code.fill(kiosk.sites.mail.newestCode());
      await caisse.continue.click();
      await site.waitForURL('**/mon-compte');
    },
    async answerAboutHousehold(site: Page) {
      const caisse = onCaisse(site);
      await caisse.field('foyer').first().check();
      await caisse.field('enfants').fill('0');
      await caisse.field('telephone').fill('0600000000');
      await caisse.continue.click();
      await site.waitForURL('**/aide-au-logement/logement');
    },
    /** Answers the pages on housing, income and bank; the next page asks for documents. */
    async answerTheRest(site: Page) {
      const caisse = onCaisse(site);
      await caisse.field('adresse').fill('12 rue des Tilleuls');
      await caisse.field('code-postal').fill('03000');
      await caisse.field('ville').fill('Moulins');
      await caisse.field('type').first().check();
      await caisse.field('loyer').fill('432');
      await caisse.field('entree').fill('2026-09-01');
      await caisse.continue.click();
      await site.waitForURL('**/revenus');
      await caisse.field('activite').first().check();
      await caisse.field('salaire').fill('1200');
      await caisse.field('autres').fill('0');
      await caisse.continue.click();
      await site.waitForURL('**/banque');
      await caisse.field('titulaire').fill('Camille Exemple');
      await caisse.field('iban').fill('FR76 3000 6000 0112 3456 7890 189');
      await caisse.field('accord').check();
      await caisse.continue.click();
      await site.waitForURL('**/pieces');
    },
    async signInThroughHub(site: Page) {
      await onPortal(site).signIn.click();
      await site.locator('#identite-exemple').click();
      await site.locator('#identifiant').fill('essai');
      await site.locator('input[type=password]').fill('demonstration');
      await site.getByRole('button', { name: 'Me connecter' }).click();
      await site.locator('#continuer').click();
    },
  };
  return person;
};

export type Person = ReturnType<typeof createPerson>;
