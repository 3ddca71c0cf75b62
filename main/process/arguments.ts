/** Parses the command line of `npm start`. Each mistake gives one clear sentence. */
import { readOptions } from '../commands/read-options.ts';
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

const SHELLS = ['auto', 'chromium', 'electron'] as const;
const WINDOW = /^(\d{3,4})x(\d{3,4})$/;

export const readArguments = (argv: readonly string[]): Result<StartArguments, string> => {
  const read = readOptions(
    argv,
    {
      demo: { type: 'boolean' },
      shell: { type: 'string' },
      config: { type: 'string' },
      window: { type: 'string' },
      help: { type: 'boolean' },
    },
    { help: 'npm start --' },
  );
  if (!read.ok) return read;
  const { values } = read.value;
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

/** Arguments that `npm start -- --demo` adds for the kiosk, since the launcher serves the demonstration sites. */
const DEMO_SITES = '--demo-sites=';
const DEMO_CONFIG = '--demo-config=';

export interface DemoSites {
  readonly hostRules: string;
  readonly trustedSpki: string;
}

export interface DemoArguments {
  readonly demoSites?: DemoSites;
  readonly demoConfigDir?: string;
}

export const demoArguments = (demo: DemoArguments): readonly string[] => [
  ...(demo.demoSites ? [`${DEMO_SITES}${JSON.stringify(demo.demoSites)}`] : []),
  ...(demo.demoConfigDir === undefined ? [] : [`${DEMO_CONFIG}${demo.demoConfigDir}`]),
];

/** Separates them from the arguments that the user typed. */
export const readDemoArguments = (
  argv: readonly string[],
): { readonly demo: DemoArguments; readonly rest: readonly string[] } => {
  const valueOf = (option: string): string | undefined =>
    argv.find((one) => one.startsWith(option))?.slice(option.length);
  const sites = valueOf(DEMO_SITES);
  const config = valueOf(DEMO_CONFIG);
  return {
    demo: {
      ...(sites === undefined ? {} : { demoSites: JSON.parse(sites) as DemoSites }),
      ...(config === undefined ? {} : { demoConfigDir: config }),
    },
    rest: argv.filter((one) => !one.startsWith(DEMO_SITES) && !one.startsWith(DEMO_CONFIG)),
  };
};
