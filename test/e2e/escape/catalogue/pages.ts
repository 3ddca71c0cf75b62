/** The pages of the misbehaving site that try to leave the site, open something, read something or reach something. */
import { tricks } from '../../../fixtures/sites/hostile/tricks.ts';
import type { Attempt } from '../attempt.ts';
import { comesTrue, type Fixture } from '../fixture.ts';

const press = (fixture: Fixture): Promise<void> => fixture.press();

/** Not played: pages that are parts of others, and pages that differ only in a detail from one that is played. */
const LEFT_OUT = [
  /^\/(cible|vers|vers-meta|vers-script|fichiers)$/,
  /^\/sorties\/(cadre-top-dedans|301|303|308|tourne|meta-lent|minuterie|assign|replace|insiste|retour$|histoire-longue|base|cadre-entier|cadre-entier-redirige|cadre-entier-script)$/,
  /^\/sorties\/redirige\/(?!file$|chrome$|javascript|data$|mailto$|inconnu$|view-source)/,
  /^\/sorties\/schema\/(?!file$|chrome$|devtools|view-source|data$|javascript|filesystem|http$|mailto|intent|inconnu|blob|extension|about-version|chrome-|isole|contenu|smb|webcal|geo|sip|web-plus|srcdoc|source-double|data-barres|ipfs|ssh|vscode|xdg|ftp)/,
  /^\/sorties\/hotes\/(caisse|majuscules|port-ssh|reseau-1[79]|boucle-(octale|courte)|lien-local|diffusion)/,
  /^\/fenetres\/(opener-fille|bavarde|deluge|presentation|cadre-conduit|alerte-derriere|activation|vide)/,
  /^\/dialogues\/(prompt$|confirm$|prompt-boucle|alert-minuterie|alert-imite|modal|alert-boucle)/,
  /^\/impression\/(chargement|deux-mille|boucle|insiste)/,
  /^\/chargements\/(?!sans-fin|jamais|binaire|svg|xml|mhtml|401|407|bombe|500$)/,
  /^\/fichiers\/(script-(?!simple|dossier)|image|photo|exotique|detache|formulaire|multiple)/,
  /^\/telecharger\/(?!pdf|desktop|remonte|absolu|crx|lien-ailleurs|lien-data|sans-fin|html|blob|commandes|lignes|windows|certificat|profil|renverse|long|cache|double|coupe)/,
  /^\/pouvoirs\/(appareils|presse-papiers-(lire-tout|ecrire|commande)|orientation|badge|etats|capteurs|stockage|sms|veille|vr|parole|nfc|contacts|cle-creer|camera-mouvement|installer|selection|sync|remplissage|plein-ecran-menus|fedcm|push|sourd|rouvert|doigts)/,
  /^\/local\/(ws-localhost|fetch-https|evenements|redirige-image|intranet|nom|nom-page|nom-socket|nom-redirige|webrtc|webrtc-stun|webrtc-relais|annonces)$/,
];
const FAMILIES = /^\/(fenetres|dialogues|impression|sorties|emmene|chargements|fichiers|telecharger|pouvoirs|local)\//;
/**
 * These only try an address, or ask for one thing that is refused at once: they leave nothing behind that outlives
 * their page.
 */
const FOLLOWING = new RegExp(
  [
    '^/(sorties|emmene|fichiers|telecharger|local)/',
    '^/pouvoirs/(camera|micro|ecran|position|notification|presse-papiers-lire|usb|hid|serie|bluetooth|midi|paiement)$',
    '^/pouvoirs/(inactivite|polices|ecrans|pipette|partage|protocole|gestion-fenetres|traduction)$',
  ].join('|'),
);
const ELSEWHERE = 'www.ailleurs-exemple.test';
const FAST = new Set([
  '/fenetres/open',
  '/fenetres/open-ailleurs',
  '/sorties/href',
  '/sorties/schema/file',
  '/sorties/schema/mailto',
  '/sorties/hotes/suffixe',
  '/sorties/hotes/boucle',
  '/fichiers/simple',
  '/fichiers/open-picker',
  '/local/ws',
  '/pouvoirs/plein-ecran',
  '/impression/cadre-vierge',
  '/telecharger/lien-ailleurs',
]);
/** Features that a site may use: they open nothing and reveal nothing about the machine. */
const HARMLESS =
  /(appareils|orientation|badge|stockage|presse-papiers-ecrire|presse-papiers-commande|souris|veille|etats|installer|tout|capteurs|parole|image-dans-image|gestion-fenetres|protocole|mot-de-passe-api|plein-ecran)/;

/** Successful answers that contain nothing. */
const NOTHING = /^(0|denied|0 polices)$/;

const notGiven = (fixture: Fixture): string | undefined => {
  const given = fixture.witness().find((one) => one.said === 'fait' && !NOTHING.test(one.detail));
  return given ? `the page succeeded: ${given.detail}` : undefined;
};

/** Whatever a page leaves running must end with its guest. */
const silentAfterwards = async (fixture: Fixture): Promise<string | undefined> => {
  await fixture.say('browsing', 'close');
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  fixture.mark();
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const late = fixture.requests()[0];
  return late ? `it still requests ${late.path}` : undefined;
};

/** The tray opens late, because the press first runs the page's script, which then asks for a file. */
const trayOpens = async (fixture: Fixture): Promise<string | undefined> =>
  (await comesTrue(() => fixture.visit()?.cover.kind === 'files', 5_000))
    ? undefined
    : `our tray did not open (${fixture.visit()?.cover.kind ?? 'no site'}); the page says: ${
        fixture
          .witness()
          .map((one) => one.said)
          .join(', ') || 'nothing'
      }`;

/** A prompt of the browser inside the site's window would keep the page loading. */
const finishesLoading = async (fixture: Fixture): Promise<string | undefined> =>
  (await comesTrue(() => fixture.visit()?.loading === false, 3_000)) ? undefined : 'the browser itself shows a prompt';

/** The file lands in the tray, or the kiosk refuses it because it is damaged. */
const kioskReceives = async (fixture: Fixture): Promise<string | undefined> =>
  (await comesTrue(
    () => fixture.arrivals() > 0 || fixture.log().some((one) => one.event === 'documents.refused'),
    5_000,
  ))
    ? undefined
    : 'the kiosk did not receive the file';

/** A link to a new window must open in the existing window, as a navigation by the page itself. */
const leadsThere = async (fixture: Fixture): Promise<string | undefined> => {
  const led = () => fixture.requests().find((one) => one.path === '/cible' && one.destination === 'document');
  if (!(await comesTrue(led, 5_000))) return 'the page was never requested';
  return led()?.ledBy === 'same-origin' ? undefined : `it was requested as ${led()?.ledBy}`;
};

/** Our own page may explain the refusal, but nothing of the forbidden site may be requested. */
const staysOnTheSite = (fixture: Fixture): string | undefined =>
  fixture.requests().some((one) => one.host === ELSEWHERE && one.destination !== 'empty')
    ? `a page of ${ELSEWHERE} was fetched`
    : undefined;

/** So many, because a browser drops a press that comes before the page is drawn. */
const PRESSES = 3;
const ASIDE_PX = 40;

/**
 * A dialog that the browser draws into the site's own window can't be seen among the windows of the screen. It keeps
 * every press from the page. A page that reported no press before says nothing.
 */
const takesPresses = async (fixture: Fixture): Promise<string | undefined> => {
  const isShown = (): boolean => fixture.visit()?.cover.kind === 'site';
  const presses = (): number => fixture.witness().filter((one) => one.said === 'appui').length;
  const before = presses();
  if (before === 0) return undefined;
  const [x, y] = await fixture.middle();
  for (let i = 1; i <= PRESSES; i++) {
    if (!isShown()) return undefined; // our own page explains why
    await fixture.screen.click(x, y + i * ASIDE_PX); // never twice at one place: that would be a double click
    if (await comesTrue(() => presses() > before, 1_000)) return undefined;
  }
  return isShown() ? 'no press reaches the page: the browser itself may show a dialog' : undefined;
};

/** The page has no address, so the bar must not show the name of the real site. */
const namesNobody = async (fixture: Fixture): Promise<string | undefined> =>
  (await comesTrue(() => fixture.visit()?.host === '' || fixture.visit()?.cover.kind !== 'site', 3_000))
    ? undefined
    : `the bar names ${fixture.visit()?.host}`;

const mustHold = (path: string): Attempt['mustHold'] | undefined => {
  if (/^\/pouvoirs\/(sw|sw-fantome|ouvrier-partage|adieu)$/.test(path)) return silentAfterwards;
  if (path.startsWith('/pouvoirs/'))
    return async (fixture) => (HARMLESS.test(path) ? undefined : notGiven(fixture)) ?? (await takesPresses(fixture));
  if (/^\/fenetres\/(open|open-noopener|lien-blank|lien-noopener)$/.test(path)) return leadsThere;
  // A `javascript:` that gives a text makes a page of it, which reports no press.
  if (/^\/sorties\/(programme-|schema\/(?!blob$|javascript$))/.test(path)) return takesPresses;
  if (path === '/sorties/schema/blob' || path === '/fenetres/open-blob') return namesNobody;
  if (path.startsWith('/emmene/')) return staysOnTheSite;
  if (path === '/telecharger/pdf') return kioskReceives;
  if (path === '/chargements/401-cadre') return finishesLoading;
  if (/^\/fichiers\/(script-)?(simple|dossier|picker)$/.test(path)) return trayOpens;
  if (/^\/fichiers\/(open|save|directory)-picker$/.test(path)) return notGiven;
  return undefined;
};

export const pages: readonly Attempt[] = tricks
  .filter(({ path }) => FAMILIES.test(path) && !LEFT_OUT.some((one) => one.test(path)))
  .map(({ path, what }) => {
    const holds = mustHold(path);
    return {
      name: `page${path}`,
      what,
      page: path.startsWith('/local/') ? `${path}?port={port}` : path,
      do: press,
      waitMs: path.startsWith('/local/') || path.startsWith('/pouvoirs/') ? 700 : 400,
      ...(FOLLOWING.test(path) ? { follows: true as const } : {}),
      ...(holds ? { mustHold: holds } : {}),
      ...(FAST.has(path) ? { fast: true as const } : {}),
    };
  });
