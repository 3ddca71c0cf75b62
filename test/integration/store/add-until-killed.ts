/** Adds sessions to a database until it is killed, and reports each commit. Started by `kill.test.ts`. */
import { writeSync } from 'node:fs';
import { systemFiles } from '../../../main/platform/files.ts';
import { createCountsStore } from '../../../main/store/counts-store.ts';
import { migrations } from '../../../main/store/migrations/index.ts';
import { openDatabase } from '../../../main/store/open-database.ts';

const [file = '', week = '2026-W47'] = process.argv.slice(2);
const allowed = ['session', 'session.end|button', 'pages.printed', 'session.helped|yes'];
const opened = await openDatabase({ files: systemFiles, file, migrations, today: () => '2026-11-25', allowed });
if (!opened.ok) throw new Error(opened.error.kind);
if (opened.value.movedAside !== null) throw new Error('found damaged');
const store = createCountsStore(opened.value.db, 'moulins-1');
writeSync(1, 'ready\n');
for (;;) {
  const added = store.add(week, [
    ['session', 1, 7],
    ['session.end|button', 1, 7],
    ['pages.printed', 3, 7],
    ['session.helped|yes', 1, 7],
  ]);
  if (!added.ok) throw new Error(added.error.kind);
  writeSync(1, '+\n'); // after the commit: the parent counts these
  const tidied = store.compact();
  if (!tidied.ok) throw new Error(tidied.error.kind);
}
