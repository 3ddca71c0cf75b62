/** The program of an installed kiosk: starts it, ends it in order when asked. */
import { start } from './start.ts';

const started = await start(process.argv.slice(2), { out: process.stdout, err: process.stderr });
if (started.kiosk === undefined) process.exit(started.code);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => void started.kiosk?.stop().finally(() => process.exit(started.code)));
}
