/** The report of an import, in French: one line for each fact, with the line and the column of the file. */

export interface Repair {
  readonly line: number;
  readonly column: string;
  /** What was changed, and how. */
  readonly what: string;
  /** A minor repair. When many rows have the same one, the report gives their number instead of a list. */
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
  /** What `line` counts: rows of a table, or entries of a JSON list, which may all be on one line. */
  readonly counted: 'ligne' | 'fiche';
  readonly taken: number;
  readonly mended: readonly Repair[];
  readonly refused: readonly Refused[];
  /** Why the whole file could not be read. */
  readonly failure?: string;
}

export interface Merged {
  readonly kept: string;
  readonly other: string;
  /** « téléphone : 04… (2024-08-01) plutôt que 04… (2019) ». */
  readonly fields: readonly string[];
}

export interface Renamed {
  readonly name: string;
  readonly from: string;
  readonly to: string;
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n > 1 ? many : one}`;

const mendedLines = (mended: readonly Repair[], counted: FileReport['counted']): readonly string[] => {
  const small = new Map<string, { readonly first: Repair; count: number; alike: boolean }>();
  for (const repair of mended.filter((one) => one.small)) {
    const key = `${repair.column}\u0000${repair.what.replace(/«.*?»/g, '')}`;
    const known = small.get(key);
    if (known) {
      known.count += 1;
      known.alike &&= known.first.what === repair.what;
    } else small.set(key, { first: repair, count: 1, alike: true });
  }
  return [
    ...mended.filter((one) => !one.small).map((one) => `    ${counted} ${one.line}, ${one.column} : ${one.what}`),
    ...[...small.values()].map(({ first, count, alike }) =>
      count === 1
        ? `    ${counted} ${first.line}, ${first.column} : ${first.what}`
        : `    ${plural(count, counted)}, ${first.column} : ${alike ? '' : 'par exemple '}${first.what} (la première : ${counted} ${first.line})`,
    ),
  ];
};

export const fileReportText = (report: FileReport): string => {
  if (report.failure !== undefined) return `${report.file} : refusé, ${report.failure}\n`;
  const mendedRows = new Set(report.mended.map(({ line }) => line)).size;
  const lines = [
    `${report.file} : ${report.kind}, ${report.how}`,
    `  ${plural(report.rows, report.counted)} : ${report.taken} ${report.taken > 1 ? 'prises' : 'prise'}, dont ${plural(mendedRows, 'corrigée')} ; ${plural(report.refused.length, 'refusée')}`,
    ...(report.mended.length > 0 ? ['  Corrigé :', ...mendedLines(report.mended, report.counted)] : []),
    ...(report.refused.length > 0
      ? ['  Refusé :', ...report.refused.map((one) => `    ${report.counted} ${one.line}, ${one.column} : ${one.why}`)]
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

export const renamedText = (renamed: readonly Renamed[]): string =>
  renamed.length === 0
    ? ''
    : `${[
        `${plural(renamed.length, 'identifiant donné', 'identifiants donnés')} à deux lieux :`,
        ...renamed.map(({ name, from, to }) => `  « ${name} » : « ${to} » à la place de « ${from} », déjà pris`),
      ].join('\n')}\n`;
