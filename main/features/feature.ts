/**
 * What every feature gives to the kiosk (`assemble.ts`) and gets from it, and the types through which features meet in
 * `compose.ts`: they never import each other.
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

/** Anonymous counting: what may be counted is in `measures/measures.ts`, and nowhere else. */
export type { Counts } from '../measures/measures.ts';

export type { Bytes };

/**
 * `Own` is the one object of a session: all that the feature holds of the person who is there. `begin` makes it, the wipe
 * drops it; what is not in it (the printer's health, the scanner that was found) outlives sessions.
 */
export interface Feature<F extends FeatureSpec, Own extends object | undefined = undefined> {
  readonly handlers: Handlers<F, Own>;
  /** What it holds of the person who is there; undefined when nobody is. */
  readonly own?: () => Own | undefined;
  /** The state shown before anything happened; later changes go through `Publish`. */
  readonly initial: StateOf<F>;
  /** Serves `https://kiosk.localhost/bytes/<feature>/<path>` to our own screens; undefined is "not found". */
  readonly bytes?: (path: string) => Promise<Bytes | undefined>;
  /** What it undoes at the end of a session: features in the order of `compose.ts`, and a feature's own in this one. */
  readonly wipes?: readonly WipeStep[];
  /** Undone after all else, our own screens included: what may hang. */
  readonly lastWipe?: WipeStep;
  /** What the person may forget, asked on the leaving screen. */
  readonly leavingItems?: () => readonly LeavingItem[] | Promise<readonly LeavingItem[]>;
  readonly stop: () => Promise<void>;

  // What it is told, in the order of a kiosk's life.
  /** An earlier run was cut short; the first wipe follows. */
  readonly afterInterruption?: () => void;
  /** The session runs. */
  readonly started?: () => Promise<void>;
  /** The first screen is drawn: time for what is only ready ahead of need. */
  readonly settled?: () => void;
  readonly phaseChanged?: (phase: Phase) => void;
  /** A person begins. */
  readonly begin?: () => void;
  /** A hand on our screens. */
  readonly touched?: () => void;
  readonly preferencesChanged?: (preferences: Preferences) => void;
  /** After a clean audit. */
  readonly sessionEnded?: (end: SessionEnd) => Promise<void>;
  readonly audited?: (result: AuditResult) => void;
}

type Handler = (input: never, mine: never) => Promise<Result<unknown, Failure>>;

/** The feature of that name in the contract, whatever it holds of a person. */
export type FeatureNamed<N extends FeatureName> = Omit<Feature<Contract[N] & FeatureSpec>, 'handlers' | 'own'> & {
  readonly handlers: { readonly [M in keyof Contract[N]['messages']]: Handler };
  readonly own?: () => object | undefined;
};

/** What the kiosk gives a feature to work with. */
export interface FeatureKiosk<N extends FeatureName, C extends Countable> extends KioskSystem {
  readonly publish: Publish<Contract[N] & FeatureSpec>;
  readonly emit: <E extends string & keyof EventsOf<N>>(event: E, value: EventsOf<N>[E]) => void;
  readonly counts: Counts<C>;
  readonly holds: Holds;
  readonly inSession: () => boolean;
  readonly view: () => KioskView | undefined;
  /** Our first screen is drawn, or the kiosk stops. */
  readonly firstScreen: Promise<void>;
}

/** One feature, as its `index.ts` gives it. `P`: what other features do for it, given by `compose.ts`. */
export interface FeatureDefinition<N extends FeatureName, C extends Countable, P, O extends FeatureNamed<N>> {
  readonly name: N;
  /** The counters that it may add. Listed in `measures/`. */
  readonly counters: readonly C[];
  /** What it may log. Listed in `log/catalogue.ts`. */
  readonly events?: EventSpecs;
  /** Its part of `site.yaml`. Listed in `config/sections.ts`. */
  readonly section?: ConfigSection;
  readonly open: (kiosk: FeatureKiosk<N, C>, ports: P) => O;
}

export const defineFeature = <const N extends FeatureName, const C extends Countable, P, O extends FeatureNamed<N>>(
  definition: FeatureDefinition<N, C, P, O>,
): FeatureDefinition<N, C, P, O> => definition;

/** Tells the screens a feature's new state. The dispatcher checks it against the contract. */
export type Publish<F extends FeatureSpec> = (state: StateOf<F>) => void;

/** One thing the end of a session must undo, and how to see that it is undone. */
export interface WipeStep {
  readonly name: WipeName;
  /** What it may take at most; some seconds when absent. */
  readonly withinMs?: number;
  /** Must not throw for an ordinary failure; what it could not do shows in `leftovers`. */
  wipe(): Promise<void>;
  /** What is still there, in words for the agent without anything personal. Empty = clean. */
  leftovers(): Promise<readonly string[]>;
}

/** What the look after the wipe found. */
export interface AuditResult {
  readonly clean: boolean;
  /** The first step that left something. */
  readonly step: WipeName | undefined;
  /** `PN-<step>`, for the screen and the agent. */
  readonly fault: string;
  readonly left: readonly string[];
}

export type EndReason = 'button' | 'quiet' | 'time-over' | 'woken' | 'broken' | 'agent';

/** What ended a session, and what its person had chosen. */
export interface SessionEnd {
  readonly reason: EndReason;
  readonly durationMs: number;
  readonly preferences: Preferences;
}

/** Work of the kiosk itself: never cut. */
export type OwnWork = 'scan' | 'print' | 'copy';
/** What a site says is under way: kept for a while, since a site may say so for ever. */
export type SiteWork = 'upload' | 'download' | 'video';

/** Something under way that must not be cut by the idle timer. */
export interface Holds {
  hold(what: OwnWork | SiteWork): () => void;
}

export type { LeavingItem };

/** Why no USB key at all can be opened on this machine, as far as the last one told. */
export type KeyTrouble = Extract<KeyFault, 'no-helper' | 'not-allowed'>;
