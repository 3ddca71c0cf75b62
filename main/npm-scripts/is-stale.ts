/**
 * Prints `stale` when the sources are not those of the last build. Imports no package: while a kiosk runs, those that
 * are there may be of the version before.
 */
import { join } from 'node:path';
import { isBuilt, sourcesDigest } from './sources-digest.ts';

const root = join(import.meta.dirname, '..', '..');
if (!isBuilt(root, sourcesDigest(root))) process.stdout.write('stale');
