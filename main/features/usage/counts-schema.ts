/** The database's own checks, written from the catalogue of measures: a dimension that is not in it cannot be stored. */
import { measureIds, measureOf, type KeySource } from './measures.ts';

const quote = (text: string): string => `'${text}'`;
const SLUG = `key GLOB '[a-z0-9]*' AND key NOT GLOB '*[^a-z0-9.-]*' AND length(key) <= 80`;

const keyCheck = (keys: KeySource): string => {
  switch (keys.from) {
    case 'none':
      return `key = ''`;
    case 'list':
      return `key IN (${keys.keys.map(quote).join(', ')})`;
    case 'demarche-steps':
      return `key GLOB '[a-z0-9]*/[0-9]' AND key NOT GLOB '*[^a-z0-9/-]*' AND key NOT GLOB '*/*/*' AND length(key) <= 82`;
    default:
      return SLUG;
  }
};

export const countsCheck = (): string =>
  measureIds
    .map((id) => `(measure = ${quote(id)} AND ${keyCheck(measureOf(id)?.keys ?? { from: 'none' })})`)
    .join('\n    OR ');
