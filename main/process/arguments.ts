/** Parses the command line of `npm start` with Node's own parser. Each mistake gives one clear sentence. */
import { parseArgs } from 'node:util';
import { fail, ok, type Result } from '../contract/result.ts';

export interface StartArguments {
  readonly demo: boolean;
  readonly shell: 'auto' | 'chromium' | 'electron' | undefined;
  readonly configDir: string | undefined;
  readonly window: { readonly width: number; readonly height: number } | undefined;
  readonly help: boolean;
}

export const usage = `Usage: npm start [-- OPTIONS]

  --demo               le contenu et les sites de démonstration, sans réseau
  --shell=NAME         electron, chromium ou auto (auto : Electron s’il est là, sinon Chromium)
  --config=DIR         le dossier de configuration (défaut : kiosk-config)
  --window=1280x800    une fenêtre au lieu du plein écran, pour les développeurs
  --help               cette aide

Sans écran, même pendant que la borne tourne (avec --demo ou --config aussi) :
  report               les chiffres de fréquentation (report --help)
  agent-passphrase     choisir la phrase de passe de l’espace des agents
  kiosk-key            la fin de la clé de cette borne, pour le registre du Département
  figures-register     les bornes de confiance du Département (figures-register --help)
  collect              réunir les chiffres de beaucoup de bornes dans un magasin (collect --help)
  directory            importer, exporter, corriger l’annuaire des lieux d’aide (directory --help)
  map build CONTOURS   faire la carte à partir de contours officiels (map --help)
`;

/** Commands that run without the screens (`commands/run-command.ts`). */
const COMMANDS = [
  'report',
  'agent-passphrase',
  'kiosk-key',
  'figures-register',
  'collect',
  'directory',
  'map',
] as const;
export type CommandName = (typeof COMMANDS)[number];

/** The command in these arguments; undefined when they start the kiosk. */
export const commandIn = (argv: readonly string[]): CommandName | undefined => {
  const first = argv.find((one) => !one.startsWith('-'));
  return COMMANDS.find((name) => name === first);
};

const SHELLS = ['auto', 'chromium', 'electron'] as const;
const WINDOW = /^(\d{3,4})x(\d{3,4})$/;

/** Translates the parser's errors to French. Its error codes are stable, and its English message quotes the option. */
const refusal = (error: unknown): string => {
  const { code, message } = error as { code?: string; message?: string };
  const word = /'([^']*)'/.exec(message ?? '')?.[1]?.replace(/ <value>$/, '') ?? '';
  switch (code) {
    case 'ERR_PARSE_ARGS_UNKNOWN_OPTION':
      return `option inconnue : ${word}`;
    case 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL':
      return `mot inattendu : ${word}`;
    case 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE':
      return message?.includes('missing') ? `${word} : il manque sa valeur` : `${word} ne prend pas de valeur`;
    default:
      throw error;
  }
};

export const readArguments = (argv: readonly string[]): Result<StartArguments, string> => {
  let values: { demo?: boolean; shell?: string; config?: string; window?: string; help?: boolean };
  try {
    ({ values } = parseArgs({
      args: [...argv],
      options: {
        demo: { type: 'boolean' },
        shell: { type: 'string' },
        config: { type: 'string' },
        window: { type: 'string' },
        help: { type: 'boolean' },
      },
      strict: true,
      allowPositionals: false,
    }));
  } catch (error) {
    return fail(`${refusal(error)}. Voir : npm start -- --help`);
  }
  const shell = SHELLS.find((one) => one === values.shell);
  if (values.shell !== undefined && shell === undefined) {
    return fail(`--shell=${values.shell} : attendu ${SHELLS.join(', ')}`);
  }
  const size = values.window === undefined ? undefined : WINDOW.exec(values.window);
  if (size === null) return fail(`--window=${values.window} : attendu une taille comme 1280x800`);
  if (values.demo && values.config !== undefined) return fail('--demo a son propre contenu : enlever --config');
  return ok({
    demo: values.demo ?? false,
    shell,
    configDir: values.config,
    window: size ? { width: Number(size[1]), height: Number(size[2]) } : undefined,
    help: values.help ?? false,
  });
};
