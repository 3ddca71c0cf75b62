/** The definition of a measure. */
import type { Unit } from '../contract/usage.ts';
import type { TableId } from './tables.ts';

/**
 * Where the allowed keys of a measure come from: a fixed list, or a list of the configuration. Never from anything that
 * a person types.
 */
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
  /** The table of the agent's page that shows it; null: only the headline does. */
  readonly table: TableId | null;
  /** What the agent reads. */
  readonly sentence: string;
  /** For the data-protection officer: why the measure reveals nothing about anyone. */
  readonly harmless: string;
  /** A session with this measure counts as helped: the person left with something. */
  readonly helps?: true;
  /** About the machine, never about people: shown without noise. */
  readonly machine?: true;
  /** Written only when a session ends. */
  readonly perSession?: true;
  /**
   * The cell whose people the keys of this measure divide up, each person under one key. The numbers shown for the keys
   * add up to the number shown for that cell.
   */
  readonly splits?: string;
  /** Never written: the end of the session only decides by it where a person was, or whether they were helped. */
  readonly neverStored?: true;
  /**
   * The amount is kept in memory during a session and never written. The end of the session writes that the person did
   * it, and an amount class. The exact amount would give away one person who printed fifty pages.
   */
  readonly writtenAs?: { readonly did: string; readonly classes: string };
}

/** The types require words for every key. */
export const list = <const K extends readonly string[]>(
  keys: K,
  words: Readonly<Record<K[number], string>>,
): { readonly from: 'list'; readonly keys: K; readonly words: typeof words } => ({ from: 'list', keys, words });
export const none = { from: 'none' } as const;

export const WHOLE_WEEK = 'Un nombre pour toute la semaine, légèrement changé au hasard.';
