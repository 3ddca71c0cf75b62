/** What a build is made from. */
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = [
  'main/**/*.{ts,sql,ps1,json}',
  'renderer/**/*',
  'kiosk-config/**/*.yaml',
  'package-lock.json',
  'vite.config.ts',
  'svelte.config.js',
];

/**
 * No part of a build (`write-read-ahead.ts`). If they were counted here, the next command after an edit of the place's
 * settings, such as `report`, would replace the program under the running kiosk.
 */
const NOT_BUILT = ['kiosk-config/site.yaml', 'kiosk-config/departement.yaml'];

const digest = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');

/**
 * Changes with the name or the text of any source. Their dates would not do: a release that is copied with its dates is
 * older than this PC's last build, every source is older after a build with the clock ahead, and a deleted one has
 * none.
 */
export const sourcesDigest = (root: string): string => {
  const files = globSync(SOURCES, { cwd: root, exclude: NOT_BUILT }).filter((file) =>
    statSync(join(root, file)).isFile(),
  );
  return digest(
    files
      .sort()
      .map((file) => `${digest(readFileSync(join(root, file)))} ${file}`)
      .join('\n'),
  );
};

/** Holds the digest of what was built. Absent during a build, so an interrupted one is made again. */
export const stampOf = (root: string): string => join(root, 'dist', '.built');

export const isBuilt = (root: string, sources: string): boolean =>
  existsSync(stampOf(root)) && readFileSync(stampOf(root), 'utf8') === sources;
