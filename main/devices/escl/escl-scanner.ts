/**
 * A driverless network scanner (eSCL, "AirScan"): one HTTP job, then `NextDocument` until there is no further page. The
 * same code runs on every system; deviations of single models are in `quirks.ts`.
 */
import { fail, ok } from '../../contract/result.ts';
import { pause } from '../../platform/clock.ts';
import { createScanQueue, type ScanQueue } from '../scan-queue.ts';
import { scannerFault, type Scanner, type ScannerFault, type ScanSettings } from '../scanner.ts';
import { parseCapabilities, type EsclCapabilities } from './capabilities.ts';
import { openEsclConnection, type EsclConnectionDeps } from './connection.ts';
import { createEsclJobs, type EsclAnswer, type EsclJobsDeps } from './jobs.ts';
import { readPicture } from './picture.ts';
import { jobDpi } from './scan-settings.ts';
import { faultOfStatus, parseStatus } from './status.ts';

export type EsclScannerDeps = EsclConnectionDeps & EsclJobsDeps;

export const createEsclScanner = (deps: EsclScannerDeps): Scanner => {
  const { clock } = deps;
  const connection = openEsclConnection(deps);
  const { call } = connection;
  const jobs = createEsclJobs(deps, connection);
  let known: EsclCapabilities | undefined;

  const loadCapabilities = async (signal?: AbortSignal): EsclAnswer<EsclCapabilities> => {
    if (known) return ok(known);
    const answer = await call({ method: 'GET', to: { below: '/ScannerCapabilities' }, ...(signal ? { signal } : {}) });
    if (!answer.ok) return answer;
    const { status, body } = answer.value;
    if (status === 503) return fail(scannerFault('busy'));
    if (status === 401 || status === 403) return fail(scannerFault('denied', `capabilities ${status}`));
    const read = status === 200 ? parseCapabilities(body.toString('utf8')) : undefined;
    if (!read) return fail(scannerFault('garbled', `capabilities ${status}`));
    known = read;
    return ok(read);
  };

  const work = async (settings: ScanSettings, queue: ScanQueue, signal: AbortSignal): Promise<void> => {
    const cancelled = (pages: number): void => queue.push({ kind: 'ended', pages, cancelled: true });
    const failed = (fault: ScannerFault): void => queue.push({ kind: 'failed', fault });
    const caps = await loadCapabilities(signal);
    if (signal.aborted) return cancelled(0);
    if (!caps.ok) return failed(caps.error);
    const started = await jobs.start(settings, caps.value, signal);
    if (!started.ok) return signal.aborted ? cancelled(0) : failed(started.error);
    const job = started.value;
    const maxPages = job.fromFeeder ? settings.maxPages : 1;
    const dpi = jobDpi(settings, caps.value, job.quirks);
    let pages = 0;
    try {
      while (pages < maxPages) {
        if (pages > 0 && job.quirks.pauseMs > 0) await pause(clock, job.quirks.pauseMs, signal);
        const page = signal.aborted ? undefined : await jobs.nextPage(job, pages, queue, signal);
        if (signal.aborted || !page) return cancelled(pages);
        if (!page.ok) return failed(page.error);
        if (page.value === undefined) break;
        const picture = readPicture(new Uint8Array(page.value));
        if (picture.format === 'none') return failed(scannerFault('garbled', 'not a picture'));
        if (picture.format === 'cut') return failed(scannerFault('unplugged', 'picture cut'));
        pages += 1;
        queue.push({ kind: 'page', page: { number: pages, dpi, image: picture } });
      }
      queue.push({ kind: 'ended', pages, cancelled: false });
    } finally {
      await jobs.end(job);
    }
  };

  return {
    async describe(signal) {
      const caps = await loadCapabilities(signal);
      return caps.ok ? ok(caps.value.description) : caps;
    },
    async status(signal) {
      const answer = await call({ method: 'GET', to: { below: '/ScannerStatus' }, ...(signal ? { signal } : {}) });
      if (!answer.ok) return { kind: 'fault', fault: answer.error };
      const read = answer.value.status === 200 ? parseStatus(answer.value.body.toString('utf8')) : undefined;
      if (!read) return { kind: 'fault', fault: scannerFault('garbled', `status ${answer.value.status}`) };
      const fault = faultOfStatus(read, false);
      if (fault) return { kind: 'fault', fault: scannerFault(fault) };
      if (read.state === 'Processing' || read.state === 'Testing') return { kind: 'busy' };
      return { kind: 'ready' };
    },
    async *scan(settings, signal) {
      if (signal.aborted) {
        yield { kind: 'ended', pages: 0, cancelled: true };
        return;
      }
      const leave = new AbortController();
      const queue = createScanQueue();
      const running = work(settings, queue, AbortSignal.any([signal, leave.signal])).finally(queue.end);
      try {
        yield* queue.drain();
      } finally {
        leave.abort();
        await running;
      }
    },
  };
};
