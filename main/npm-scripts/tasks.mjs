// What each npm script needs of the machine before it can run. Plain JavaScript without dependencies, like `run.mjs`,
// which imports it; its types are in `tasks.d.mts`.
import { packages } from './packages.mjs';

/** A task that needs the kiosk and everything that the tests use. */
const onTestMachine = (entry) => ({
  debian: [...packages.start, ...packages.test],
  user: true,
  build: true,
  entry,
});

const tasks = {
  start: { debian: packages.start, user: true, build: true, entry: 'main/npm-scripts/launch.ts' },
  // On a PC that becomes a kiosk. Its account runs the browsers, so they need no other.
  'set-up': { debian: packages.start, user: false, build: true, entry: 'main/npm-scripts/set-up.ts' },
  tour: onTestMachine('test/e2e/tour/run-tour.ts'),
  test: onTestMachine('test/harness/run-tests.ts'),
  bench: onTestMachine('test/bench/run-bench.ts'),
  residue: onTestMachine('test/residue/run-residue.ts'),
  soak: onTestMachine('test/soak/run-soak.ts'),
  escape: onTestMachine('test/e2e/escape/run-escape.ts'),
  'electron:prove': onTestMachine('test/prove/run-prove.ts'),
  dev: { debian: packages.start, user: true, build: true, entry: 'main/npm-scripts/dev.ts' },
  lint: { debian: [], user: false, build: false, entry: 'main/npm-scripts/lint.ts' },
  build: { debian: [], user: false, build: false, rebuilds: true, entry: 'main/npm-scripts/build.ts' },
  'config:check': { debian: [], user: false, build: false, besideKiosk: true, entry: 'main/config/check.ts' },
  'content:links': {
    debian: packages.start,
    user: true,
    build: false,
    entry: 'test/links/run-links.ts',
  },
  'content:preview': { debian: [], user: false, build: true, entry: 'test/preview/run-preview.ts' },
  'config:schemas': { debian: [], user: false, build: false, entry: 'main/config/write-schemas.ts' },
};

export const taskNames = Object.keys(tasks);

/** Commands of `npm start --` without a screen: they need neither a browser nor a display. */
const WITHOUT_SCREENS = ['report', 'agent-passphrase', 'kiosk-key', 'figures-register', 'collect', 'directory', 'map'];

export const setUpFor = (name, args) => {
  if (name === undefined || !taskNames.includes(name)) return undefined;
  const task = tasks[name];
  if (args.includes('--help')) return { ...task, debian: [], user: false, build: false };
  const command = args.find((one, at) => !one.startsWith('-') && args[at - 1] !== '--config'); // as in `command-name.ts`
  if (!WITHOUT_SCREENS.includes(command)) return task;
  // The passphrase may have to belong to that user.
  return { ...task, debian: [], user: task.user && command === 'agent-passphrase', besideKiosk: true };
};
