/**
 * Official outlines of the Allier, read where they stand: they are not ours to keep. Tests say so when they are away.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '../../../../../shared/data/geo');
const OTHER = join(import.meta.dirname, '../../../../shared/data/geo');

const folder = [FOLDER, OTHER].find((one) => existsSync(one));
export const outlinesAreThere = folder !== undefined;
export const outlinePath = (name: string): string => join(folder ?? FOLDER, name);
export const outline = (name: string): { name: string; text: string } => ({
  name,
  text: readFileSync(outlinePath(name), 'utf8'),
});
