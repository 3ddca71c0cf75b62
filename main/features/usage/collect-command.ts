/** `npm start -- collect …`: verifies new weeks of a share and adds them to the store of a region. */
import { resolve } from 'node:path';
import type { Files } from '../../platform/files.ts';
import { PROBLEMS } from './departement.ts';
import { removeOldBundles } from './old-bundles.ts';
import { isRefusal } from './read-bundle.ts';
import { ensureStore, STORE_FAULTS } from './region-files.ts';
import { isRemote, openPlace, type Environment, type StorePlace } from './region-place.ts';
import { TRUST_FAULTS } from './register-command.ts';
import { readTrust, type Trust } from './register.ts';
import type { CommandIo } from '../../commands/command-io.ts';
import { readOptions } from '../../commands/read-options.ts';

const HELP = `Réunir les chiffres de beaucoup de bornes

  collect --from PARTAGE --trust DOSSIER --to MAGASIN
      vérifie chaque semaine nouvelle du PARTAGE, une seule fois, et l’ajoute au MAGASIN (un dossier, fait s’il n’est pas là) ;
      DOSSIER : le registre des bornes, hors du partage (figures-register --help)
  collect --from PARTAGE --trust DOSSIER --to s3://SEAU/CHEMIN
      le même, dans un service S3 ; l’environnement donne AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
      et, hors d’Amazon, AWS_ENDPOINT_URL (https://…) ; au besoin AWS_REGION et AWS_SESSION_TOKEN

  Plusieurs départements peuvent écrire dans le même magasin en même temps, chacun avec son registre.
  Le magasin est cru sur parole par « report --from MAGASIN » : seules les personnes qui font les chiffres y écrivent.
`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  trust: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Returns the exit code: 0 done, 1 failed or a file was refused, 2 wrong arguments. */
export const collectCommand = async (
  argv: readonly string[],
  { out, err }: CommandIo,
  { files, env = {} }: { readonly files: Files; readonly env?: Environment },
): Promise<number> => {
  const read = readOptions(argv, options, { help: 'collect' });
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
  const { from, to, trust } = args;
  if (from === undefined || to === undefined || trust === undefined)
    return exitWith('--from PARTAGE, --trust DOSSIER et --to MAGASIN vont ensemble. Voir : collect --help', 2);
  const known = await readTrust(files, trust);
  if (!known.ok) return exitWith(TRUST_FAULTS[known.error], 1);
  if (!(await files.exists(from)))
    return exitWith(`Le dossier ${from} n’existe pas. Vérifiez son nom, et le partage.`, 1);
  // Many can write to the share, but the files of a store are trusted without another check.
  if (!isRemote(to) && `${resolve(to)}/`.startsWith(`${resolve(from)}/`))
    return exitWith('Le magasin ne peut pas être dans le partage : ceux qui écrivent là pourraient le changer.', 2);
  const place = await openPlace(files, to, env);
  if (!place.ok) return exitWith(`${to} : ${STORE_FAULTS[place.error]}`, 1);
  try {
    return await collectInto(place.value, { from, to, trust: known.value }, { out, err }, files);
  } finally {
    await place.value.close();
  }
};

const collectInto = async (
  place: StorePlace,
  { from, to, trust }: { readonly from: string; readonly to: string; readonly trust: Trust },
  { out, err }: CommandIo,
  files: Files,
): Promise<number> => {
  const exitWith = (text: string): number => {
    err.write(`${text}\n`);
    return 1;
  };
  const created = await ensureStore(place);
  if (!created.ok) return exitWith(`${to} : ${STORE_FAULTS[created.error]}`);
  const { collect } = await import('./collect.ts');
  const done = await collect(files, { folder: from, place, trust });
  if (!done.ok)
    return exitWith(
      done.error === 'folder' || done.error === 'no-room' ? FAULTS[done.error] : `${to} : ${STORE_FAULTS[done.error]}`,
    );
  const { added, already, problems } = done.value;
  for (const { name, fault } of problems) err.write(`${name} : ${PROBLEMS[fault]}\n`);
  out.write(`Semaines ajoutées au magasin : ${added}. Déjà là : ${already}.\n`);
  await removeOldBundles(files, from, trust);
  return problems.some(({ fault }) => isRefusal(fault)) ? 1 : 0;
};

const FAULTS: Readonly<Record<'folder' | 'no-room', string>> = {
  folder: 'Le partage ne se lit pas. Vérifiez les droits.',
  'no-room': 'Le dossier temporaire de ce poste ne peut pas être écrit. Vérifiez la place.',
};
