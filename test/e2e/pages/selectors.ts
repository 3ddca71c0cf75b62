/** Selectors for the screens and the demonstration sites. Actions are in the other files of this folder. */
import type { Locator, Page } from 'playwright-core';

const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });

export const onScreens = (page: Page) => ({
  begin: button(page, 'Commencer'),
  title: page.getByRole('heading', { level: 1 }),
  search: page.getByRole('textbox', { name: 'Chercher une démarche' }),
  answers: page.locator('#answers .results button'),
  demarche: (title: string) => page.getByRole('button', { name: title }),
  theme: (name: string) => page.locator('#answers .cards button', { hasText: name }),
  paper: (name: string) => page.getByRole('checkbox', { name }),
  papers: page.getByRole('checkbox'),
  go: button(page, 'J’y vais'),
  goAnyway: button(page, 'J’y vais quand même'),
  notAll: button(page, 'Je n’ai pas tout'),
  otherWay: button(page, 'Faire autrement'),
  home: button(page, 'Accueil'),
  leaveSite: page.getByRole('button', { name: /^Quitter (le site|les deux sites)$/ }),
  stayOnSite: button(page, 'Rester sur le site'),
  previousPage: button(page, 'Page précédente'),
  size: button(page, 'Taille'),
  language: (shown: string) => button(page, shown),
  help: page.locator('.tool', { hasText: 'Aide' }),
  choice: (name: string) =>
    page.getByRole('dialog').getByRole('button', { name }).or(page.getByRole('dialog').getByRole('radio', { name })),
  dialog: page.getByRole('dialog'),
  closePanel: page.getByRole('dialog').locator('footer button').last(),
  finished: button(page, 'J’ai fini'),
  listen: button(page, 'Écouter'),
  yesLeave: button(page, 'Oui, terminer'),
  noStay: button(page, 'Non, continuer'),
  stillHere: button(page, 'Je suis encore là'),
  step: page.locator('aside.strip .over'),
  stepTitle: page.locator('aside.strip h1'),
  nextStep: button(page, 'Voir l’étape suivante'),
  stepBefore: button(page, 'Voir l’étape précédente'),
  fold: button(page, 'Réduire'),
  unfold: page.locator('aside.strip .rail'),
  where: page.locator('.where'),
  free: page.locator('main.free'),
  coverTitle: page.locator('.cover h2'),
  coverButton: (name: string) => page.locator('.cover').getByRole('button', { name, exact: true }),
});

/** The scanning screens, « Mes documents », and the cover shown by a site's file button. */
export const onTray = (page: Page) => ({
  scanNow: page.getByRole('button', { name: /^Scanner (maintenant|un autre papier)$/ }),
  notNow: button(page, 'Pas maintenant'),
  give: page.getByRole('button', { name: /^Joindre/ }),
  single: page.getByRole('button', { name: /^Une seule feuille/ }),
  several: page.getByRole('button', { name: /^Plusieurs feuilles/ }),
  scan: button(page, 'Scanner'),
  stop: button(page, 'Arrêter'),
  good: button(page, 'C’est bien'),
  again: button(page, 'Recommencer'),
  finish: page.locator('.foot .huge'),
  enabled: page.locator('button:enabled'),
  scanPaper: button(page, 'Scanner un papier'),
  unfinished: page.getByRole('button', { name: /^Mes pages scannées/ }),
  mine: page.getByRole('button', { name: 'Mes documents' }),
  /** The button in the bar over a site. */
  tool: page.locator('.tool', { hasText: 'Documents' }),
  document: (name: string | RegExp) => page.locator('button.document').filter({ hasText: name }),
  listen: button(page, 'Écouter ce document'),
  quiet: button(page, 'Arrêter la lecture'),
  attached: page.locator('.strip .attached'),
  arrived: page.getByRole('dialog').getByText('Votre document est arrivé'),
  fill: button(page, 'Remplir à l’écran'),
  filled: button(page, 'C’est rempli'),
  printArrived: page.getByRole('dialog').getByRole('button', { name: 'Imprimer' }),
  key: () => ({
    files: page.locator('.key li button'),
    file: (name: string) => page.locator('.key li button', { hasText: name }),
    copy: button(page, 'Copier sur ma clé'),
  }),
  copyArrived: page.getByRole('dialog').getByRole('button', { name: 'Copier sur ma clé' }),
  later: page.getByRole('dialog').getByRole('button', { name: 'Plus tard' }),
  chosen: page.locator('.chosen'),
  empty: page.getByText('Vous n’avez pas encore de document', { exact: true }),
  refused: page.getByRole('dialog').filter({ hasText: 'Ce fichier n’a pas été gardé' }),
});

export const onMailbox = (page: Page) => ({
  tool: page.locator('.tool', { hasText: 'E-mails' }),
  mine: button(page, 'Mes e-mails'),
  keeper: (name: string) => page.locator('.keepers button', { hasText: name }),
  /** The two tabs. */
  demarche: page.locator('nav.tabs button', { hasText: 'La démarche' }),
  mails: page.locator('nav.tabs button', { hasText: 'Mes e-mails' }),
  besideTab: page.locator('nav.tabs button', { hasText: 'À côté' }),
  another: button(page, 'Changer de messagerie'),
  backToDemarche: page.locator('aside.strip').getByRole('button', { name: 'Revenir à la démarche' }),
  openBeside: (title: string) => page.locator('aside.strip').getByRole('button', { name: title }),
  openFromStep: page.locator('aside.strip').getByRole('button', { name: 'Ouvrir mes e-mails' }),
  code: page.locator('.note input'),
  keepCode: page.locator('.note').getByRole('button', { name: 'Garder' }),
  kept: page.locator('.note .code'),
});

export const onPrint = (page: Page) => ({
  oneSide: button(page, 'Imprimer 1 page'),
  print: page.getByRole('button', { name: /^Imprimer \d+ pages?$/ }),
  stop: button(page, 'Arrêter'),
  again: button(page, 'Réessayer'),
  goOn: page.locator('div.foot').getByRole('button', { name: /^(Continuer|Revenir )/ }),
  back: button(page, 'Retour'),
  list: button(page, 'Imprimer cette liste'),
  tool: page.locator('.tool', { hasText: 'Imprimer' }),
  more: button(page, 'Un exemplaire de plus'),
  sides: (n: number) => button(page, `Imprimer ${n} pages`),
  left: (n: number) => page.getByText(`Il vous reste ${n} page`),
  warning: page.locator('.note.wrong'),
  yesOut: button(page, 'Oui, j’ai mes pages'),
  notOut: button(page, 'Non, rien'),
  pages: page.locator('ol.pages img'),
  page: (n: number) =>
    page
      .locator('ol.pages li')
      .nth(n - 1)
      .getByRole('button'),
  /** True when every visible page picture has loaded. */
  pagesAreDrawn: () =>
    page.waitForFunction(() => {
      const pictures = [...document.querySelectorAll<HTMLImageElement>('ol.pages img')];
      return pictures.length > 0 && pictures.slice(0, 2).every((one) => one.complete && one.naturalWidth > 0);
    }),
});

/** The demonstration's webmail. */
export const onCourriel = (page: Page) => ({
  address: page.locator('#adresse'),
  password: page.locator('#motdepasse'),
  signIn: page.locator('#entrer'),
  letter: (subject: string) => page.locator('.list a').filter({ hasText: subject }).first(),
  code: page.locator('#code'),
});

export const onCaisse = (page: Page) => ({
  refuseCookies: page.locator('[data-cookies=refuser]'),
  acceptCookies: page.locator('[data-cookies=accepter]'),
  signIn: page.getByRole('link', { name: 'Me connecter' }),
  number: page.locator('#numero'),
  password: page.locator('#motdepasse'),
  code: page.locator('#code'),
  sendCodeAgain: page.locator('#renvoyer'),
  continue: page.getByRole('button', { name: 'Continuer' }),
  askHousingAid: page.locator('a.tile[href="/aide-au-logement"]'),
  startRequest: page.locator('main a.button').first(),
  partners: page.getByRole('link', { name: 'Nos partenaires' }),
  field: (name: string) => page.locator(`[name="${name}"]`),
  pick: (name: string) => page.locator(`label.pick[for="${name}"]`),
  drop: (name: string) => page.locator(`label.drop[for="${name}"]`),
  refusal: page.locator('[data-refus]:not([hidden])'),
  filesOf: (name: string) =>
    page
      .locator(`#${name}`)
      .evaluate((input) =>
        [...((input as HTMLInputElement).files ?? [])].map((file) => ({ name: file.name, size: file.size })),
      ),
  send: page.getByRole('button', { name: 'Envoyer ma demande' }),
  receipt: page.getByRole('link', { name: 'Télécharger l’accusé (PDF)' }),
  printPage: page.locator('[data-imprimer]'),
});

export const onPortal = (page: Page) => ({
  title: page.getByRole('heading', { level: 1 }),
  signIn: page.locator('#connexion-publique'),
  entry: (name: string) => page.getByRole('link', { name, exact: true }),
});
