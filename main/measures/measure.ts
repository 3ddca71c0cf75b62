/** What a measure is. */
import type { Unit } from '../contract/usage.ts';
import type { TableId } from './tables.ts';

/** Where the allowed keys of a measure come from. The open ones are lists of the configuration, never what a person types. */
export type KeySource =
  | { readonly from: 'none' }
  | {
      readonly from: 'list';
      readonly keys: readonly string[];
      /** What the agent reads for each key. */
      readonly words: Readonly<Record<string, string>>;
    }
  | { readonly from: 'demarches' | 'demarche-steps' | 'tutorials' | 'tutorial-screens' | 'organism-domains' };

export interface Measure {
  readonly unit: Unit;
  readonly keys: KeySource;
  /** Where the agent's page shows it; null: in the headline alone. */
  readonly table: TableId | null;
  /** What the agent reads. */
  readonly sentence: string;
  /** For the data-protection officer: why it says nothing about anyone. */
  readonly harmless: string;
  /** Counted when it shows that the person left with something. */
  readonly helps?: true;
  /** About the machine, never about people: shown as it is. */
  readonly machine?: true;
  /** Written by the end of a session alone. */
  readonly perSession?: true;
  /** The cell whose people its keys divide up, each of them under one key: what is shown of them adds up to what is shown of it. */
  readonly dividesUp?: string;
  /** No screen counts it yet: pages leave it out rather than show a zero that nobody measured. */
  readonly notYet?: true;
  /**
   * Heard during a session and never written: its end says that this person did it, and how much in a few classes. One person with
   * fifty pages would otherwise be a line of their own.
   */
  readonly heardAs?: { readonly did: string; readonly classes: string };
}

/** A key without its words does not compile. */
export const list = <const K extends readonly string[]>(
  keys: K,
  words: Readonly<Record<K[number], string>>,
): { readonly from: 'list'; readonly keys: K; readonly words: typeof words } => ({ from: 'list', keys, words });
export const none = { from: 'none' } as const;

export const WHOLE_WEEK = 'Un nombre pour toute la semaine, légèrement changé au hasard.';
