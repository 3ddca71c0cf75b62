/** Whether the system clock is synchronized over the network. */
import { existsSync } from 'node:fs';

/** systemd-timesyncd creates this file after the first synchronization since boot. */
const SYNCHRONIZED = '/run/systemd/timesync/synchronized';

/** True: synchronized. Undefined: unknown, because the system has another time service or none. */
export const isNetworkTime = (file = SYNCHRONIZED): true | undefined => (existsSync(file) ? true : undefined);
