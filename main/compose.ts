/**
 * The one place where real things are built and features meet. Tests build the same kiosk with other parts
 * by giving other `KioskParts`; nothing below asks whether it is tested.
 */
import { dirname } from 'node:path';
import { contract, type Contract, type FeatureName, type KioskState } from './contract/index.ts';
import type { FeatureSpec, StateOf } from './contract/define.ts';
import type { Preferences, TextSize } from './contract/session.ts';
import type { KioskConfig } from './config/kiosk-config.ts';
import { createBrowsing, type Browsing } from './features/browsing/browsing.ts';
import { createCatalogue, type Catalogue } from './features/catalogue/catalogue.ts';
import type { Holds, LeavingItem, Publish, WipeStep } from './features/feature.ts';
import { contactSheet } from './features/printing/contact-sheet.ts';
import { papersSheet } from './features/printing/papers-sheet.ts';
import { placeTicket } from './features/printing/place-ticket.ts';
import type { Printing } from './features/printing/printing.ts';
import { safeNote } from './features/printing/safe-note.ts';
import type { Scanning } from './features/scanning/scanning.ts';
import { createOutages } from './features/usage/outages.ts';
import { createSession, type Session } from './features/session/session.ts';
import type { AuditResult } from './features/session/wipe.ts';
import { errorFields } from './log/error-fields.ts';
import type { Logger } from './log/logger.ts';
import { openAgent } from './parts/agent-part.ts';
import { openDirectory } from './parts/directory-part.ts';
import { openDocuments } from './parts/documents-part.ts';
import { openMap } from './parts/map-part.ts';
import { openPrinting } from './parts/printing-part.ts';
import { openScanning } from './parts/scanning-part.ts';
import type { PartSystem } from './parts/system.ts';
import { openUsage } from './parts/usage-part.ts';
import { withTimeout, type Clock } from './platform/clock.ts';
import { decoderProcesses } from './platform/decoder-process.ts';
import { isOnNetwork } from './platform/network.ts';
import type { Files } from './platform/files.ts';
import type { KioskFolders } from './platform/kiosk-folders.ts';
import type { Owner } from './platform/memory-folder.ts';
import { run } from './platform/run.ts';
import { sweepHeap } from './platform/sweep-heap.ts';
import type { KioskView, Shell } from './shell/port.ts';
import { createScreenSteps } from './shell/wipe-steps.ts';
import { createDispatcher } from './transport/dispatcher.ts';
import { createScreenServer } from './transport/serve-screens.ts';
import { createStateBus, type StateBus } from './transport/state-bus.ts';

export interface KioskParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  readonly shell: Shell;
  readonly config: KioskConfig;
  /** The folder it was read in; the map may lie there. */
  readonly configDir: string;
  readonly folders: KioskFolders;
  /** The browsers' account, when it is not ours: its group reads what a site is given, and letters are converted as it. */
  readonly guestAccount: Owner | undefined;
  /** Pictures of sheets for the demonstration scanner. */
  readonly demonstrationScans: string;
  /** The folder of the built screens. */
  readonly screens: string;
  readonly version: string;
  readonly newRef: () => string;
  /** Full screen when absent. */
  readonly window?: { readonly width: number; readonly height: number };
  /** An earlier run ended without being asked, perhaps under somebody's hands. */
  readonly interrupted: boolean;
  /** Folders of an earlier run that would not go; the audit does not pass before they do. */
  readonly earlierLeft: number;
  /** Another try; how many are still there. */
  readonly purgeEarlier: () => Promise<number>;
  /** The agent wants the kiosk ended, or started anew. */
  readonly onEndWanted: (how: 'quit' | 'restart') => void;
}

export interface Kiosk {
  /** Resolves when the first screen accepts a click. */
  start(): Promise<void>;
  /** Loads the screens afresh from their folder, for who works on them. */
  reloadScreens(): Promise<void>;
  stop(): Promise<void>;
}

/** Sites follow the person's text size, gently: their layouts break before ours do. */
const SITE_ZOOM: Readonly<Record<TextSize, number>> = { normal: 1, large: 1.15, larger: 1.3, largest: 1.5 };

/** Our first screen is drawn before anything that is only ready ahead of need: a small PC has no time for both. */
const SETTLE_AFTER_MS = 400;

const SIGNED_IN_WITHIN_MS = 1_000;
const PRINTER_ANSWERS_WITHIN_MS = 1_500;

export const composeKiosk = (parts: KioskParts): Kiosk => {
  const { clock, logger, files, config, shell, folders } = parts;
  const decoderOf =
    shell.decoderOf ??
    decoderProcesses({
      clock,
      run,
      onWalls: (missing) =>
        missing.length > 0 && logger.log('decoder.walls-missing', { walls: missing.join('.').toLowerCase() }),
    });
  const system: PartSystem = { clock, logger, files, config, folders, decoderOf };
  let view: KioskView | undefined;
  // eslint-disable-next-line prefer-const -- features publish through it, and it is made of what they begin with
  let bus: StateBus | undefined;
  let lastAudit: AuditResult | undefined;

  const publishTo =
    <F extends FeatureName>(feature: F): Publish<Contract[F] & FeatureSpec> =>
    (state: StateOf<Contract[F]>) =>
      bus?.publish(feature, state);
  const seen = <F extends FeatureName>(feature: F): KioskState[F] => bus?.slice(feature) as KioskState[F];
  const holds: Holds = { hold: (what) => session.holds.hold(what) };
  const inSession = (): boolean => session.inUse();

  const { usage, figures } = openUsage(system);
  const { counts } = usage;
  const outages = createOutages({ clock, usage, isOnNetwork });
  const catalogue: Catalogue = createCatalogue({ config, publish: publishTo('catalogue') });

  const map = openMap(system, { configDir: parts.configDir, built: dirname(parts.screens) });

  const directory = openDirectory(system, {
    publish: publishTo('directory'),
    counts,
    map: map.map,
    agentIsThere: () => seen('agent').open,
  });

  const documents = openDocuments(system, {
    publish: publishTo('documents'),
    counts,
    holds,
    newRef: parts.newRef,
    interrupted: parts.interrupted,
    guestAccount: parts.guestAccount,
  });

  const browsing: Browsing = createBrowsing({
    clock,
    logger,
    shell,
    config,
    publish: publishTo('browsing'),
    counts,
    holds,
    inSession,
    onPrintWanted: () => printing.guestWantsToPrint(),
    onDownload: (file) => documents.takeDownload(file),
    onDownloadFailed: () => documents.downloadFailed(),
    onDownloadRefused: (limit) => documents.downloadRefused(limit),
    emptyClipboard: async () => view?.clearClipboard(),
    onKeyboardLeft: (how) => bus?.emit('browsing', 'keyboardLeft', how),
    onBlocked: (host) => usage.blocked(host),
    filesForPage: (ids, limits, accept) => documents.filesForPage(ids, limits, accept),
  });

  const printing: Printing = openPrinting(system, {
    systemPrinter: shell.systemPrinter,
    publish: publishTo('printing'),
    emitWanted: (value) => bus?.emit('printing', 'wanted', value),
    counts,
    holds,
    sources: {
      guestPage: () => browsing.printPage(),
      guestAsked: () => browsing.printAsked(),
      document: (id) => documents.read(id),
      async sheet(sheet, id, leaveOut) {
        if (sheet === 'place') {
          const place = await directory.sheet(id);
          return place && placeTicket(place, config.site, await map.map());
        }
        if (sheet === 'contact') {
          const shown = browsing.shownContact();
          return shown && contactSheet(shown.contact, shown.siteName, config.site);
        }
        const found = sheet === 'papers' ? await catalogue.handlers.sheet({ id }) : undefined;
        return found?.ok ? papersSheet(found.value, config.site, leaveOut) : undefined;
      },
    },
    onPrinted(source) {
      if (source.kind === 'document') documents.markPrinted(source.id);
      if (source.kind === 'sheet' && source.sheet === 'place') counts.add('place.printed');
    },
  });

  const settled = Promise.withResolvers<void>();
  const scanning: Scanning = openScanning(system, {
    publish: publishTo('scanning'),
    counts,
    holds,
    tray: documents,
    demonstrationFolder: parts.demonstrationScans,
    searchFrom: settled.promise,
  });

  const screens = createScreenSteps(() => view);
  let { earlierLeft } = parts;
  const earlier: WipeStep = {
    name: 'earlier',
    async wipe() {
      if (earlierLeft > 0) earlierLeft = await parts.purgeEarlier();
    },
    leftovers: async () => (earlierLeft > 0 ? [`${earlierLeft} dossier(s) d’une marche interrompue`] : []),
  };
  if (folders.memory !== 'used') counts.add('machine.fault', `memory-${folders.memory}`);

  const leavingItems = async (): Promise<readonly LeavingItem[]> => [
    ...browsing.leavingItems(),
    ...documents.leavingItems(),
    ...scanning.leavingItems(),
    ...printing.leavingItems(),
    // A browser that hangs must not hide the documents from the question.
    ...(await withTimeout(clock, SIGNED_IN_WITHIN_MS, 'signed-in sites', browsing.signedInSites()).catch(() => [])).map(
      (site) => ({ kind: 'signed-in' as const, site }),
    ),
  ];

  const session: Session = createSession({
    clock,
    logger,
    publish(state) {
      outages.heard(state.phase);
      publishTo('session')(state);
    },
    counts,
    idle: config.site.idle,
    pace: config.site.pace,
    idleMs: () => shell.idleMs(),
    wipeSteps: [
      browsing.wipe,
      ...documents.wipes,
      printing.wipe,
      scanning.wipe,
      ...(directory.wipe ? [directory.wipe] : []),
      ...screens.steps,
      documents.keyWipe,
      earlier,
    ],
    leavingItems,
    onBegin() {
      screens.used();
      documents.begin();
      printing.begin();
      scanning.begin();
      directory.begin();
      void shell.warmUp();
    },
    async onEnded(end) {
      await usage.endSession(end);
      await sweepHeap();
    },
    onAudit(result) {
      lastAudit = result;
      usage.resetAudited(result.step);
    },
    onPreferences(preferences: Preferences) {
      browsing.setZoom(SITE_ZOOM[preferences.textSize]);
    },
  });

  const agent = openAgent(system, {
    publish: publishTo('agent'),
    figures,
    showMessages: (messages) => catalogue.showMessages(messages),
    setOutOfService: (on) => session.setClosed(on),
    addMinutes(minutes) {
      if (seen('session').timeLeftS === null) return false;
      session.addMinutes(minutes);
      return true;
    },
    addPages(pages) {
      if (!inSession() || seen('printing').allowance === null) return false;
      printing.addPages(pages);
      return true;
    },
    print: (pdf) => printing.printForAgent(pdf),
    printNote: () => printing.printSheetForAgent(safeNote(config.site)),
    restart: () => parts.onEndWanted('restart'),
    quit: () => parts.onEndWanted('quit'),
    version: parts.version,
    async printer() {
      const looked = printing.handlers.check({});
      await withTimeout(clock, PRINTER_ANSWERS_WITHIN_MS, 'printer', looked).catch(() => undefined);
      return seen('printing').printer;
    },
    scanner: () => seen('scanning').scanner,
    keyTrouble: () => documents.keyTrouble(),
    lastAudit: () => lastAudit,
    memory: folders.memory,
  });

  /** Every hand on our screens says so here; the agent's area is one of them. */
  const touch: typeof session.handlers.touch = (input) => {
    agent.touched();
    return session.handlers.touch(input);
  };
  const features = {
    session: { ...session, handlers: { ...session.handlers, touch } },
    catalogue,
    browsing,
    documents,
    printing,
    scanning,
    usage,
    agent,
    directory,
    map,
  };
  bus = createStateBus(
    contract,
    Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, feature.initial])),
  );
  const send = (text: string): void => view?.send(text);
  bus.listen((message) => send(JSON.stringify(message)));
  const dispatch = createDispatcher({
    contract,
    handlers: Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, feature.handlers])),
    owned: {
      documents: () => documents.own?.(),
      printing: () => printing.own?.(),
      scanning: () => scanning.own?.(),
      directory: () => directory.own?.(),
    },
    phase: () => seen('session').phase.name,
    bus,
    logger,
    send,
    newRef: parts.newRef,
  });
  const server = createScreenServer({
    files,
    screens: parts.screens,
    bytes: {
      browsing: (path) => browsing.bytes?.(path) ?? Promise.resolve(undefined),
      documents: (path) => documents.bytes?.(path) ?? Promise.resolve(undefined),
      printing: (path) => printing.bytes?.(path) ?? Promise.resolve(undefined),
      scanning: (path) => scanning.bytes?.(path) ?? Promise.resolve(undefined),
    },
  });

  let cancelSettling: (() => void) | undefined;
  const settle = (): void => {
    settled.resolve();
    printing.start();
    void usage.start();
    void directory.refresh();
    // Somebody may have begun already: `onBegin` warmed their guest, and the birth of another's window would be seen.
    if (!inSession()) void shell.warmUp();
  };

  const stopFailed = (error: unknown): void => logger.log('kiosk.stop-failed', errorFields(error));

  return {
    async start() {
      view = await shell.openKioskView({
        serve: server.serve,
        onMessage: (text) => void dispatch(text),
        onReady() {
          cancelSettling ??= clock.after(SETTLE_AFTER_MS, settle); // not when the screens are loaded again
        },
        onClosed: () => session.broken(),
        ...(parts.window ? { window: parts.window } : {}),
      });
      if (parts.interrupted) printing.afterInterruption();
      await session.start(parts.interrupted);
      logger.log('kiosk.started', { shell: shell.name, interrupted: parts.interrupted });
      await agent.start();
    },
    async reloadScreens() {
      server.forget();
      await view?.reload();
    },
    async stop() {
      cancelSettling?.();
      settled.resolve();
      // One that fails must not keep the others from undoing what is a person's, nor the browsers alive.
      for (const part of [session, browsing, documents, printing, scanning, directory, agent] as const) {
        await part.stop().catch(stopFailed);
      }
      outages.stop();
      await usage.stop().catch(stopFailed);
      await shell.close();
      logger.log('kiosk.stopped');
    },
  };
};
