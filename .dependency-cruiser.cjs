/** The fences of DESIGN §2: who may import whom. */
const only = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

module.exports = {
  forbidden: [
    only(
      'no-cycles',
      'Two files that need each other are one file, or need a third.',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    ),
    only(
      'screens-know-the-contract-only',
      'The renderer and the main process share the contract and nothing else.',
      { path: '^renderer/' },
      { path: '^main/', pathNot: '^main/contract/' },
    ),
    only(
      'screens-hold-no-zod',
      'Of the contract the screens take types, and values of files without zod: they would read it before anything is seen.',
      { path: '^renderer/' },
      {
        path: '^main/contract/',
        pathNot:
          '^main/contract/(result|printer-reasons|document-kinds|lighter-bytes|map-geometry|languages|place-words|speech-limits|typed-hours|i18n/[^/]+)\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    only('main-knows-no-screen', '', { path: '^main/', pathNot: '^main/npm-scripts/' }, { path: '^renderer/' }),
    only('contract-is-pure', 'zod and itself.', { path: '^main/contract/' }, { path: '^main/(?!contract/)' }),
    only(
      'electron-in-its-adapter',
      '',
      { pathNot: '^(main/shell/electron/|test/)' },
      { path: 'node_modules/electron/' },
    ),
    only(
      'machine-in-platform-only',
      'Files, processes, network and timers go through platform/ (SQLite through store/).',
      { path: '^main/', pathNot: '^main/(platform|npm-scripts)/' },
      {
        path: '^(node:)?(fs|fs/promises|child_process|net|tls|dgram|dns|dns/promises|http|https|http2|timers|timers/promises)$',
        dependencyTypesNot: ['type-only'],
      },
    ),
    only(
      'sqlite-in-store-only',
      '',
      { path: '^main/', pathNot: '^main/store/' },
      { path: 'node_modules/better-sqlite3/' },
    ),
    only(
      'duckdb-in-its-engine-only',
      'Read by the commands for a region, at their first query; never by a kiosk.',
      { pathNot: '^(main/features/usage/region-engine\\.ts$|node_modules/)' },
      { path: 'node_modules/@duckdb/' },
    ),
    only(
      's3-in-its-adapter-only',
      'Read by the commands for a region, when a bucket is named; never by a kiosk.',
      { pathNot: '^(main/features/usage/region-s3\\.ts$|test/|node_modules/)' },
      { path: 'node_modules/@(aws-sdk|smithy)/', dependencyTypesNot: ['type-only'] },
    ),
    only(
      'features-meet-in-compose',
      'A feature never imports another; it gets a port.',
      { path: '^main/features/([^/]+)/' },
      { path: '^main/features/([^/]+)/', pathNot: '^main/features/$1/' },
    ),
    only(
      'measures-lie-below',
      'The contract, and what each feature counts.',
      { path: '^main/measures/' },
      { path: '^main/(?!measures/|contract/|features/[^/]+/counters\\.ts)' },
    ),
    only(
      'lists-read-one-file-a-feature',
      'The log and the configuration are read before any feature is.',
      { path: '^main/(log|config)/' },
      { path: '^main/features/', pathNot: '^main/features/([^/]+/(events|section)|directory/national-words)\\.ts$' },
    ),
    only(
      'screens-of-features-come-second',
      'What is drawn before "Commencer", the session’s own screens, does not wait for them (`app/later-screens.ts`).',
      {
        path: '^renderer/(app/(main|App|PersonScreens|PhaseScreen|routes|router|define-screens|kiosk-context)|client/|ui/)',
      },
      {
        path: ['^renderer/features/index\\.ts$', '^renderer/features/(?!session/)[^/]+/index\\.ts$'],
        dependencyTypesNot: ['type-only'],
      },
    ),
    only(
      'pdf-lies-below',
      'What PDF files have in common for all features: it knows none of them.',
      { path: '^main/pdf/' },
      { path: '^main/(?!pdf/|contract/|platform/)' },
    ),
    only(
      'shell-knows-no-feature',
      'Browsers are given what they serve and tell.',
      { path: '^main/shell/' },
      { path: '^main/features/' },
    ),
    only(
      'ui-knows-no-app',
      'Components without a feature’s word in them are given what they need by `ui-context.ts`.',
      { path: '^renderer/ui/' },
      { path: '^renderer/(app|features)/' },
    ),
    only('devices-know-no-feature', '', { path: '^main/devices/' }, { path: '^main/features/' }),
    only('product-knows-no-test', '', { path: '^(main|renderer)/' }, { path: '^test/' }),
    only(
      'packages-are-declared',
      '',
      { path: '^(main|renderer)/' },
      { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
