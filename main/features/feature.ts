/**
 * The interface between a feature and the kiosk (`assemble.ts`), and the types that features share. Features never
 * import each other: `compose.ts` connects them.
 */
import type { FeatureSpec, Handlers, StateOf } from '../contract/define.ts';
import type { KeyFault } from '../contract/documents.ts';
import type { Contract, EventsOf, FeatureName } from '../contract/index.ts';
import type { Failure, Result } from '../contract/result.ts';
import type { LeavingItem, Phase, Preferences } from '../contract/session.ts';
import type { ConfigSection } from '../config/section.ts';
import type { EventSpecs } from '../log/fields.ts';
import type { Countable, Counts } from '../measures/measures.ts';
import type { WipeName } from '../measures/wipe-names.ts';
import type { Bytes, KioskView } from '../shell/port.ts';
import type { KioskSystem } from './system.ts';

/** Anonymous counters. `measures/measures.ts` lists everything that may be counted. */
export type { Counts } from '../measures/measures.ts';

export type { Bytes };

/**
 * `Own` is the one object with everything that the feature holds about the current person. `begin` creates it and the
 * wipe drops it. State outside it (the printer's health, the scanner that was found) outlives sessions.
 */
export interface Feature<F extends FeatureSpec, Own extends object | undefined = undefined> {
  readonly handlers: Handlers<F, Own>;
  /** What the feature holds about the current person; undefined between sessions. */
  readonly own?: () => Own | undefined;
  /** The first state. Later states go through `Publish`. */
  readonly initial: StateOf<F>;
  /** Serves `https://kiosk.localhost/bytes/<feature>/<path>` to our own screens; undefined means "not found". */
  readonly bytes?: (path: string) => Promise<Bytes | undefined>;
  /** The wipe steps at the end of a session, in order. Features are wiped in the order of `compose.ts`. */
  readonly wipes?: readonly WipeStep[];
  /** A wipe step that may hang or take minutes. It runs after every other, also after that of our own screens. */
  readonly lastWipe?: WipeStep;
  /** Reminders for the leaving screen: what the person may forget. */
  readonly leavingItems?: () => readonly LeavingItem[];
  readonly stop: () => Promise<void>;

  // Callbacks, in the order in which a kiosk calls them.
  /** The last run was interrupted. Called before the first wipe. */
  readonly afterInterruption?: () => void;
  /** The start-up wipe is done. */
  readonly started?: () => Promise<void>;
  /** The first screen is drawn: the time to prepare what will be needed later. */
  readonly settled?: () => void;
  readonly phaseChanged?: (phase: Phase) => void;
  /** A session begins, with what its person has chosen on the accueil. */
  readonly begin?: (preferences: Preferences) => void;
  /** Input on our own screens. */
  readonly touched?: () => void;
  readonly preferencesChanged?: (preferences: Preferences) => void;
  /** A session was wiped and audited. */
  readonly sessionEnded?: (end: SessionEnd) => Promise<void>;
  readonly audited?: (result: AuditResult) => void;
}

type Handler = (input: never, mine: never) => Promise<Result<unknown, Failure>>;

/** The feature of that name in the contract, whatever its `Own` is. */
export type FeatureNamed<N extends FeatureName> = Omit<Feature<Contract[N] & FeatureSpec>, 'handlers' | 'own'> & {
  readonly handlers: { readonly [M in keyof Contract[N]['messages']]: Handler };
  readonly own?: () => object | undefined;
};

/** What the kiosk provides to a feature. */
export interface FeatureKiosk<N extends FeatureName, C extends Countable> extends KioskSystem {
  readonly publish: Publish<Contract[N] & FeatureSpec>;
  readonly emit: <E extends string & keyof EventsOf<N>>(event: E, value: EventsOf<N>[E]) => void;
  readonly counts: Counts<C>;
  readonly idleLocks: IdleLocks;
  readonly view: () => KioskView | undefined;
  /** Resolves when our first screen is drawn, or when the kiosk stops. */
  readonly firstScreen: Promise<void>;
}

/** One feature, as its `index.ts` exports it. `P` is what it needs from other features; `compose.ts` provides that. */
export interface FeatureDefinition<N extends FeatureName, C extends Countable, P, O extends FeatureNamed<N>> {
  readonly name: N;
  /** The counters that the feature may use. Listed in `measures/`. */
  readonly counters: readonly C[];
  /** The events that it may log. Listed in `log/catalogue.ts`. */
  readonly events?: EventSpecs;
  /** Its section of `site.yaml`. Listed in `config/sections.ts`. */
  readonly section?: ConfigSection;
  readonly open: (kiosk: FeatureKiosk<N, C>, ports: P) => O;
}

export const defineFeature = <const N extends FeatureName, const C extends Countable, P, O extends FeatureNamed<N>>(
  definition: FeatureDefinition<N, C, P, O>,
): FeatureDefinition<N, C, P, O> => definition;

/** Sends a feature's new state to the screens, after a check against the contract. */
export type Publish<F extends FeatureSpec> = (state: StateOf<F>) => void;

/** One thing to wipe at the end of a session, and how to check that it is gone. */
export interface WipeStep {
  readonly name: WipeName;
  /** Time limit of `wipe`; a few seconds when absent. */
  readonly withinMs?: number;
  /** Must not throw for an ordinary failure: `leftovers` reports what is still there. */
  wipe(): Promise<void>;
  /** What is still there, in words for the agent and without anything personal. Empty means clean. */
  leftovers(): Promise<readonly string[]>;
}

/** The result of the audit that follows a wipe. */
export interface AuditResult {
  readonly clean: boolean;
  /** The first step that left something. */
  readonly step: WipeName | undefined;
  /** `PN-<step>`, for the screen and the agent. */
  readonly fault: string;
  readonly left: readonly string[];
}

export type EndReason = 'button' | 'quiet' | 'time-over' | 'woken' | 'broken' | 'agent';

/** How a session ended, and the preferences that its person had chosen. */
export interface SessionEnd {
  readonly reason: EndReason;
  readonly durationMs: number;
  readonly preferences: Preferences;
}

/** Work of the kiosk itself. It keeps the session for an hour, longer than any real print or scan. */
export type OwnWork = 'scan' | 'print' | 'copy';
/**
 * Keeps the session for a limited time only: a site may report its work for ever, and a voice reads on to nobody when
 * the person has left.
 */
export type LimitedWork = 'upload' | 'download' | 'video' | 'voice';

/** Keeps the idle timer from ending the session while work is under way. */
export interface IdleLocks {
  acquire(what: OwnWork | LimitedWork): () => void;
}

export type { LeavingItem };

/** Why this machine can open no USB key at all, according to the last key that was plugged in. */
export type KeyTrouble = Extract<KeyFault, 'no-helper' | 'not-allowed'>;

export interface KeyStatus {
  readonly trouble: KeyTrouble | undefined;
  /** A key of nobody is in: it was there before the session, or stayed in after one. */
  readonly older: boolean;
}
