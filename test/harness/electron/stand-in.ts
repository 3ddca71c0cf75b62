/** A program in the place of Electron's: a script that has Node run the recording fake, itself and all that it starts. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleForElectron } from './in-electron.ts';

/** What `program` is to whoever starts it; `pages` are shown by a real Chromium, for Playwright to join. */
export const makeStandIn = async (folder: string, pages: readonly string[] = []): Promise<string> => {
  const bundle = join(folder, 'stand-in.mjs');
  await bundleForElectron(join(import.meta.dirname, '../../fakes/electron/program-entry.ts'), bundle);
  const program = join(folder, 'electron');
  writeFileSync(program, `#!/bin/sh\nexec ${process.execPath} ${bundle} '${pages.join('\n')}' "$0" "$@"\n`, {
    mode: 0o755,
  });
  return program;
};
