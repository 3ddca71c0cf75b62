/** Whether the system sets its clock by the network. */
import { existsSync } from 'node:fs';

/** systemd-timesyncd makes this file once it has followed a server since the start of the machine. */
const SYNCHRONIZED = '/run/systemd/timesync/synchronized';

/** True: yes. Undefined: the system has another time service, or none, and does not tell. */
export const isNetworkTime = (file = SYNCHRONIZED): true | undefined => (existsSync(file) ? true : undefined);
