/**
 * The one place where real things are built and features meet. Tests build the same kiosk with other parts
 * by giving other `KioskParts`; nothing below asks whether it is tested.
 */
import { contract, type Contract, type FeatureName } from './contract/index.ts';
import type { FeatureSpec, StateOf } from './contract/define.ts';
import type { Preferences, TextSize } from './contract/session.ts';
import type { KioskConfig } from './config/kiosk-config.ts';
import { createBrowsing, type Browsing } from './features/browsing/browsing.ts';
import { createCatalogue } from './features/catalogue/catalogue.ts';
import type { Counts, Publish, WipeStep } from './features/feature.ts';
import { createSession, type Session } from './features/session/session.ts';
import type { Logger } from './log/logger.ts';
import type { Clock } from './platform/clock.ts';
import type { Files } from './platform/files.ts';
import type { KioskView, Shell } from './shell/port.ts';
import { createDispatcher } from './transport/dispatcher.ts';
import { createScreenServer } from './transport/serve-screens.ts';
import { createStateBus, type StateBus } from './transport/state-bus.ts';

export interface KioskParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly files: Files;
  readonly shell: Shell;
  readonly config: KioskConfig;
  /** The folder of the built screens. */
  readonly screens: string;
  readonly newRef: () => string;
  /** Full screen when absent. */
  readonly window?: { readonly width: number; readonly height: number };
  /** An earlier run ended without being asked, perhaps under somebody's hands. */
  readonly interrupted: boolean;
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

export const composeKiosk = (parts: KioskParts): Kiosk => {
  const { clock, logger, config, shell } = parts;
  let view: KioskView | undefined;
  // eslint-disable-next-line prefer-const -- features publish through it, and it is made of what they begin with
  let bus: StateBus | undefined;
  let screensUsed = false;

  const publishTo =
    <F extends FeatureName>(feature: F): Publish<Contract[F] & FeatureSpec> =>
    (state: StateOf<Contract[F]>) =>
      bus?.publish(feature, state);

  const counts: Counts = { add: () => undefined };

  const catalogue = createCatalogue({ config });
  const browsing: Browsing = createBrowsing({
    clock,
    logger,
    shell,
    config,
    publish: publishTo('browsing'),
    counts,
    holds: { hold: (what) => session.holds.hold(what) },
    inSession: () => session.inUse(),
    onInput: () => session.input(),
    onPrintWanted: () => undefined,
    onDownload: async ({ path }) => {
      await parts.files.remove(path);
    },
    onDownloadFailed: () => undefined,
    filesForPage: async () => ({ ok: false, tooLarge: false }),
  });

  const screensStep: WipeStep = {
    name: 'screens',
    async wipe() {
      // At start nobody has used them yet: the first screen is not loaded twice.
      if (!screensUsed) return;
      screensUsed = false;
      await view?.clearClipboard();
      await view?.reload();
    },
    leftovers: async () => [],
  };

  const session: Session = createSession({
    clock,
    logger,
    publish: publishTo('session'),
    counts,
    idle: config.site.idle,
    wipeSteps: [browsing.wipe, screensStep].filter((step) => step !== undefined),
    leavingItems: async () => (await browsing.signedInSites()).map((site) => ({ kind: 'signed-in' as const, site })),
    onBegin() {
      screensUsed = true;
      void shell.warmUp();
    },
    onEnded: async () => undefined,
    onAudit: () => undefined,
    onPreferences: (preferences: Preferences) => browsing.setZoom(SITE_ZOOM[preferences.textSize]),
  });

  const features = { session, catalogue, browsing };
  const served = Object.fromEntries(Object.entries(contract).filter(([name]) => Object.hasOwn(features, name)));
  bus = createStateBus(
    served,
    Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, feature.initial])),
  );
  const send = (text: string): void => view?.send(text);
  bus.listen((message) => send(JSON.stringify(message)));
  const dispatch = createDispatcher({
    contract: served,
    handlers: Object.fromEntries(Object.entries(features).map(([name, feature]) => [name, feature.handlers])),
    bus,
    logger,
    send,
    newRef: parts.newRef,
  });
  const server = createScreenServer({
    files: parts.files,
    screens: parts.screens,
    bytes: {},
  });

  return {
    async start() {
      view = await shell.openKioskView({
        serve: server.serve,
        onMessage: (text) => void dispatch(text),
        onReady: () => undefined,
        onClosed: () => session.broken(),
        ...(parts.window ? { window: parts.window } : {}),
      });
      await session.start(parts.interrupted);
      logger.log('kiosk.started', { shell: shell.name });
      void shell.warmUp();
    },
    async reloadScreens() {
      server.forget();
      await view?.reload();
    },
    async stop() {
      await browsing.stop();
      await session.stop();
      await shell.close();
      logger.log('kiosk.stopped');
    },
  };
};
