/**
 * `npm start -- figures-register …`: manages the kiosks that the Département trusts. No kiosk is trusted automatically.
 */
import type { Files } from '../../platform/files.ts';
import { parseWeek, weekOfMoment } from './iso-week.ts';
import {
  createTrust,
  keyEnding,
  readTrust,
  withCard,
  writeRegister,
  type KioskCard,
  type TrustedKiosk,
  type TrustFault,
} from './register.ts';
import { cardName, readCard, secondCardName } from './write-bundles.ts';
import type { CommandIo } from '../../commands/command-io.ts';
import { readOptions } from '../../commands/read-options.ts';

const HELP = `Les bornes de confiance du Département. Leur registre et ses clés restent hors du partage, dans DOSSIER.

  figures-register --trust DOSSIER --init
      fait les clés du Département et un registre vide ; affiche la clé à mettre dans figures.recipient
  figures-register --trust DOSSIER --from PARTAGE --add BORNE --ending "a1b2 c3d4 e5f6 0718" [--since 2026-W40]
      ajoute une borne, ou une nouvelle clé d’une borne : --ending est la fin de clé que la borne elle-même montre ;
      à refaire pour corriger son lieu, une première semaine trop tardive ou une fin mal écrite
  figures-register --trust DOSSIER --end BORNE --until 2026-W40
      arrête de croire une borne après cette semaine
  figures-register --trust DOSSIER
      montre le registre
`;

export const TRUST_FAULTS: Readonly<Record<TrustFault, string>> = {
  missing: 'Le registre des bornes n’est pas là. Faites-le une fois avec : figures-register --trust DOSSIER --init',
  unreadable: 'Le registre des bornes ne se lit pas. Vérifiez les droits de son dossier.',
  wrong: 'Le registre des bornes n’a pas la bonne forme. Reprenez une copie de son dossier.',
  'not-signed': 'Le registre des bornes a été changé sans la clé de signature : il n’est pas cru. Reprenez une copie.',
};

const options = {
  trust: { type: 'string' },
  from: { type: 'string' },
  init: { type: 'boolean', default: false },
  add: { type: 'string' },
  ending: { type: 'string' },
  since: { type: 'string' },
  end: { type: 'string' },
  until: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Returns the exit code: 0 done, 1 failed, 2 wrong arguments. */
export const registerCommand = async (
  argv: readonly string[],
  { out, err }: CommandIo,
  deps: { readonly files: Files; readonly now: () => number },
): Promise<number> => {
  const { files } = deps;
  const read = readOptions(argv, options, { help: 'figures-register' });
  const exitWith = (text: string, code: number): number => {
    err.write(`${text}\n`);
    return code;
  };
  if (!read.ok) return exitWith(read.error, 2);
  const args = read.value.values;
  if (args.help) {
    out.write(HELP);
    return 0;
  }
  const { trust, from, add, ending, end } = args;
  if (trust === undefined) return exitWith('--trust manque : le dossier du registre, hors du partage.', 2);
  if (args.init) {
    const created = await createTrust(files, trust);
    if (!created.ok)
      return exitWith(created.error === 'already' ? 'Ce dossier a déjà un registre : rien n’a changé.' : `${trust} ne peut pas être écrit (${created.error}).`, 1); // prettier-ignore
    out.write(`Le registre est fait. Dans la configuration des bornes :\n\nfigures:\n  recipient: ${created.value}\n`);
    return 0;
  }
  const known = await readTrust(files, trust);
  if (!known.ok) return exitWith(TRUST_FAULTS[known.error], 1);
  const list = (kiosks: readonly TrustedKiosk[]): void => {
    for (const { kiosk, place, keys } of kiosks)
      for (const key of keys)
        out.write(
          `${kiosk}  ${place}  clé ${keyEnding(key.publicKey)}  de ${key.from} à ${key.until ?? 'aujourd’hui'}\n`,
        );
  };
  const keep = async (kiosks: readonly TrustedKiosk[], changed: string): Promise<number> => {
    const written = await writeRegister(files, trust, kiosks);
    if (!written.ok) return exitWith(`Le registre ne peut pas être écrit (${written.error}). Rien n’a changé.`, 1);
    list(kiosks.filter(({ kiosk }) => kiosk === changed));
    return 0;
  };
  if (end !== undefined) {
    const until = parseWeek(args.until ?? '');
    if (until === undefined) return exitWith('--until manque, ou n’est pas une semaine : écrivez 2026-W40.', 2);
    if (!known.value.kiosks.some(({ kiosk }) => kiosk === end)) return exitWith(`« ${end} » n’est pas au registre.`, 1);
    const shorter = (key: TrustedKiosk['keys'][number]): typeof key =>
      key.until !== null && key.until < until ? key : { ...key, until };
    return keep(
      known.value.kiosks.map((one) => (one.kiosk === end ? { ...one, keys: one.keys.map(shorter) } : one)),
      end,
    );
  }
  if (add !== undefined) {
    const since = args.since === undefined ? weekOfMoment(deps.now()).week : parseWeek(args.since);
    if (from === undefined || ending === undefined || since === undefined)
      return exitWith('--add demande --from PARTAGE, et --ending : la fin de clé que la borne elle-même montre.', 2);
    const card = await findCard(files, from, add, ending);
    if (!card) return exitWith(`Aucune fiche de « ${add} » n’a une clé qui finit par « ${ending} ». Relisez-la à la borne ; si elle est juste, la fiche du partage n’est pas de cette borne.`, 1); // prettier-ignore
    return keep(withCard(known.value.kiosks, card, since), add);
  }
  list(known.value.kiosks);
  return 0;
};

/** Finds the card whose key ends as shown at the kiosk itself. Any other card of that name is not proven. */
const findCard = async (
  files: Files,
  folder: string,
  kiosk: string,
  ending: string,
): Promise<KioskCard | undefined> => {
  const plain = (text: string): string => text.replaceAll(/[^0-9a-f]/gi, '').toLowerCase();
  const listed = await files.list(folder);
  if (!listed.ok || plain(ending).length !== 16) return undefined;
  for (const { name } of listed.value) {
    if (!name.endsWith('.borne') || !name.startsWith(`${kiosk}.`)) continue;
    const card = await readCard(files, `${folder}/${name}`);
    if (card?.kiosk !== kiosk || plain(keyEnding(card.publicKey)) !== plain(ending)) continue;
    // Make it the kiosk's main card, so that the kiosk stops reporting that the folder knows another key.
    if (name === secondCardName(kiosk, card.publicKey))
      await files.rename(`${folder}/${name}`, `${folder}/${cardName(kiosk)}`);
    return card;
  }
  return undefined;
};
