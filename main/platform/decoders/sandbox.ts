/**
 * The sandbox of a process that decodes untrusted files, in layers. Each is set up by an ordinary util-linux program
 * that ends by running the next one. Support is probed once by running each; missing layers are reported, and the
 * others still apply.
 */
import { existsSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { appRoot } from '../app-root.ts';
import type { Run } from '../run.ts';
import { decoderFilter } from './seccomp-filter.ts';
import { MEMORY_ENV } from '../supervised-process.ts';

/**
 * `network`: an empty network namespace. `account`: one that owns nothing (only root can). `files`: Landlock. `calls`:
 * seccomp.
 */
export type SandboxLayer = 'network' | 'account' | 'files' | 'calls' | 'memory';

export interface Sandbox {
  readonly command: (words: readonly string[]) => readonly string[];
  readonly missing: readonly SandboxLayer[];
  /** Runs a command as the decoder's account: in a container even root may not change another account's limits. */
  readonly asAccount: (words: readonly string[]) => readonly string[];
  /** The seccomp filter that `command` refers to, inherited as descriptor 4; undefined when there is none. */
  readonly filter: number | undefined;
}

/**
 * The account that by definition owns no file. The guest's browsers run under another account, so they cannot reach
 * into this process.
 */
const NOBODY = 65_534;
const FILTER = '/proc/self/fd/4';
const PROBE_MS = 5_000;
const CAPABILITIES = ['--inh-caps=-all', '--bounding-set=-all'];
const AS_NOBODY = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups'];

const real = (path: string): readonly string[] => (existsSync(path) ? [realpathSync(path)] : []);

/** Our code, its packages, the system's libraries and fonts. Never a folder that may hold a person's files. */
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

/** A second layer around files, and the only one where there is no Landlock. It does not bind native code. */
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

/**
 * No display, no bus, no home. Without OPENSSL_CONF, OpenSSL tries to read its configuration, which the sandbox
 * forbids.
 */
export const DECODER_ENV: Readonly<Record<string, string>> = {
  ...MEMORY_ENV,
  HOME: '/nonexistent',
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LANG: 'C.UTF-8',
  OPENSSL_CONF: '/dev/null',
};

type Works = (program: string, words: readonly string[]) => Promise<boolean>;

/**
 * Probes the filter and keeps it open after its file is unlinked, so that nothing is left to remove. Undefined where
 * the system does not support it.
 */
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

export const probeSandbox = async (deps: { readonly run: Run; readonly script: string }): Promise<Sandbox> => {
  const works: Works = async (program, words) => (await deps.run(program, words, { timeoutMs: PROBE_MS })).ok;
  const isRoot = process.getuid?.() === 0;
  const namespaceOptions = [...(isRoot ? [] : ['--user']), '--net', '--ipc', '--'];
  // No core dump: it would put a person's document on the disk.
  const bounds = ['--core=0', '--fsize=0', '--nofile=256', '--'];
  const landlockOptions = [...landlock(deps.script), '--'];
  const [network, account, landlocked, filter, memory] = await Promise.all([
    works('unshare', [...namespaceOptions, 'true']),
    // Our code may lie in a folder that only root can read.
    isRoot ? works('setpriv', [...AS_NOBODY, '--', 'test', '-r', deps.script]) : false,
    works('setpriv', ['--no-new-privs', ...landlockOptions, process.execPath, '--version']),
    openFilter(works),
    works('prlimit', [...bounds, 'true']),
  ]);
  const available: Readonly<Record<SandboxLayer, boolean>> = {
    network,
    account: account || !isRoot,
    files: landlocked,
    calls: filter !== undefined,
    memory,
  };
  return {
    filter,
    missing: (Object.keys(available) as SandboxLayer[]).filter((layer) => !available[layer]),
    asAccount: (words) => (account ? ['setpriv', ...AS_NOBODY, '--', ...words] : words),
    command: (words) => [
      ...(network ? ['unshare', ...namespaceOptions] : []),
      ...(memory ? ['prlimit', ...bounds] : []),
      ...['setpriv', '--no-new-privs', '--pdeathsig=KILL', ...(isRoot ? CAPABILITIES : [])],
      ...(account ? AS_NOBODY : []),
      ...(filter === undefined ? [] : [`--seccomp-filter=${FILTER}`]),
      '--',
      // Landlock comes last: once it applies, the filter file can no longer be read.
      ...(landlocked ? ['setpriv', ...landlockOptions] : []),
      ...words,
    ],
  };
};
