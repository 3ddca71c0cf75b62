/** `node main/log/write-events-page.ts` writes the page of events again. Nothing imports this file. */
import { join } from 'node:path';
import { appRoot } from '../platform/app-root.ts';
import { systemFiles } from '../platform/files.ts';
import { eventsPage } from './events-page.ts';

const written = await systemFiles.writeAtomic(join(appRoot(), 'resources', 'guide', 'journal.md'), eventsPage(), {
  mode: 0o644,
});
if (!written.ok) throw new Error(`the page was not written: ${written.error.code}`);
