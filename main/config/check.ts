/**
 * `npm run config:check [DIR]`: every mistake of the configuration, one a line, then their count and the sheets to read
 * again first.
 */
import { mapTroubles } from '../map/check-maps.ts';
import { systemFiles, type Files } from '../platform/files.ts';
import { oldestFirst } from './freshness.ts';
import type { DemarcheConfig } from './kiosk-config.ts';
import { loadConfig } from './load.ts';
import { formatMistake } from './mistake.ts';
import { adviceLines, adviseOnTutorials } from './tutorial-advice.ts';
import { pictureMistakes } from './tutorial-pictures.ts';

export interface CheckIo {
  readonly files: Pick<Files, 'list' | 'readText' | 'readPart'>;
  /** Prints one line; the text has no line break. */
  print(line: string): void;
}

const USAGE = 'Usage\u00a0: npm run config:check [-- DOSSIER]   (sans dossier\u00a0: kiosk-config)';
/** For `npm run lint`: advice counts as a mistake, and output that needs no action is not printed. */
const STRICT = '--strict';
const DEFAULT_DIR = 'kiosk-config';

const plural = (count: number, word: string): string => `${count} ${word}${count > 1 ? 's' : ''}`;

/** How many of the oldest sheets are listed: a morning's work to read again. */
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

/** Returns the exit code: 0 when the kiosk would start with everything in this folder, otherwise 2. */
export const checkConfig = async (argv: readonly string[], io: CheckIo): Promise<number> => {
  if (argv.includes('--help')) {
    io.print(USAGE);
    return 0;
  }
  const strict = argv.includes(STRICT);
  const words = argv.filter((word) => word !== STRICT);
  const option = words.find((word) => word.startsWith('-'));
  if (option !== undefined || words.length > 1) {
    io.print(option === undefined ? 'Un seul dossier à la fois.' : `Option inconnue\u00a0: ${option}`);
    io.print(USAGE);
    return 2;
  }
  const dir = words[0] ?? DEFAULT_DIR;
  const config = await loadConfig({ files: io.files, dir });
  if (config.ok) {
    const { demarches, tutorials, tutorialMistakes } = config.value;
    const pictures = await pictureMistakes({ files: io.files, dir }, tutorials);
    const lost = [...tutorialMistakes, ...pictures];
    for (const mistake of lost) io.print(formatMistake(mistake));
    const learning = tutorials.length === 0 ? '' : `, ${plural(tutorials.length, 'tutoriel')}`;
    io.print(`${plural(demarches.length, 'démarche')}${learning}, ${plural(lost.length, 'erreur')}`);
    const advised = await adviseOnTutorials({ files: io.files, dir });
    if (strict) {
      for (const one of advised.advice) io.print(formatMistake(one));
      return lost.length + advised.advice.length === 0 ? 0 : 2;
    }
    for (const line of adviceLines(advised, formatMistake)) io.print(line);
    for (const line of toReadAgain(demarches)) io.print(line);
    for (const line of await mapTroubles(io.files, dir, config.value.site)) io.print(line);
    // The kiosk would start without the wrong tutorials, but their authors want to know.
    return lost.length === 0 ? 0 : 2;
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
