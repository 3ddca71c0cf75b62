/**
 * Builds a kiosk from any list of features: opens each one, routes its messages, calls it when a session begins and
 * ends, and runs its wipe steps. `compose.ts` provides the list and connects the features.
 */
import type { FeatureSpec, StateOf } from './contract/define.ts';
import type { Contract, FeatureName, KioskState } from './contract/index.ts';
import type { Failure, Result } from './contract/result.ts';
import { leavingKinds, type Phase } from './contract/session.ts';
import type { Feature, FeatureKiosk, LeavingItem, WipeStep } from './features/feature.ts';
import { createScreenSteps, createSession, type Session } from './features/session/index.ts';
import type { KioskSystem } from './features/system.ts';
import { errorFields } from './log/error-fields.ts';
import type { Countable, Counts } from './measures/measures.ts';
import { decoderProcesses } from './platform/decoders/process.ts';
import { run } from './platform/run.ts';
import { sweepHeap } from './platform/sweep-heap.ts';
import { restartWhenIdle } from './process/restart-when-idle.ts';
import type { KioskView } from './shell/port.ts';
import { createDispatcher } from './transport/dispatcher.ts';
import { createScreenServer } from './transport/serve-screens.ts';
import { createStateBus, type StateBus } from './transport/state-bus.ts';

export interface KioskDeps extends Omit<KioskSystem, 'decoderOf'> {
  /** Full screen when absent. */
  readonly window?: { readonly width: number; readonly height: number };
  /** Number of folders of earlier runs that could not be deleted. The audit fails until they are gone. */
  readonly earlierLeft: number;
  /** Tries to delete them again; resolves to how many are left. */
  readonly purgeEarlier: () => Promise<number>;
  /** Called when the agent wants to end or restart the kiosk. */
  readonly onEndWanted: (how: 'quit' | 'restart') => void;
}

export interface Kiosk {
  /** Resolves when the first screen accepts a click. */
  start(): Promise<void>;
  /** Reloads the screens from their folder, for developers. */
  reloadScreens(): Promise<void>;
  stop(): Promise<void>;
}

/** Any feature, once it is opened. */
type AnyFeature = Omit<Feature<FeatureSpec>, 'handlers' | 'own' | 'initial'> & {
  readonly handlers: Readonly<Record<string, (input: never, mine: never) => Promise<Result<unknown, Failure>>>>;
  readonly own?: () => object | undefined;
  readonly initial: unknown;
};

interface AnyDefinition {
  readonly name: FeatureName;
  readonly open: (kiosk: never, ports: never) => AnyFeature;
}

type Open = (kiosk: FeatureKiosk<FeatureName, Countable>, ports: unknown) => AnyFeature;

export type Opened<D extends readonly AnyDefinition[]> = {
  readonly [One in D[number] as One['name']]: ReturnType<One['open']>;
};

type PortsOf<One> = One extends { readonly open: (kiosk: never, ports: infer P) => unknown } ? P : never;

/** The ports of each feature that has some, created just before that feature is opened. */
export type PortFactories<D extends readonly AnyDefinition[]> = {
  readonly [One in D[number] as unknown extends PortsOf<One> ? never : One['name']]: () => PortsOf<One>;
};

/** What `compose.ts` may use to connect features. It is usable only once all features are opened. */
export interface PortsContext<D extends readonly AnyDefinition[]> {
  readonly features: Opened<D>;
  readonly session: () => Session;
  /** The current state of a feature. */
  readonly stateOf: <F extends FeatureName>(feature: F) => KioskState[F];
  readonly deps: KioskDeps;
}

/** A type check that the list has every feature of the contract, except the session, which `assembleKiosk` creates. */
type CompleteList<D extends readonly AnyDefinition[]> =
  Exclude<FeatureName, 'session' | D[number]['name']> extends never
    ? D
    : { readonly missing: Exclude<FeatureName, 'session' | D[number]['name']> };

export interface Assembly<D extends readonly AnyDefinition[]> {
  readonly contract: Contract;
  /** They are wiped and stopped in this order, and opened in the reverse order. */
  readonly definitions: D & CompleteList<D>;
  readonly portFactories: (context: PortsContext<D>) => PortFactories<D>;
  readonly counts: (features: Opened<D>) => Counts;
}

/** Warm-up work waits until the first screen is drawn: a small PC is too slow to do both at once. */
const SETTLE_AFTER_MS = 400;

export const assembleKiosk = <const D extends readonly AnyDefinition[]>(
  deps: KioskDeps,
  assembly: Assembly<D>,
): Kiosk => {
  const { clock, logger, config, shell, folders } = deps;
  const { contract } = assembly;
  let view: KioskView | undefined;
  // eslint-disable-next-line prefer-const -- features publish through it, and it is built from their initial states
  let bus: StateBus | undefined;
  const firstScreen = Promise.withResolvers<void>();
  const stateOf = <F extends FeatureName>(feature: F): KioskState[F] => bus?.slice(feature) as KioskState[F];

  const decoderOf =
    shell.decoderOf ??
    decoderProcesses({
      clock,
      run,
      onSandbox: (missing) =>
        missing.length > 0 && logger.log('decoder.sandbox-incomplete', { layers: missing.join('.').toLowerCase() }),
    });
  const opened: Partial<Record<FeatureName, AnyFeature>> = {};
  const features = opened as Opened<D>;
  const counts: Counts = { add: (...count) => assembly.counts(features).add(...count) };
  const publish = (feature: FeatureName, state: unknown): void => bus?.publish(feature, state);
  const kioskOf = (name: FeatureName): FeatureKiosk<FeatureName, Countable> => ({
    ...deps,
    decoderOf,
    counts,
    publish: (state) => publish(name, state),
    emit: (event, value) => bus?.emit(name, event, value),
    idleLocks: { acquire: (what) => session.idleLocks.acquire(what) },
    view: () => view,
    firstScreen: firstScreen.promise,
  });
  const factories = assembly.portFactories({ features, session: () => session, stateOf, deps }) as Partial<
    Record<FeatureName, () => unknown>
  >;
  for (const { name, open } of assembly.definitions.toReversed())
    opened[name] = (open as Open)(kioskOf(name), factories[name]?.());
  const list = assembly.definitions.map(({ name }) => [name, opened[name]!] as const);
  const all = list.map(([, feature]) => feature);

  const screens = createScreenSteps(() => view);
  if (folders.memory !== 'used') counts.add('machine.fault', `memory-${folders.memory}`);
  const leavingItems = (): readonly LeavingItem[] =>
    all
      .flatMap((one) => one.leavingItems?.() ?? [])
      .toSorted((a, b) => leavingKinds.indexOf(a.kind) - leavingKinds.indexOf(b.kind));

  const session: Session = createSession({
    clock,
    logger,
    publish(state: StateOf<Contract['session']>) {
      for (const one of all) one.phaseChanged?.(state.phase satisfies Phase);
      publish('session', state);
    },
    counts,
    idle: config.site.idle,
    pace: config.site.pace,
    idleMs: () => shell.idleMs(),
    wipeSteps: [
      ...all.flatMap((one) => one.wipes ?? []),
      ...screens.steps,
      ...all.flatMap((one) => one.lastWipe ?? []),
      earlierStep(deps),
    ],
    leavingItems,
    onBegin() {
      screens.used();
      for (const one of all) one.begin?.(stateOf('session').preferences);
      void Promise.all([shell.resetLockKeys(), shell.warmUp()]);
    },
    async onEnded(end) {
      for (const one of all) await one.sessionEnded?.(end);
      await sweepHeap();
    },
    onAudit: (result) => all.forEach((one) => one.audited?.(result)),
    onPreferences: (preferences) => all.forEach((one) => one.preferencesChanged?.(preferences)),
  });
  /** Our own screens send `touch` on input. */
  const touch: typeof session.handlers.touch = (input) => {
    for (const one of all) one.touched?.();
    return session.handlers.touch(input);
  };
  const everything: readonly (readonly [string, AnyFeature])[] = [
    ['session', { ...session, handlers: { ...session.handlers, touch } }],
    ...list,
  ];
  const collect = <T>(take: (feature: AnyFeature) => T | undefined): Readonly<Record<string, T>> =>
    Object.fromEntries(
      everything.flatMap(([name, feature]) => {
        const taken = take(feature);
        return taken === undefined ? [] : [[name, taken] as const];
      }),
    );
  bus = createStateBus(
    contract,
    collect(({ initial }) => initial),
  );
  const send = (text: string): void => view?.send(text);
  bus.listen((message) => send(JSON.stringify(message)));
  const dispatch = createDispatcher({
    contract,
    handlers: collect(({ handlers }) => handlers),
    owned: collect(({ own }) => own),
    phase: () => stateOf('session').phase.name,
    bus,
    logger,
    send,
    newRef: deps.newRef,
  });
  const server = createScreenServer({
    files: deps.files,
    screens: deps.screens,
    bytes: collect(({ bytes }) => bytes),
  });

  let cancelSettling: (() => void) | undefined;
  let cancelIdleRestart: (() => void) | undefined;
  const settle = (): void => {
    firstScreen.resolve();
    for (const one of all) one.settled?.();
    // If a session already began, `onBegin` has warmed up a guest. Creating a second window now would be visible.
    if (!session.inUse()) void shell.warmUp();
  };
  const stopFailed = (error: unknown): void => logger.log('kiosk.stop-failed', errorFields(error));

  return {
    async start() {
      view = await shell.openKioskView({
        serve: server.serve,
        onMessage: (text) => void dispatch(text),
        onReady() {
          cancelSettling ??= clock.after(SETTLE_AFTER_MS, settle); // only once, not at each reload of the screens
        },
        onClosed: () => session.broken(),
        ...(deps.window ? { window: deps.window } : {}),
      });
      if (deps.interrupted) for (const one of all) one.afterInterruption?.();
      await session.start(deps.interrupted);
      logger.log('kiosk.started', { shell: shell.name, interrupted: deps.interrupted });
      for (const one of all) await one.started?.();
      cancelIdleRestart = idleRestart(deps, session);
    },
    async reloadScreens() {
      server.forget();
      await view?.reload();
    },
    async stop() {
      for (const cancel of [cancelSettling, cancelIdleRestart]) cancel?.();
      firstScreen.resolve();
      // If one feature fails to stop, the others must still erase the person's data and the browsers must still close.
      for (const one of [session, ...all]) await one.stop().catch(stopFailed);
      await shell.close();
      logger.log('kiosk.stopped');
    },
  };
};

const idleRestart = ({ clock, shell, onEndWanted }: KioskDeps, session: Session): (() => void) =>
  restartWhenIdle({
    clock,
    now: () => new Date(clock.now()),
    worn: shell.worn && (() => shell.worn?.() === true),
    inSession: () => session.inUse(),
    idleMs: () => shell.idleMs(),
    restart: () => onEndWanted('restart'),
  });

const earlierStep = ({ earlierLeft, purgeEarlier }: KioskDeps): WipeStep => {
  let left = earlierLeft;
  return {
    name: 'earlier',
    async wipe() {
      if (left > 0) left = await purgeEarlier();
    },
    leftovers: async () => (left > 0 ? [`${left} dossier(s) d’une marche interrompue`] : []),
  };
};
