/** What a person does at the kiosk, in their own words. Where things are is in `selectors.ts`. */
import type { Page } from 'playwright-core';
import type { Rect } from '../../../main/shell/port.ts';
import type { RunningKiosk } from '../../harness/running-kiosk.ts';
import { until } from '../../harness/until.ts';
import { visibleGuest } from '../../harness/x-windows.ts';
import { onCaisse, onPortal, onScreens } from './selectors.ts';

export const demo = {
  housing: { words: 'apl', title: 'Demander une aide au logement (APL)' },
  attestation: { words: 'attestation de droits', title: 'Imprimer mon attestation de droits' },
  identityCard: { words: 'carte d’identité', title: 'Prendre rendez-vous pour une carte d’identité' },
  prankster: { words: 'farceur', title: 'Essayer un site qui se conduit mal' },
} as const;
export type Demarche = (typeof demo)[keyof typeof demo];

export const createPerson = (kiosk: RunningKiosk) => {
  const page: Page = kiosk.screens;
  // A screen that takes longer has failed, even on a slow machine.
  page.setDefaultTimeout(10_000);
  const see = onScreens(page);

  const freeRect = async (): Promise<Rect> => {
    const box = await see.free.boundingBox();
    if (!box) throw new Error('the screen leaves no rectangle free');
    return { x: Math.round(box.x), y: Math.round(box.y), width: Math.round(box.width), height: Math.round(box.height) };
  };
  const siteIsShown = (): Promise<Rect> => until('the site on the screen', () => visibleGuest(kiosk.display));
  const siteIsHidden = (): Promise<true> =>
    until('the site out of sight', () => visibleGuest(kiosk.display) === undefined);

  const person = {
    see,
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
    /** From the choice to the site, shown. */
    async goTo(demarche: Demarche): Promise<Page> {
      await person.openSheet(demarche);
      await see.go.click();
      await siteIsShown();
      const site = await kiosk.guestPage();
      // With nobody listening, Playwright dismisses a dialog before the kiosk can show it.
      site.removeAllListeners('dialog');
      site.on('dialog', () => undefined);
      return site;
    },
    stepIs: (title: string) => see.stepTitle.filter({ hasText: title }).waitFor(),
    coverIs: (title: string, withinMs = 10_000) =>
      see.coverTitle.filter({ hasText: title }).waitFor({ timeout: withinMs }),
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
    /** Whatever a test left, the next one begins at Accueil. */
    async beginAfresh() {
      if (await see.dialog.isVisible()) await page.keyboard.press('Escape');
      if (await see.finished.isVisible()) await see.finished.click();
      await see.yesLeave.or(see.begin).waitFor();
      if (await see.yesLeave.isVisible()) await see.yesLeave.click();
      await person.begin();
    },
    async signInAtCaisse(site: Page) {
      const caisse = onCaisse(site);
      await caisse.signIn.click();
      await caisse.number.fill('2850703190042');
      await caisse.password.fill('demonstration');
      await caisse.continue.click();
      await site.waitForURL('**/mon-compte');
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
