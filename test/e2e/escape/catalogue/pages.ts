/** Every page of the misbehaving site that tries to leave, to open, to take or to reach something. */
import { tricks } from '../../../fixtures/sites/farceur/tricks.ts';
import type { Attempt } from '../attempt.ts';
import type { Stage } from '../stage.ts';

const press = async (stage: Stage): Promise<void> => stage.screen.click(...(await stage.middle()));

/** Left out here: pages that are only parts of others, or that `floods.ts` plays with larger amounts. */
const NOT_ALONE = /^\/(cible|vers|vers-meta|vers-script|fichiers|sorties\/cadre-top-dedans|fenetres\/opener-fille)$/;
const FAMILIES = /^\/(fenetres|dialogues|impression|sorties|chargements|fichiers|telecharger|pouvoirs|local)\//;
const FAST = new Set([
  '/fenetres/open',
  '/fenetres/popunder',
  '/fenetres/open-ailleurs',
  '/sorties/302',
  '/sorties/href',
  '/sorties/schema/file',
  '/sorties/schema/mailto',
  '/sorties/hotes/suffixe',
  '/sorties/hotes/boucle',
  '/fichiers/simple',
  '/fichiers/open-picker',
  '/local/ws',
  '/local/fetch',
  '/pouvoirs/camera',
  '/pouvoirs/plein-ecran',
  '/impression/cadre-vierge',
  '/telecharger/lien-ailleurs',
]);
/** Powers that a site may well get: they open nothing and show nothing of the machine. */
const HARMLESS =
  /(appareils|orientation|badge|stockage|presse-papiers-ecrire|presse-papiers-commande|souris|veille|etats|installer|tout|capteurs|parole|image-dans-image|gestion-fenetres|protocole|mot-de-passe-api|plein-ecran)/;

const notGiven = (stage: Stage): string | undefined => {
  const given = stage.witness().find((one) => one.said === 'fait');
  return given ? `the page was given it: ${given.detail}` : undefined;
};

const mustHold = (path: string): Attempt['mustHold'] | undefined => {
  if (path.startsWith('/pouvoirs/') && !HARMLESS.test(path)) return notGiven;
  if (/^\/fichiers\/(open|save|directory)-picker$/.test(path)) return notGiven;
  return undefined;
};

export const pages: readonly Attempt[] = tricks
  .filter(({ path }) => FAMILIES.test(path) && !NOT_ALONE.test(path))
  .map(({ path, what }) => {
    const holds = mustHold(path);
    return {
      name: `page${path}`,
      what,
      page: path.startsWith('/local/') ? `${path}?port={port}` : path,
      do: press,
      waitMs: path.startsWith('/local/') || path.startsWith('/pouvoirs/') ? 700 : 400,
      ...(holds ? { mustHold: holds } : {}),
      ...(FAST.has(path) ? { fast: true as const } : {}),
    };
  });
