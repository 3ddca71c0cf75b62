/** argv → configuration → compose → run. The command line of the installed kiosk begins here. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { readArguments, usage } from './arguments.ts';
import type { Kiosk } from '../compose.ts';
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
  /** Demonstration sites served elsewhere: where their names lead, and the one certificate that is trusted for them. */
  readonly hostRules?: string;
  readonly trustedSpki?: string;
}

export interface StartOptions {
  /** Which browsers: the distribution's Chromium, Electron's, or one that a test listens to. */
  readonly makeShell: (choice: ShellChoice) => Shell;
  /** The browsers' account, when it is not ours. */
  readonly guestAccount?: () => Owner | undefined;
  readonly out: { write(text: string): void };
  readonly err: { write(text: string): void };
  readonly demoSites?: { readonly hostRules: string; readonly trustedSpki: string };
  readonly demoConfigDir?: string;
  /** Where its folders are made; the places that the system names when absent. */
  readonly places?: FolderPlaces;
  /** The kiosk died again and again: it shows its maintenance screen, and is started anew after a while. */
  readonly resting?: boolean;
}

export interface Started {
  readonly code: number;
  readonly kiosk?: Kiosk;
  /** The agent wants it ended, or started anew; pending as long as nobody asks. */
  readonly endWanted?: Promise<'quit' | 'restart'>;
}

/** A short name for one incident, read aloud to an agent over the telephone. */
const newRef = (): string => randomBytes(3).toString('hex').toUpperCase();

const linesTo =
  (out: { write(text: string): unknown }) =>
  (line: string): void => {
    out.write(`${line}\n`);
  };

export const start = async (argv: readonly string[], around: StartOptions): Promise<Started> => {
  const read = readArguments(argv);
  if (!read.ok) {
    around.err.write(`${read.error}\n`);
    return { code: 2 };
  }
  const args = read.value;
  if (args.help) {
    around.out.write(usage);
    return { code: 0 };
  }
  const root = appRoot();
  const dir = args.demo ? around.demoConfigDir : (args.configDir ?? besideArchive('kiosk-config', root));
  if (dir === undefined) {
    around.err.write('--demo : le contenu de démonstration n’est pas installé avec cette version\n');
    return { code: 2 };
  }
  const screens = join(root, 'dist', 'renderer');
  const logger = createLogger({
    events: async () => (await import('../log/catalogue.ts')).catalogue,
    now: systemClock.now,
    sink: around.err,
  });
  const shell = around.makeShell({ clock: systemClock, logger, ...(around.demoSites ?? {}) });
  const places = around.places ?? systemPlaces(args.demo);
  const purged = Promise.all([shell.purge(), purgeKioskFolders(places)]).then(([profiles, folders]) => ({
    interrupted: profiles || folders.interrupted,
    left: folders.left,
  }));
  const window = args.window ? { window: args.window } : {};
  shell.prepare({ ...window, serve: createScreenServer({ files: systemFiles, screens, bytes: {} }).serve });
  if (around.resting) {
    await purged;
    const { showMaintenance } = await import('./kiosk-maintenance.ts');
    return {
      code: 0,
      kiosk: await showMaintenance({ files: systemFiles, shell, screens, fault: 'PN-RESTARTS', ...window }),
    };
  }
  // Read only now: the browser, which takes longest, starts meanwhile.
  const [{ composeKiosk }, { loadConfig }, { formatMistake }, { openReadAhead, READ_AHEAD_FILE }] = await Promise.all([
    import('../compose.ts'),
    import('../config/load.ts'),
    import('../config/mistake.ts'),
    import('../config/read-ahead.ts'),
  ]);
  const ahead = await openReadAhead(systemFiles, join(root, 'dist', READ_AHEAD_FILE));
  const config = await loadConfig({ files: systemFiles, dir, ahead });
  if (!config.ok) {
    for (const mistake of config.error) around.err.write(`${formatMistake(mistake)}\n`);
    around.err.write(`${config.error.length} erreur(s) : la borne ne démarre pas sur des réglages par défaut\n`);
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
  // Whoever started this program chose for it (`npm start` by these same words); an installed kiosk is of one kind.
  if (wanted !== 'auto' && wanted !== shell.name) logger.log('kiosk.other-shell', { wanted });
  // Only then is the memory free that an interrupted run had taken.
  const { interrupted, left } = await purged;
  const opened = await openKioskFolders(places);
  if (!opened.ok) {
    const { path, code } = opened.error;
    logger.log('kiosk.folder-unwritable', { what: 'session', code: code.toLowerCase() });
    around.err.write(
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
    guestAccount: around.guestAccount?.(),
    demonstrationScans: join(dir, 'scans'),
    screens,
    version: programVersion(root),
    newRef,
    interrupted,
    earlierLeft: left,
    purgeEarlier: async () => (await purgeKioskFolders(places)).left,
    onContentMistake: linesTo(around.err),
    onEndWanted: ended.resolve,
    ...window,
  });
  await kiosk.start();
  const marked = await markRunning(folders);
  if (!marked.ok) logger.log('kiosk.folder-unwritable', { what: 'state', code: marked.error.code.toLowerCase() });
  const stop = async (): Promise<void> => {
    try {
      await kiosk.stop();
    } finally {
      await closeKioskFolders(folders);
    }
  };
  return { code: 0, kiosk: { ...kiosk, stop }, endWanted: ended.promise };
};
