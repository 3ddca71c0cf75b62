/** What an import did, for whoever gave the files: in French, one line a fact, the line and the column named. */

export interface Told {
  readonly line: number;
  readonly column: string;
  /** What and how. */
  readonly what: string;
  /** The same small thing on many rows is counted and not listed. */
  readonly small: boolean;
}

export interface Refused {
  readonly line: number;
  readonly column: string;
  readonly why: string;
}

export interface FileReport {
  readonly file: string;
  /** « Liste nationale », « Liste ANCT »… */
  readonly kind: string;
  readonly how: string;
  readonly rows: number;
  readonly taken: number;
  readonly mended: readonly Told[];
  readonly refused: readonly Refused[];
  /** The whole file could not be read. */
  readonly failure?: string;
}

export interface Merged {
  readonly kept: string;
  readonly other: string;
  /** « téléphone : 04… (2024-08-01) plutôt que 04… (2019) ». */
  readonly fields: readonly string[];
}

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n > 1 ? many : one}`;

const mendedLines = (mended: readonly Told[]): readonly string[] => {
  const small = new Map<string, { readonly first: Told; count: number }>();
  for (const told of mended.filter((one) => one.small)) {
    const key = `${told.column}\u0000${told.what.replace(/«.*?»/g, '')}`;
    const known = small.get(key);
    if (known) known.count++;
    else small.set(key, { first: told, count: 1 });
  }
  return [
    ...mended.filter((one) => !one.small).map((one) => `    ligne ${one.line}, ${one.column} : ${one.what}`),
    ...[...small.values()].map(({ first, count }) =>
      count === 1
        ? `    ligne ${first.line}, ${first.column} : ${first.what}`
        : `    ${plural(count, 'ligne')}, ${first.column} : ${first.what} (la première : ligne ${first.line})`,
    ),
  ];
};

export const fileReportText = (report: FileReport): string => {
  if (report.failure !== undefined) return `${report.file} : refusé, ${report.failure}\n`;
  const mendedRows = new Set(report.mended.map(({ line }) => line)).size;
  const lines = [
    `${report.file} : ${report.kind}, ${report.how}`,
    `  ${plural(report.rows, 'ligne')} : ${report.taken} ${report.taken > 1 ? 'prises' : 'prise'}, dont ${plural(mendedRows, 'corrigée')} ; ${plural(report.refused.length, 'refusée')}`,
    ...(report.mended.length > 0 ? ['  Corrigé :', ...mendedLines(report.mended)] : []),
    ...(report.refused.length > 0
      ? ['  Refusé :', ...report.refused.map((one) => `    ligne ${one.line}, ${one.column} : ${one.why}`)]
      : []),
  ];
  return `${lines.join('\n')}\n`;
};

export const mergedText = (merged: readonly Merged[]): string =>
  merged.length === 0
    ? ''
    : `${[
        `${plural(merged.length, 'doublon réuni', 'doublons réunis')} :`,
        ...merged.map(
          ({ kept, other, fields }) =>
            `  « ${kept} » et « ${other} »${fields.length > 0 ? ` — ${fields.join(' ; ')}` : ' — rien ne diffère'}`,
        ),
      ].join('\n')}\n`;
