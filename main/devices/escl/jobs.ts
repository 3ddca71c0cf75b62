/** The jobs of an eSCL scanner: how one is started, asked for its next page, and ended, with the patience for each. */
import { fail, ok, type Result } from '../../contract/result.ts';
import { pause, unlessAborted, type Clock } from '../../platform/clock.ts';
import type { HttpResponse } from '../../platform/network/http.ts';
import type { ScanQueue } from '../scan-queue.ts';
import { scannerFault, type ScannerFault, type ScannerFaultCode, type ScanSettings } from '../scanner.ts';
import type { EsclCapabilities } from './capabilities.ts';
import type { EsclConnection } from './connection.ts';
import { finalJobEnd, checkJobEnd } from './job-end.ts';
import { quirksOf, type EsclQuirks } from './quirks.ts';
import { scanSettingsXml } from './scan-settings.ts';
import { faultOfStatus, parseStatus, type EsclStatus } from './status.ts';

export interface EsclJobsDeps {
  readonly clock: Clock;
  readonly maxPageBytes?: number;
  /** Time for one page to arrive, including silence and "not yet" answers. */
  readonly pageTimeoutMs?: number;
}

export interface EsclJob {
  readonly path: string;
  readonly fromFeeder: boolean;
  readonly quirks: EsclQuirks;
}

export type EsclAnswer<T> = Promise<Result<T, ScannerFault>>;

export interface EsclJobs {
  start(settings: ScanSettings, caps: EsclCapabilities, signal: AbortSignal): EsclAnswer<EsclJob>;
  /**
   * Resolves to `undefined` when there is no further page. `pages`: how many came before. Pushes its progress into the
   * queue.
   */
  nextPage(job: EsclJob, pages: number, queue: ScanQueue, signal: AbortSignal): EsclAnswer<Buffer | undefined>;
  /** An open job keeps the device busy for everyone, and some stay open after their last page. */
  end(job: EsclJob): Promise<void>;
}

const PAGE_TIMEOUT_MS = 90_000;
/** Time for one whole page: a few megabytes over a weak Wi-Fi. */
const PAGE_WITHIN_MS = 5 * 60_000;
const MAX_PAGE_BYTES = 120 * 1024 * 1024;
/** How long a busy device is retried before the person is told; longer when the device sends Retry-After. */
const BUSY_PATIENCE_MS = 4_000;
const MOST_BUSY_PATIENCE_MS = 15_000;
const RETRY_MS = 500;
/** How long a status that can't be read is asked for again; one question may take up to ten seconds. */
const STATUS_PATIENCE_MS = 15_000;

/** Only the form in seconds is supported. */
const retryAfterMs = ({ headers }: HttpResponse): number | undefined => {
  const seconds = Number(headers['retry-after'] ?? Number.NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1_000 : undefined;
};

export const createEsclJobs = (deps: EsclJobsDeps, { call, jobPath }: EsclConnection): EsclJobs => {
  const { clock } = deps;

  const askStatus = async (signal?: AbortSignal): Promise<EsclStatus | undefined> => {
    const answer = await call({ method: 'GET', to: { below: '/ScannerStatus' }, ...(signal ? { signal } : {}) });
    return answer.ok && answer.value.status === 200 ? parseStatus(answer.value.body.toString('utf8')) : undefined;
  };

  /** Why a job stopped, from the device's status if it reports a fault. */
  const faultFromStatus = async (fromFeeder: boolean, otherwise: ScannerFaultCode): Promise<ScannerFault> => {
    const status = await askStatus();
    return scannerFault((status && faultOfStatus(status, fromFeeder)) ?? otherwise);
  };

  /** False when the time is up or the signal aborted. */
  const pauseUntil = async (ms: number, until: number, signal: AbortSignal): Promise<boolean> => {
    if (clock.monotonicMs() >= until) return false;
    await pause(clock, Math.min(Math.max(ms, RETRY_MS), until - clock.monotonicMs()), signal);
    return !signal.aborted;
  };

  const end = async (path: string): Promise<void> => {
    await call({ method: 'DELETE', to: { path }, idleTimeoutMs: 3_000 });
  };

  /**
   * The scan was stopped before the device told the job's address. A request that is broken off may have created its
   * job all the same, which would then stay open: so it is answered, and nobody waits for that.
   */
  const endUnwanted = async (answer: Awaited<ReturnType<typeof call>>): Promise<void> => {
    const path = answer.ok && answer.value.status === 201 ? jobPath(answer.value.headers['location']) : undefined;
    if (path !== undefined) await end(path);
  };

  const start = async (settings: ScanSettings, caps: EsclCapabilities, signal: AbortSignal): EsclAnswer<EsclJob> => {
    const fromFeeder = settings.source !== 'flatbed';
    const quirks = quirksOf(caps.description.name);
    if (quirks.checksFeederFirst && fromFeeder) {
      const status = await askStatus(signal);
      const fault = status && faultOfStatus(status, true);
      if (fault) return fail(scannerFault(fault));
    }
    const began = clock.monotonicMs();
    for (;;) {
      if (signal.aborted) return fail(scannerFault('no-answer'));
      const answered = call({
        method: 'POST',
        to: { below: '/ScanJobs' },
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        body: [new TextEncoder().encode(scanSettingsXml(settings, caps, quirks))],
        // Some close the connection before sending the announced body (Kyocera M6526cdn, sane-airscan issue 163).
        headersSuffice: true,
        ...(quirks.jobHost ? { host: quirks.jobHost } : {}),
      });
      const answer = await unlessAborted(answered, signal);
      if (answer === undefined) {
        void answered.then(endUnwanted);
        return fail(scannerFault('no-answer'));
      }
      if (!answer.ok) return answer;
      const { status, headers } = answer.value;
      if (status === 201) {
        const path = jobPath(headers['location']);
        return path ? ok({ path, fromFeeder, quirks }) : fail(scannerFault('garbled', 'no job address'));
      }
      if (status === 503) {
        const after = retryAfterMs(answer.value);
        const patience =
          after === undefined ? BUSY_PATIENCE_MS : Math.min(2 * after + BUSY_PATIENCE_MS, MOST_BUSY_PATIENCE_MS);
        if (await pauseUntil(after ?? RETRY_MS, began + patience, signal)) continue;
        return fail(signal.aborted ? scannerFault('no-answer') : await faultFromStatus(fromFeeder, 'busy'));
      }
      if (status === 409) return fail(await faultFromStatus(fromFeeder, fromFeeder ? 'feeder-empty' : 'unsupported'));
      if (status === 401 || status === 403) return fail(scannerFault('denied', `job ${status}`));
      return fail(scannerFault('unsupported', `job ${status}`));
    }
  };

  const nextPage = async (
    job: EsclJob,
    pages: number,
    queue: ScanQueue,
    signal: AbortSignal,
  ): EsclAnswer<Buffer | undefined> => {
    const timeoutMs = deps.pageTimeoutMs ?? PAGE_TIMEOUT_MS;
    const began = clock.monotonicMs();
    const patienceMs = { page: timeoutMs, settle: job.quirks.settleMs, status: STATUS_PATIENCE_MS };
    /** What "no such page" is retried for, and since when: a new reason starts its own time. */
    let waiting: { readonly patience: keyof typeof patienceMs; readonly since: number } | undefined;
    for (;;) {
      queue.push({ kind: 'progress', page: pages + 1, fraction: null });
      const answer = await call({
        method: 'GET',
        to: { path: `${job.path}/NextDocument` },
        idleTimeoutMs: timeoutMs,
        responseTimeoutMs: PAGE_WITHIN_MS,
        maxResponseBytes: deps.maxPageBytes ?? MAX_PAGE_BYTES,
        signal,
        onBytes: (received, total) =>
          queue.push({ kind: 'progress', page: pages + 1, fraction: total ? received / total : null }),
      });
      if (!answer.ok) return answer;
      const { status, body } = answer.value;
      if (status === 200 && body.length > 0) return ok(body);
      if (status === 503) {
        // The page is still being scanned.
        if (await pauseUntil(retryAfterMs(answer.value) ?? RETRY_MS, began + timeoutMs, signal)) continue;
        return fail(signal.aborted ? scannerFault('no-answer') : await faultFromStatus(job.fromFeeder, 'no-answer'));
      }
      const isEndOrNotYet = [200, 204, 404, 410].includes(status) || (status === 409 && pages > 0);
      // 409 before any page: the device gave up the job.
      if (!isEndOrNotYet) return fail(await faultFromStatus(job.fromFeeder, status === 409 ? 'no-answer' : 'garbled'));
      const question = { status: await askStatus(signal), job: job.path, pages, ...job };
      const end = checkJobEnd(question);
      if (end.kind === 'over') return ok(undefined);
      if (end.kind === 'fault') return fail(end.fault);
      if (waiting?.patience !== end.patience) waiting = { patience: end.patience, since: clock.monotonicMs() };
      const until = Math.min(waiting.since + patienceMs[end.patience], began + timeoutMs);
      if (await pauseUntil(RETRY_MS, until, signal)) continue;
      if (signal.aborted) return fail(scannerFault('no-answer'));
      const last = finalJobEnd(question);
      return last.kind === 'fault' ? fail(last.fault) : ok(undefined);
    }
  };

  return { start, nextPage, end: ({ path }) => end(path) };
};
