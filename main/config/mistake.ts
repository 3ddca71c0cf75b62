/** One mistake in the configuration, as one line in French for the person who can fix it. */

export interface ConfigMistake {
  /** As the person named it: the given folder, then the path inside it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly problem: string;
  readonly expected: string;
  /** The valid word that was probably meant. */
  readonly nearest?: string;
}

/** What a rule says about a value, before its place in the file is known. */
export interface Complaint {
  readonly problem: string;
  readonly expected: string;
  readonly nearest?: string;
}

export const quoted = (text: string): string => `«\u00a0${oneLine(text, 60)}\u00a0»`;

/** A value may contain line breaks, terminal escapes or very long text: none of it may break the "one line each". */
const oneLine = (text: string, max: number): string => {
  const flat = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return flat.length > max ? `${flat.slice(0, max)}…` : flat;
};

/** Puts the non-breaking spaces of French typography, so that the sources can use ordinary spaces. */
export const french = (text: string): string => text.replace(/(?<=«) | (?=[»?!:;](?:\s|$|[,.)]))/g, '\u00a0');

export const complaint = (problem: string, expected: string, nearest?: string): Complaint => {
  const sentences = { problem: french(problem), expected: french(expected) };
  return nearest === undefined ? sentences : { ...sentences, nearest };
};

export const formatMistake = (mistake: ConfigMistake): string => {
  const meant = mistake.nearest === undefined ? '' : ` (vouliez-vous dire ${quoted(mistake.nearest)}\u00a0?)`;
  const line = `${mistake.problem} — ${mistake.expected}${meant}`;
  return `${mistake.file}:${mistake.line}:${mistake.column}  ${oneLine(line, 1000)}`;
};

export const inReadingOrder = (mistakes: readonly ConfigMistake[]): readonly ConfigMistake[] =>
  [...mistakes].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
