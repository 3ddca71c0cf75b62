/** `npm start -- collect …`: the weeks of a share, verified once and added to the store of a region. */
import { resolve } from 'node:path';
import type { Files } from '../../platform/files.ts';
import { PROBLEMS } from './departement.ts';
import { isRefusal } from './read-bundle.ts';
import { beginStore, isRemote, STORE_FAULTS } from './region-files.ts';
import { TRUST_FAULTS } from './register-command.ts';
import { readTrust } from './register.ts';
import { removeOld } from './report-command.ts';
import { readOptions } from './read-options.ts';

interface CommandIo {
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void };
}

const HELP = `Réunir les chiffres de beaucoup de bornes

  collect --from PARTAGE --trust DOSSIER --to MAGASIN
      vérifie chaque semaine nouvelle du PARTAGE, une seule fois, et l’ajoute au MAGASIN (un dossier, fait s’il n’est pas là) ;
      DOSSIER : le registre des bornes, hors du partage (figures-register --help)

  Plusieurs départements peuvent écrire dans le même magasin en même temps, chacun avec son registre.
  Le magasin est cru sur parole par « report --from MAGASIN » : seules les personnes qui font les chiffres y écrivent.
`;

const options = {
  from: { type: 'string' },
  to: { type: 'string' },
  trust: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Answers the exit code: 0 done, 1 could not or something was refused, 2 asked wrongly. */
export const collectCommand = async (
  argv: readonly string[],
  { out, err }: CommandIo,
  { files }: { readonly files: Files },
): Promise<number> => {
  const asked = readOptions(argv, options);
  const say = (text: string, code: number): number => {
    err.write(`${text}\n`);
    return code;
  };
  if (!asked) return say('Une option est mal écrite. Voir : collect --help', 2);
  if (asked.help) {
    out.write(HELP);
    return 0;
  }
  const { from, to, trust } = asked;
  if (from === undefined || to === undefined || trust === undefined)
    return say('--from PARTAGE, --trust DOSSIER et --to MAGASIN vont ensemble. Voir : collect --help', 2);
  const known = await readTrust(files, trust);
  if (!known.ok) return say(TRUST_FAULTS[known.error], 1);
  if (!(await files.exists(from))) return say(`Le dossier ${from} n’existe pas. Vérifiez son nom, et le partage.`, 1);
  const store = isRemote(to) ? to : resolve(to);
  // Weeks that anybody may write beside weeks that are believed.
  if (!isRemote(to) && `${store}/`.startsWith(`${resolve(from)}/`))
    return say('Le magasin ne peut pas être dans le partage : ceux qui écrivent là pourraient le changer.', 2);
  const begun = await beginStore(files, store);
  if (!begun.ok) return say(`${to} : ${STORE_FAULTS[begun.error]}`, 1);
  const { collect } = await import('./collect.ts');
  const done = await collect(files, { folder: from, store, trust: known.value });
  if (!done.ok) return say(FAULTS[done.error] ?? STORE_FAULTS.unwritable, 1);
  const { added, already, problems, latest } = done.value;
  for (const { name, fault } of problems) err.write(`${name} : ${PROBLEMS[fault]}\n`);
  out.write(`Semaines ajoutées au magasin : ${added}. Déjà là : ${already}.\n`);
  await removeOld(files, from, latest);
  return problems.some(({ fault }) => isRefusal(fault)) ? 1 : 0;
};

const FAULTS: Readonly<Record<string, string>> = {
  folder: 'Le partage ne se lit pas. Vérifiez les droits.',
  'no-room': 'Le dossier temporaire de ce poste ne peut pas être écrit. Vérifiez la place.',
};
