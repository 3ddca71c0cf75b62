/** Parses the output of `lpstat` in the C locale. Pure. */
import type { PrinterReason } from '../../contract/printing.ts';
import type { PrinterStatus } from '../printer.ts';
import { meaningOf } from '../state-message.ts';

/** Parses `lpstat -p QUEUE`; the lines below the first contain the messages of the queue's driver. */
export const statusFromLpstat = (text: string, jobs: number): PrinterStatus => {
  const [first = '', ...rest] = text.split('\n');
  const reasons: PrinterReason[] = [];
  if (/ disabled since /.test(first)) reasons.push('paused');
  const said = meaningOf(rest.join(' '));
  if (said !== undefined && said !== 'busy' && said !== 'connecting') reasons.push(said);
  const stopped = reasons.length > 0;
  return {
    state: stopped ? 'stopped' : / now printing /.test(first) ? 'busy' : 'ready',
    acceptsJobs: true,
    reasons,
    queuedJobs: jobs,
  };
};

/** The job that `lpstat -p QUEUE` says is being printed; undefined when none is. "0": CUPS does not say which. */
export const printingJobFromLpstat = (text: string): string | undefined =>
  / now printing \S+-(\d+)\. /.exec(text.split('\n', 1)[0] ?? '')?.[1];

/** Parses `lpstat -o QUEUE`: `QUEUE-12  borne  1024  Wed…`. */
export const jobsFromLpstat = (
  text: string,
  queue: string,
): readonly { readonly id: string; readonly user: string }[] =>
  text.split('\n').flatMap((line) => {
    const [name = '', user = ''] = line.trim().split(/\s+/);
    const id = name.startsWith(`${queue}-`) ? name.slice(queue.length + 1) : '';
    return /^\d+$/.test(id) ? [{ id, user }] : [];
  });
