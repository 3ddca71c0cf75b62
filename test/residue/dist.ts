import { join } from 'node:path';

/** What ships, as `npm run build` makes it. */
export const DIST = join(import.meta.dirname, '..', '..', 'dist', 'main');
