/**
 * `npm run config:check [DIR]`: every mistake of the configuration, one a line, then their count and the sheets to read
 * again first.
 */
import { readOptions } from '../commands/read-options.ts';
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
const OPTIONS = {
  /** For `npm run lint`: advice counts as a mistake, and output that needs no action is not printed. */
  strict: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;
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
  const read = readOptions(argv, OPTIONS, { help: 'npm run config:check --', words: true });
  if (!read.ok) {
    io.print(read.error);
    io.print(USAGE);
    return 2;
  }
  const {
    values: { help, strict },
    positionals: [dir = DEFAULT_DIR, ...others],
  } = read.value;
  if (help || others.length > 0) {
    if (!help) io.print('Un seul dossier à la fois.');
    io.print(USAGE);
    return help ? 0 : 2;
  }
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
