/** One thing wrong in the configuration, told in one line to the person who can put it right (in French). */

export interface ConfigMistake {
  /** As the person named it: the folder given, then the path inside. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly column: number;
  readonly problem: string;
  readonly expected: string;
  /** The valid word that was probably meant. */
  readonly nearest?: string;
}

/** What a rule says of a value, before its place in the file is known. */
export interface Complaint {
  readonly problem: string;
  readonly expected: string;
  readonly nearest?: string;
}

export const quoted = (text: string): string => `«\u00a0${oneLine(text, 60)}\u00a0»`;

/** A value may hold line breaks, terminal escapes or a novel: none of it may break the "one line each". */
const oneLine = (text: string, max: number): string => {
  const flat = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  return flat.length > max ? `${flat.slice(0, max)}…` : flat;
};

/** French typography: the spaces that no line may break at. Lets the sources be written with plain ones. */
export const french = (text: string): string => text.replace(/(?<=«) | (?=[»?!:;](?:\s|$|[,.)]))/g, '\u00a0');

export const complaint = (problem: string, expected: string, nearest?: string): Complaint => {
  const told = { problem: french(problem), expected: french(expected) };
  return nearest === undefined ? told : { ...told, nearest };
};

export const formatMistake = (mistake: ConfigMistake): string => {
  const meant = mistake.nearest === undefined ? '' : ` (vouliez-vous dire ${quoted(mistake.nearest)}\u00a0?)`;
  const told = `${mistake.problem} — ${mistake.expected}${meant}`;
  return `${mistake.file}:${mistake.line}:${mistake.column}  ${oneLine(told, 1000)}`;
};

export const inReadingOrder = (mistakes: readonly ConfigMistake[]): readonly ConfigMistake[] =>
  [...mistakes].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.line - b.line || a.column - b.column,
  );
