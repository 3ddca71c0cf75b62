/**
 * What every feature gives to `compose.ts`, and the ports through which features meet
 * (they never import each other).
 */
import type { FeatureSpec, Handlers, StateOf } from '../contract/define.ts';
import type { KeyFault } from '../contract/documents.ts';
import type { Bytes } from '../shell/port.ts';
import type { WipeName } from '../measures/wipe-names.ts';

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
  /** What this feature undoes at the end of a session, in the order that `compose.ts` gives. */
  readonly wipe?: WipeStep;
  stop(): Promise<void>;
}

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

/** Work of the kiosk itself: never cut. */
export type OwnWork = 'scan' | 'print' | 'copy';
/** What a site says is under way: kept for a while, since a site may say so for ever. */
export type SiteWork = 'upload' | 'download' | 'video';

/** Something under way that must not be cut by the idle timer. */
export interface Holds {
  hold(what: OwnWork | SiteWork): () => void;
}

/** Something a person may forget, asked on the leaving screen. */
export type LeavingItem =
  | { readonly kind: 'documents'; readonly count: number }
  | { readonly kind: 'not-sent'; readonly site: string }
  | { readonly kind: 'signed-in'; readonly site: string }
  | { readonly kind: 'original-on-glass' }
  | { readonly kind: 'paper-in-tray' }
  | { readonly kind: 'usb-key' };

/** Why no USB key at all can be opened on this machine, as far as the last one told. */
export type KeyTrouble = Extract<KeyFault, 'no-helper' | 'not-allowed'>;
