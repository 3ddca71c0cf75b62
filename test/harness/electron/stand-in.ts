/**
 * Makes a program that stands in for Electron's: a script in which Node runs the recording fake, for itself and for its
 * child processes.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForElectron } from './in-electron.ts';

/** Returns the path to use as `program`. A real Chromium shows `pages`, so that Playwright can connect to them. */
export const makeStandIn = async (folder: string, pages: readonly string[] = []): Promise<string> => {
  const bundle = join(folder, 'stand-in.mjs');
  await bundleForElectron(join(import.meta.dirname, '../../fakes/electron/program-entry.ts'), bundle);
  const program = join(folder, 'electron');
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${bundle} '${pages.join('\n')}' "$0" "$@"\n`, {
    mode: 0o755,
  });
  return program;
};
