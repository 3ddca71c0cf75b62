/** A main process that only sends heartbeats, and hangs in an endless loop on demand. */
import { sendHeartbeats, tellShown } from '../../../main/platform/supervised-process.ts';

sendHeartbeats(() => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.on('SIGUSR2', () => {
  for (;;);
});
setInterval(() => undefined, 1_000);
tellShown();
