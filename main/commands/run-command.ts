/**
 * The commands that run without the kiosk's screens: `report …`, `directory …`, `map build …`, `agent-passphrase`,
 * `kiosk-key`, `figures-register …` and `collect …`. They need no display and no browser, and may run while the kiosk
 * runs on the same state folder.
 */
import { join } from 'node:path';
import type { CommandIo } from './command-io.ts';
import type { CommandName } from '../process/command-name.ts';
import { refusalForRoot } from './other-account.ts';
import type { KioskConfig } from '../config/kiosk-config.ts';
import { loadConfig } from '../config/load.ts';
import { formatMistake } from '../config/mistake.ts';
import { catalogue } from '../log/catalogue.ts';
import { createLogger } from '../log/logger.ts';
import { passphraseFileIn } from '../features/agent/index.ts';
import { directoryCommandDeps } from '../features/directory/index.ts';
import { keyEndingIn, reportDeps } from '../features/usage/index.ts';
import { appRoot, besideArchive } from '../platform/app-root.ts';
import { systemClock } from '../platform/clock.ts';
import { systemFiles } from '../platform/files.ts';
import { systemPlaces, type FolderPlaces } from '../platform/kiosk-folders.ts';
import { secretLines, shownLines } from '../platform/terminal.ts';

export interface CommandOptions extends CommandIo {
  readonly input: NodeJS.ReadStream;
  readonly demoConfigDir?: string;
  /** Defaults to the folders that the system gives. */
  readonly places?: (demo: boolean) => FolderPlaces;
  /** What to say instead, when the kiosk of this machine is not that of the account that runs the command. */
  readonly refusal?: (state: string) => Promise<string | undefined>;
}

interface ParsedArguments {
  readonly name: CommandName;
  readonly demo: boolean;
  readonly configDir: string | undefined;
  /** The remaining arguments, for the command itself. */
  readonly rest: readonly string[];
}

const parseArguments = (argv: readonly string[], name: CommandName): ParsedArguments => {
  const rest = [...argv];
  rest.splice(rest.indexOf(name), 1);
  const take = (at: number, many: number): string | undefined => (at < 0 ? undefined : rest.splice(at, many).at(-1));
  const demo = take(rest.indexOf('--demo'), 1) !== undefined;
  const joined = take(
    rest.findIndex((one) => one.startsWith('--config=')),
    1,
  )?.slice('--config='.length);
  return { name, demo, configDir: joined ?? take(rest.indexOf('--config'), 2), rest };
};

/** It reads or writes the state folder of the kiosk. With `--from`, a report is about the kiosks of a folder. */
const isOfThisKiosk = ({ name, demo, rest }: ParsedArguments): boolean =>
  !demo &&
  ['report', 'directory', 'agent-passphrase', 'kiosk-key'].includes(name) &&
  !rest.some((one) => one === '--help' || /^--from(=|$)/.test(one));

const systemRefusal = (state: string): Promise<string | undefined> => refusalForRoot(state, { files: systemFiles });

/** Returns the exit code: 0 done, 1 failed, 2 wrong arguments. */
export const runCommand = async (
  name: CommandName,
  argv: readonly string[],
  options: CommandOptions,
): Promise<number> => {
  const args = parseArguments(argv, name);
  if (args.demo && args.configDir !== undefined) {
    options.err.write('--demo a son propre contenu : enlever --config\n');
    return 2;
  }
  if (args.name === 'map') return map(args, options);
  const { state } = (options.places ?? systemPlaces)(args.demo);
  const refused = isOfThisKiosk(args) ? await (options.refusal ?? systemRefusal)(state) : undefined;
  if (refused !== undefined) {
    options.err.write(refused);
    return 1;
  }
  switch (args.name) {
    case 'report':
      return report(args, state, options);
    case 'directory':
      return directory(args, state, options);
    case 'agent-passphrase':
      return passphrase(args, state, options);
    case 'kiosk-key':
      return kioskKey(state, options);
    case 'figures-register': {
      const { registerCommand } = await import('../features/usage/register-command.ts');
      return registerCommand(args.rest, options, { files: systemFiles, now: systemClock.now });
    }
    case 'collect': {
      const { collectCommand } = await import('../features/usage/collect-command.ts');
      return collectCommand(args.rest, options, { files: systemFiles, env: process.env });
    }
  }
};

const kioskKey = async (state: string, options: CommandOptions): Promise<number> => {
  const made = await systemFiles.mkdir(state, 0o700);
  const ending = made.ok ? await keyEndingIn(systemFiles, state) : undefined;
  if (ending === undefined) options.err.write(`La clé de la borne ne se lit pas dans ${state}. Vérifiez les droits.\n`);
  else options.out.write(`Fin de la clé de cette borne : ${ending}\n`);
  return ending === undefined ? 1 : 0;
};

interface Configured {
  readonly dir: string;
  readonly config: KioskConfig;
}

/** Loads the configuration, or prints why it cannot and returns the exit code. */
const configOrExitCode = async (
  args: ParsedArguments,
  options: CommandOptions,
  without: string,
): Promise<Configured | number> => {
  const dir = args.demo ? options.demoConfigDir : (args.configDir ?? besideArchive('kiosk-config'));
  if (dir === undefined) {
    options.err.write('--demo : le contenu de démonstration n’est pas installé avec cette version\n');
    return 2;
  }
  const config = await loadConfig({ files: systemFiles, dir });
  if (config.ok) return { dir, config: config.value };
  for (const mistake of config.error) options.err.write(`${formatMistake(mistake)}\n`);
  options.err.write(`${config.error.length} erreur(s) dans la configuration : ${without}\n`);
  return 1;
};

const directory = async (args: ParsedArguments, state: string, options: CommandOptions): Promise<number> => {
  const found = await configOrExitCode(args, options, 'l’annuaire n’a pas changé');
  if (typeof found === 'number') return found;
  const { directoryCommand } = await import('../features/directory/directory-command.ts');
  const lines = shownLines(options.input);
  try {
    const { store, ...deps } = directoryCommandDeps(systemFiles, systemClock, {
      ...found,
      state,
      built: join(appRoot(), 'dist'),
    });
    return await directoryCommand(
      args.rest,
      { out: options.out, err: options.err, readLine: lines.next },
      { ...deps, store: store((file) => options.err.write(`Le fichier ${file}.json était abîmé : mis de côté.\n`)) },
    );
  } finally {
    lines.close();
  }
};

const report = async (args: ParsedArguments, state: string, options: CommandOptions): Promise<number> => {
  const found = await configOrExitCode(args, options, 'pas de rapport');
  if (typeof found === 'number') return found;
  const { reportCommand } = await import('../features/usage/report-command.ts');
  return reportCommand(args.rest, options, reportDeps(systemFiles, systemClock, found.config, state));
};

const map = async (args: ParsedArguments, options: CommandOptions): Promise<number> => {
  const configDir = args.demo ? options.demoConfigDir : (args.configDir ?? besideArchive('kiosk-config'));
  if (configDir === undefined) {
    options.err.write('--demo : le contenu de démonstration n’est pas installé avec cette version\n');
    return 2;
  }
  const { mapCommand } = await import('../map/map-command.ts');
  return mapCommand(args.rest, options, { files: systemFiles, configDir, built: join(appRoot(), 'dist') });
};

const passphrase = async (args: ParsedArguments, state: string, options: CommandOptions): Promise<number> => {
  const made = await systemFiles.mkdir(state, 0o700);
  if (!made.ok) {
    options.err.write(`${state} ne peut pas être créé (${made.error.kind}). Rien n’a changé.\n`);
    return 1;
  }
  const { agentPassphraseCommand } = await import('../features/agent/passphrase-command.ts');
  const lines = secretLines(options.input);
  try {
    return await agentPassphraseCommand(
      args.rest,
      { out: options.out, err: options.err, readLine: lines.next },
      {
        files: systemFiles,
        logger: createLogger({ events: catalogue, now: systemClock.now, sink: options.err }),
        passphraseFile: passphraseFileIn(state),
      },
    );
  } finally {
    lines.close();
  }
};
