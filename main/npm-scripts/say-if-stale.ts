/** For a command beside a running kiosk. Imports no package: those that are there may be of the version before. */
import { join } from 'node:path';
import { isBuilt, sourcesDigest } from './sources-digest.ts';

const root = join(import.meta.dirname, '..', '..');
if (!isBuilt(root, sourcesDigest(root)))
  process.stderr.write(
    'point-numerique: the project has changed since the kiosk was started. It keeps its version, and so does this' +
      ' command: end the kiosk and start it again for the new one.\n',
  );
