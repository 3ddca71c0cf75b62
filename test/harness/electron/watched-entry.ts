/** The built program of an installed kiosk, its watcher and its kiosk; on demand an endless loop, as a bug of ours would make. */
import { join } from 'node:path';
import { givenToUs } from './given.ts';

process.on('SIGUSR2', () => {
  for (;;);
});
const { root } = givenToUs<{ readonly root: string }>();
await import(join(root, 'dist/main/process/both-on-electron.js'));
