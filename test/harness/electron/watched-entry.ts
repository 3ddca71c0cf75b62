/** The built program of an installed kiosk, watcher and kiosk. SIGUSR2 starts an endless loop, to simulate a hang. */
import { join } from 'node:path';
import { readEntryParams } from './entry-params.ts';

process.on('SIGUSR2', () => {
  for (;;);
});
const { root } = readEntryParams<{ readonly root: string }>();
await import(join(root, 'dist/main/process/both-on-electron.js'));
