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
