/** `npm run config:check [DIR]`: every mistake of the configuration, one a line, the plain count, the oldest sheets first. */
import { mapTroubles } from '../map/check-maps.ts';
import { systemFiles, type Files } from '../platform/files.ts';
import { oldestFirst } from './freshness.ts';
import type { DemarcheConfig } from './kiosk-config.ts';
import { loadConfig } from './load.ts';
import { formatMistake } from './mistake.ts';

export interface CheckIo {
  readonly files: Pick<Files, 'list' | 'readText' | 'readPart'>;
  /** One line, without its end. */
  print(line: string): void;
}

const USAGE = 'Usage\u00a0: npm run config:check [-- DOSSIER]   (sans dossier\u00a0: kiosk-config)';
const DEFAULT_DIR = 'kiosk-config';

const plural = (count: number, word: string): string => `${count} ${word}${count > 1 ? 's' : ''}`;

/** How many of the oldest sheets are named: a morning's work for the person who reads them again. */
const NAMED = 10;

const toReadAgain = (demarches: readonly DemarcheConfig[]): readonly string[] => {
  const named = oldestFirst(demarches).slice(0, NAMED);
  return [
    'À relire d’abord, la plus ancienne en tête\u00a0:',
    ...named.map(({ id, verifiedOn, verifiedBy }) => {
      const by = verifiedBy ?? 'personne ne l’a encore suivie sur le vrai site';
      return `  ${verifiedOn}  ${id} (${by})`;
    }),
    ...(demarches.length > named.length ? [`  et ${demarches.length - named.length} plus récentes`] : []),
  ];
};

/** The exit code: 0 when the kiosk would start with this folder, 2 when not. */
export const checkConfig = async (argv: readonly string[], io: CheckIo): Promise<number> => {
  if (argv.includes('--help')) {
    io.print(USAGE);
    return 0;
  }
  const option = argv.find((word) => word.startsWith('-'));
  if (option !== undefined || argv.length > 1) {
    io.print(option === undefined ? 'Un seul dossier à la fois.' : `Option inconnue\u00a0: ${option}`);
    io.print(USAGE);
    return 2;
  }
  const dir = argv[0] ?? DEFAULT_DIR;
  const config = await loadConfig({ files: io.files, dir });
  if (config.ok) {
    io.print(`${plural(config.value.demarches.length, 'démarche')}, 0 erreur`);
    for (const line of toReadAgain(config.value.demarches)) io.print(line);
    for (const line of await mapTroubles(io.files, dir, config.value.site)) io.print(line);
    return 0;
  }
  for (const mistake of config.error) io.print(formatMistake(mistake));
  io.print(plural(config.error.length, 'erreur'));
  return 2;
};

if (import.meta.main) {
  process.exitCode = await checkConfig(process.argv.slice(2), {
    files: systemFiles,
    print: (line) => process.stdout.write(`${line}\n`),
  });
}
