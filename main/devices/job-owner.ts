/**
 * The name under which this kiosk prints. Several kiosks may share a printer, and each removes its own left jobs: the
 * name must be another one on each of them, and the same one after a restart. It is derived, not stored: nothing is
 * lost with an erased state folder, and disks that were copied still differ by the kiosk's id. It says nothing of
 * persons, and neither the place nor the PC can be read from it.
 */
import { createHmac } from 'node:crypto';

export interface JobOwner {
  readonly user: string;
  /** Neutral on purpose: printers show job names on their panels and keep them in memory. */
  readonly jobName: string;
}

const USER = 'borne-';
export const DOCUMENT = 'Document';

/** `machine`: see `platform/machine-id.ts`. */
export const jobOwner = (kioskId: string, machine: string): JobOwner => {
  const mark = createHmac('sha256', machine).update(`printing ${kioskId}`).digest('hex').slice(0, 6);
  return { user: `${USER}${mark}`, jobName: `${DOCUMENT} ${mark}` };
};

/** What a printer tells of a job. undefined: it does not disclose it. */
export interface JobLabels {
  readonly name: string | undefined;
  readonly user: string | undefined;
}

const same = (told: string | undefined, ours: string): boolean => told?.toLowerCase() === ours.toLowerCase();

/**
 * Certainly ours. Either is enough: RFC 8011 lets a printer that identifies people in its own way replace the user
 * (`job-originating-user-name` need not be the `requesting-user-name` that we sent).
 */
export const isOurs = ({ user, jobName }: JobOwner, told: JobLabels): boolean =>
  same(told.user, user) || same(told.name, jobName);

/**
 * Certainly somebody else's: the user is not ours, not even shortened, and is a kiosk's, or the name is none that a
 * kiosk gives. Of a job that is neither this nor ours, the printer hides or changes too much to tell.
 */
export const isAnothers = ({ user, jobName }: JobOwner, told: JobLabels): boolean => {
  if (told.user === undefined || isOurs({ user, jobName }, told)) return false;
  const as = told.user.toLowerCase();
  if (user.startsWith(as)) return false;
  return as.startsWith(USER) || (told.name !== undefined && !told.name.startsWith(DOCUMENT));
};
