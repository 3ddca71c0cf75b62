/**
 * Electron's fuses, each decided. The keys come from Electron's own tool, so a new fuse fails to compile until someone
 * decides it. `electron-builder.yml` has the same values (a test compares them).
 */
import type { FuseV1Options } from '@electron/fuses';
import type { Configuration } from 'electron-builder';

type BuilderFuse = Exclude<keyof NonNullable<Configuration['electronFuses']>, 'resetAdHocDarwinSignature'>;

interface FuseDecision {
  readonly on: boolean;
  readonly why: string;
  /**
   * Its name in `electron-builder.yml`; null where electron-builder cannot set it and Electron's default is what we
   * want.
   */
  readonly builder: BuilderFuse | null;
}

export const fuses = {
  RunAsNode: {
    on: false,
    why: 'ELECTRON_RUN_AS_NODE would turn the kiosk into an unlocked Node for anyone who can set a variable',
    builder: 'runAsNode',
  },
  EnableCookieEncryption: {
    on: true,
    why: 'no cookie is ever written (profiles live in memory); if one were, it could not be read',
    builder: 'enableCookieEncryption',
  },
  EnableNodeOptionsEnvironmentVariable: {
    on: false,
    why: 'NODE_OPTIONS loads foreign code, NODE_EXTRA_CA_CERTS trusts a foreign authority',
    builder: 'enableNodeOptionsEnvironmentVariable',
  },
  EnableNodeCliInspectArguments: {
    on: false,
    why: '--inspect and SIGUSR1 open a debugging port on the main process',
    builder: 'enableNodeCliInspectArguments',
  },
  EnableEmbeddedAsarIntegrityValidation: {
    on: true,
    why: 'a changed app.asar does not start (Windows; Linux relies on the rights of the folder)',
    builder: 'enableEmbeddedAsarIntegrityValidation',
  },
  OnlyLoadAppFromAsar: {
    on: true,
    why: 'otherwise a folder named app beside the archive runs instead of it, unchecked',
    builder: 'onlyLoadAppFromAsar',
  },
  LoadBrowserProcessSpecificV8Snapshot: {
    on: false,
    why: 'we ship no snapshot of our own',
    builder: 'loadBrowserProcessSpecificV8Snapshot',
  },
  GrantFileProtocolExtraPrivileges: {
    on: false,
    why: 'our screens have their own scheme; nothing is loaded from file:',
    builder: 'grantFileProtocolExtraPrivileges',
  },
  WasmTrapHandlers: {
    on: true,
    why: "Electron's default, which electron-builder cannot change: text recognition is WebAssembly and much slower without",
    builder: null,
  },
} as const satisfies Record<keyof typeof FuseV1Options, FuseDecision>;

type Decided = NonNullable<(typeof fuses)[keyof typeof fuses]['builder']>;
/** Fails to compile when electron-builder adds a fuse that is not listed above. */
export type EveryBuilderFuseIsDecided = [Exclude<BuilderFuse, Decided>] extends [never] ? true : never;
const everyBuilderFuseIsDecided: EveryBuilderFuseIsDecided = true;

/** The required value of `electronFuses` in `electron-builder.yml`. */
export const builderFuses = (): Readonly<Record<string, boolean>> => {
  const named = Object.values(fuses).flatMap(({ builder, on }) => (builder === null ? [] : [[builder, on] as const]));
  return everyBuilderFuseIsDecided && Object.fromEntries(named);
};
