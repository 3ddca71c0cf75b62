/** Starts a kiosk: parses the command line, loads the configuration, composes the kiosk and shows it. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readArguments, usage } from './arguments.ts';
import type { Kiosk } from '../compose.ts';
import type { HeldLines } from '../log/held-lines.ts';
import { createLogger, type Logger } from '../log/logger.ts';
import { systemClock, type Clock } from '../platform/clock.ts';
import { systemFiles } from '../platform/files.ts';
import {
  closeKioskFolders,
  dropKioskFolders,
  markRunning,
  openKioskFolders,
  purgeKioskFolders,
  systemPlaces,
  type FolderPlaces,
} from '../platform/kiosk-folders.ts';
import { appRoot, besideArchive, programVersion } from '../platform/app-root.ts';
import type { Owner } from '../platform/memory-folder.ts';
import type { Shell } from '../shell/port.ts';
import { createScreenServer } from '../transport/serve-screens.ts';

export interface ShellChoice {
  readonly clock: Clock;
  readonly logger: Logger;
  /** For demonstration sites: the host mapping, and the one certificate that is trusted for them. */
  readonly hostRules?: string;
  readonly trustedSpki?: string;
}

export interface StartOptions {
  /** Creates the shell: the distribution's Chromium, Electron, or one that a test observes. */
  readonly makeShell: (choice: ShellChoice) => Shell;
  /** The browsers' account, when it is not ours. */
  readonly guestAccount?: () => Owner | undefined;
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void };
  readonly demoSites?: { readonly hostRules: string; readonly trustedSpki: string };
  readonly demoConfigDir?: string;
  /** Where the kiosk's folders are created; the system's standard places when absent. */
  readonly places?: FolderPlaces;
  /** After repeated crashes: show only the maintenance screen. The watcher restarts the kiosk after a while. */
  readonly resting?: boolean;
}

export interface Started {
  readonly code: number;
  readonly kiosk?: Kiosk;
  /** Resolves when the agent asks to end or restart the kiosk. */
  readonly endWanted?: Promise<'quit' | 'restart'>;
}

/** A short name for one incident, read aloud to an agent over the telephone. */
const newRef = (): string => randomBytes(3).toString('hex').toUpperCase();

/** In the state folder, between two runs in the same half-day. */
const HELD_LINES = 'journal-en-attente.jsonl';
const QUARTER_MS = 15 * 60_000;

const linesTo =
  (out: { write(text: string): unknown }) =>
  (line: string): void => {
    out.write(`${line}\n`);
  };

export const start = async (argv: readonly string[], options: StartOptions): Promise<Started> => {
  const read = readArguments(argv);
  if (!read.ok) {
    options.err.write(`${read.error}\n`);
    return { code: 2 };
  }
  const args = read.value;
  if (args.help) {
    options.out.write(usage);
    return { code: 0 };
  }
  const root = appRoot();
  const dir = args.demo ? options.demoConfigDir : (args.configDir ?? besideArchive('kiosk-config', root));
  if (dir === undefined) {
    options.err.write('--demo : le contenu de démonstration n’est pas installé avec cette version\n');
    return { code: 2 };
  }
  const screens = join(root, 'dist', 'renderer');
  let held: HeldLines | undefined;
  const logger = createLogger({
    events: async () => (await import('../log/catalogue.ts')).catalogue,
    now: systemClock.now,
    sink: options.err,
    held: () => held,
  });
  const shell = options.makeShell({ clock: systemClock, logger, ...(options.demoSites ?? {}) });
  const places = options.places ?? systemPlaces(args.demo);
  const purged = Promise.all([shell.purge(), purgeKioskFolders(places)]).then(([profiles, folders]) => ({
    interrupted: profiles || folders.interrupted,
    left: folders.left,
  }));
  const window = args.window ? { window: args.window } : {};
  shell.prepare({ ...window, serve: createScreenServer({ files: systemFiles, screens, bytes: {} }).serve });
  if (options.resting) {
    await purged;
    const { showMaintenance } = await import('./kiosk-maintenance.ts');
    return {
      code: 0,
      kiosk: await showMaintenance({ files: systemFiles, shell, screens, fault: 'PN-RESTARTS', ...window }),
    };
  }
  // Import these only now: the browser takes longest to start, and it starts in the meantime.
  const [{ composeKiosk }, { createHeldLines }, { loadConfig }, { formatMistake }, { openReadAhead, READ_AHEAD_FILE }] =
    await Promise.all([
      import('../compose.ts'),
      import('../log/held-lines.ts'),
      import('../config/load.ts'),
      import('../config/mistake.ts'),
      import('../config/read-ahead.ts'),
    ]);
  // No real person visits the demonstration sites, and developers need their lines at once.
  if (!options.demoSites) held = createHeldLines({ now: systemClock.now, sink: options.err });
  const ahead = await openReadAhead(systemFiles, join(root, 'dist', READ_AHEAD_FILE));
  const config = await loadConfig({ files: systemFiles, dir, ahead });
  if (!config.ok) {
    for (const mistake of config.error) options.err.write(`${formatMistake(mistake)}\n`);
    options.err.write(`${config.error.length} erreur(s) : la borne ne démarre pas sur des réglages par défaut\n`);
    const { showMaintenance } = await import('./kiosk-maintenance.ts');
    const maintenance = await showMaintenance({
      files: systemFiles,
      shell,
      screens,
      fault: 'PN-CONFIG',
      ...window,
    });
    return { code: 2, kiosk: maintenance };
  }
  const wanted = args.shell ?? config.value.site.shell;
  // The shell was chosen before this program started: `npm start` reads the same setting, and an installed kiosk has
  // only one shell. A different setting is only logged.
  if (wanted !== 'auto' && wanted !== shell.name) logger.log('kiosk.other-shell', { wanted });
  // Wait for the purge before opening new folders: it frees the memory that an interrupted run had used.
  const { interrupted, left } = await purged;
  const opened = await openKioskFolders(places);
  if (!opened.ok) {
    const { path, code } = opened.error;
    logger.log('kiosk.folder-unwritable', { what: 'session', code: code.toLowerCase() });
    options.err.write(
      `Rien ne s’écrit dans ${path} (${code})\u00a0: la borne ne peut rien garder, elle ne démarre pas\n`,
    );
    const { showMaintenance } = await import('./kiosk-maintenance.ts');
    return {
      code: 2,
      kiosk: await showMaintenance({ files: systemFiles, shell, screens, fault: 'PN-FOLDER', ...window }),
    };
  }
  const folders = opened.value;
  shell.onSystemEnd?.(() => dropKioskFolders(folders));
  const heldFile = join(folders.state, HELD_LINES);
  await held?.resume(systemFiles, heldFile);
  const stopHeld = held ? systemClock.every(QUARTER_MS, held.writeFinished) : () => undefined;
  if (folders.memory !== 'used') logger.log('vault.no-ram-folder', { reason: folders.memory });
  const ended = Promise.withResolvers<'quit' | 'restart'>();
  const kiosk = composeKiosk({
    clock: systemClock,
    logger,
    files: systemFiles,
    shell,
    config: config.value,
    configDir: dir,
    folders,
    guestAccount: options.guestAccount?.(),
    demonstrationScans: join(dir, 'scans'),
    screens,
    version: programVersion(root),
    newRef,
    interrupted,
    earlierLeft: left,
    purgeEarlier: async () => (await purgeKioskFolders(places)).left,
    onContentMistake: linesTo(options.err),
    onEndWanted: ended.resolve,
    ...window,
  });
  try {
    await kiosk.start();
  } catch (error) {
    await shell.close().catch(() => undefined); // the error that is thrown says more
    await closeKioskFolders(folders); // nobody has come yet: the next start must not tell of an interruption
    throw error;
  }
  const marked = await markRunning(folders);
  if (!marked.ok) logger.log('kiosk.folder-unwritable', { what: 'state', code: marked.error.code.toLowerCase() });
  const stop = async (): Promise<void> => {
    try {
      await kiosk.stop();
    } finally {
      stopHeld();
      await held?.save(systemFiles, heldFile);
      await closeKioskFolders(folders);
    }
  };
  return { code: 0, kiosk: { ...kiosk, stop }, endWanted: ended.promise };
};
