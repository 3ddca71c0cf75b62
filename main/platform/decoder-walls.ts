/**
 * The walls around a process that decodes hostile files, each an ordinary program of util-linux that ends by running the next. What a
 * machine lacks is found out once, by trying, and told: the others stand.
 */
import { existsSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { appRoot } from './app-root.ts';
import type { Run } from './run.ts';
import { decoderFilter } from './seccomp-filter.ts';
import { MEMORY_ENV } from './supervised-process.ts';

/** `network`: a namespace without any. `account`: one that owns nothing (only root can). `files`: Landlock. `calls`: seccomp. */
export type Wall = 'network' | 'account' | 'files' | 'calls' | 'memory';

export interface Walls {
  readonly command: (words: readonly string[]) => readonly string[];
  readonly missing: readonly Wall[];
  /** As the decoder's own account: in a container even root may not change another's limits. */
  readonly asAccount: (words: readonly string[]) => readonly string[];
  /** Inherited as descriptor 4, the filter that the command names; undefined when it names none. */
  readonly filter: number | undefined;
}

/** The account that owns no file by its definition: the guest's browsers, which have another, can't reach into this one. */
const NOBODY = 65_534;
const FILTER = '/proc/self/fd/4';
const PROBE_MS = 5_000;
const CAPABILITIES = ['--inh-caps=-all', '--bounding-set=-all'];
const AS_NOBODY = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

const real = (path: string): readonly string[] => (existsSync(path) ? [realpathSync(path)] : []);

/** Our code, its packages, the system's libraries and typefaces. Never a folder in which something of a person may lie. */
const foldersFor = (script: string): readonly string[] => {
  const root = appRoot();
  return [
    ...[dirname(script), join(root, 'dist', 'main'), join(root, 'main'), join(root, 'node_modules')],
    ...['/usr', '/etc/fonts', '/var/cache/fontconfig'],
  ].flatMap(real);
};
const files = (): readonly string[] =>
  [join(appRoot(), 'package.json'), '/etc/ld.so.cache', '/dev/null', '/dev/urandom'].flatMap(real);
const programs = (): readonly string[] =>
  [process.execPath, '/lib64/ld-linux-x86-64.so.2', '/lib/ld-linux-aarch64.so.1'].flatMap(real);

/** The second fence about files, and the only one where there is no Landlock: native code passes it. */
export const nodePermissions = (script: string): readonly string[] => [
  '--permission',
  '--allow-addons',
  ...[...foldersFor(script), ...files()].map((path) => `--allow-fs-read=${path}`),
  '--disable-warning=SecurityWarning',
];

const landlock = (script: string): readonly string[] => [
  '--landlock-access=fs',
  ...foldersFor(script).map((path) => `--landlock-rule=path-beneath:read-file,read-dir:${path}`),
  ...files().map((path) => `--landlock-rule=path-beneath:read-file:${path}`),
  ...programs().map((path) => `--landlock-rule=path-beneath:read-file,execute:${path}`),
];

/** Nothing of ours: no display, no bus, no home. Told nothing else, OpenSSL wants to read its settings, which it may not. */
export const DECODER_ENV: Readonly<Record<string, string>> = {
  ...MEMORY_ENV,
  HOME: '/nonexistent',
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  OPENSSL_CONF: '/dev/null',
};

type Works = (program: string, words: readonly string[]) => Promise<boolean>;

/** Tried, and kept open as a file without a name: nothing to remove later. Undefined where the system takes none. */
const openFilter = async (works: Works): Promise<number | undefined> => {
  const bytes = decoderFilter(process.arch);
  if (bytes === undefined) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'pn-filter-'));
  try {
    const file = join(folder, 'filter');
    writeFileSync(file, bytes, { mode: 0o444 });
    const taken = await works('setpriv', ['--no-new-privs', `--seccomp-filter=${file}`, '--', 'true']);
    return taken ? openSync(file, 'r') : undefined;
  } finally {
    rmSync(folder, { recursive: true });
  }
};

export const findWalls = async (deps: { readonly run: Run; readonly script: string }): Promise<Walls> => {
  const works: Works = async (program, words) => (await deps.run(program, words, { timeoutMs: PROBE_MS })).ok;
  const isRoot = process.getuid?.() === 0;
  const apart = [...(isRoot ? [] : ['--user']), '--net', '--ipc', '--'];
  // No core: it would put a person's document on the disk.
  const bounds = ['--core=0', '--fsize=0', '--nofile=256', '--'];
  const fences = [...landlock(deps.script), '--'];
  const [network, account, filesApart, filter, memory] = await Promise.all([
    works('unshare', [...apart, 'true']),
    // Our code may lie where only root comes.
    isRoot ? works('setpriv', [...AS_NOBODY, '--', 'test', '-r', deps.script]) : false,
    works('setpriv', ['--no-new-privs', ...fences, process.execPath, '--version']),
    openFilter(works),
    works('prlimit', [...bounds, 'true']),
  ]);
  const stands: Readonly<Record<Wall, boolean>> = {
    network,
    account: account || !isRoot,
    files: filesApart,
    calls: filter !== undefined,
    memory,
  };
  return {
    filter,
    missing: (Object.keys(stands) as Wall[]).filter((wall) => !stands[wall]),
    asAccount: (words) => (account ? ['setpriv', ...AS_NOBODY, '--', ...words] : words),
    command: (words) => [
      ...(network ? ['unshare', ...apart] : []),
      ...(memory ? ['prlimit', ...bounds] : []),
      ...['setpriv', '--no-new-privs', '--pdeathsig=KILL', ...(isRoot ? CAPABILITIES : [])],
      ...(account ? AS_NOBODY : []),
      ...(filter === undefined ? [] : [`--seccomp-filter=${FILTER}`]),
      '--',
      // Last: behind it the filter could not be read any more.
      ...(filesApart ? ['setpriv', ...fences] : []),
      ...words,
    ],
  };
};
