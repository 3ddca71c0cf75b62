/** The built kiosk's watch over its main process, on the main process of this harness. */
import { join } from 'node:path';
import { DIST } from './dist.ts';

const { startWatcher } = (await import(
  join(DIST, 'process/watcher.js')
)) as typeof import('../../main/process/watcher.ts');
const { nodeProgram } = (await import(
  join(DIST, 'platform/supervised-process.js')
)) as typeof import('../../main/platform/supervised-process.ts');

const kiosk = startWatcher({
  argv: process.argv.slice(2),
  err: process.stderr,
  program: nodeProgram(join(import.meta.dirname, 'kiosk-entry.ts')),
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, kiosk.stop);
process.exit(await kiosk.ended);
