/** What `lpstat` says, in the C locale. Pure. */
import type { PrinterReason } from '../../contract/printing.ts';
import type { PrinterStatus } from '../printer.ts';

/** `lpstat -p QUEUE`, and the lines below it, which hold what the queue's driver reports. */
export const statusFromLpstat = (text: string, jobs: number): PrinterStatus => {
  const [first = '', ...rest] = text.split('\n');
  const said = rest.join(' ').toLowerCase();
  const reasons: PrinterReason[] = [];
  if (/ disabled since /.test(first)) reasons.push('paused');
  if (/offline|unable to (locate|connect)|not responding|unreachable/.test(said)) reasons.push('offline');
  if (/out of paper|no paper|media.empty|load paper/.test(said)) reasons.push('paper-out');
  if (/jam/.test(said)) reasons.push('jam');
  if (/(cover|door) open/.test(said)) reasons.push('cover-open');
  const stopped = reasons.length > 0;
  return {
    state: stopped ? 'stopped' : / now printing /.test(first) ? 'busy' : 'ready',
    acceptsJobs: true,
    reasons,
    queuedJobs: jobs,
  };
};

/** `lpstat -o QUEUE`: `QUEUE-12  borne  1024  Wed…`. */
export const jobsFromLpstat = (
  text: string,
  queue: string,
): readonly { readonly id: string; readonly user: string }[] =>
  text.split('\n').flatMap((line) => {
    const [name = '', user = ''] = line.trim().split(/\s+/);
    const id = name.startsWith(`${queue}-`) ? name.slice(queue.length + 1) : '';
    return /^\d+$/.test(id) ? [{ id, user }] : [];
  });
