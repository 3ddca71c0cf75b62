import { jobOwner } from '../../../main/devices/job-owner.ts';

/** As whom the kiosk of a test prints. */
export const OWNER = jobOwner('moulins', 'a PC');
/** Another kiosk at the same printer. */
export const NEIGHBOUR = jobOwner('vichy', 'another PC');
