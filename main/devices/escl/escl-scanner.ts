/**
 * A driverless network scanner (eSCL, "AirScan"): one HTTP job, then `NextDocument` until it answers 404. The
 * same code on every system.
 */
import { fail, ok, type Result } from '../../contract/result.ts';
import { sleep, type Clock } from '../../platform/clock.ts';
import type { Http, HttpFailure, HttpRequest, HttpResponse } from '../../platform/http.ts';
import { createScanQueue, type ScanQueue } from '../scan-queue.ts';
import {
  nearestDpi,
  scannerFault,
  type Scanner,
  type ScannerFault,
  type ScannerFaultCode,
  type ScanSettings,
} from '../scanner.ts';
import {
  faultOfStatus,
  parseCapabilities,
  parseStatus,
  type EsclCapabilities,
  type EsclStatus,
} from './capabilities.ts';
import { scanSettingsXml } from './scan-settings.ts';

export interface EsclScannerDeps {
  readonly http: Http;
  readonly clock: Clock;
  /** `http://host[:port]/eSCL` or `https://…`. */
  readonly baseUrl: string;
  /** SHA-256 of the machine's own certificate when `site.yaml` pins one; devices sign theirs themselves. */
  readonly certificateSha256?: string;
  readonly maxPageBytes?: number;
  /** For one page to come, silence and "not yet" together. */
  readonly pageTimeoutMs?: number;
}

const CALL_TIMEOUT_MS = 10_000;
const PAGE_TIMEOUT_MS = 90_000;
const MAX_PAGE_BYTES = 120 * 1024 * 1024;
/** "Busy" is asked again for so long before the person is told. */
const BUSY_PATIENCE_MS = 4_000;
const RETRY_MS = 500;

const HTTP_FAULTS: Readonly<Record<HttpFailure['kind'], ScannerFaultCode>> = {
  'bad-address': 'not-found',
  'name-not-found': 'not-found',
  unreachable: 'not-found',
  refused: 'not-found',
  timeout: 'no-answer',
  cut: 'unplugged',
  garbage: 'garbled',
  tls: 'denied',
  'certificate-changed': 'denied',
  'too-large': 'too-large',
  aborted: 'no-answer',
};

const isJpeg = (bytes: Uint8Array): boolean => bytes[0] === 0xff && bytes[1] === 0xd8;
/** A transfer that was cut inside the machine still ends as good HTTP; the picture's own end mark tells. */
const isWholeJpeg = (bytes: Uint8Array): boolean => {
  for (let i = bytes.length - 2; i > Math.max(2, bytes.length - 4096); i -= 1)
    if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  return false;
};
const isPng = (bytes: Uint8Array): boolean => bytes[0] === 0x89 && bytes[1] === 0x50;

export const createEsclScanner = (deps: EsclScannerDeps): Scanner => {
  const base = deps.baseUrl.replace(/\/+$/, '');
  const trust = { kind: 'fingerprint', sha256: deps.certificateSha256 } as const;
  let known: EsclCapabilities | undefined;

  const call = async (
    request: Omit<HttpRequest, 'trust' | 'idleTimeoutMs'> & { idleTimeoutMs?: number },
  ): Promise<Result<HttpResponse, ScannerFault>> => {
    const answer = await deps.http({ idleTimeoutMs: CALL_TIMEOUT_MS, trust, ...request });
    return answer.ok ? answer : fail(scannerFault(HTTP_FAULTS[answer.error.kind], answer.error.kind));
  };

  const learn = async (signal?: AbortSignal): Promise<Result<EsclCapabilities, ScannerFault>> => {
    if (known) return ok(known);
    const answer = await call({ method: 'GET', url: `${base}/ScannerCapabilities`, ...(signal ? { signal } : {}) });
    if (!answer.ok) return answer;
    if (answer.value.status === 503) return fail(scannerFault('busy'));
    const read = answer.value.status === 200 ? parseCapabilities(answer.value.body.toString('utf8')) : undefined;
    if (!read) return fail(scannerFault('garbled', `capabilities ${answer.value.status}`));
    known = read;
    return ok(read);
  };

  const askStatus = async (signal?: AbortSignal): Promise<EsclStatus | undefined> => {
    const answer = await call({ method: 'GET', url: `${base}/ScannerStatus`, ...(signal ? { signal } : {}) });
    return answer.ok && answer.value.status === 200 ? parseStatus(answer.value.body.toString('utf8')) : undefined;
  };

  /** Why a job stopped, in the machine's own words where it has some. */
  const why = async (fromFeeder: boolean, otherwise: ScannerFaultCode): Promise<ScannerFault> => {
    const status = await askStatus();
    return scannerFault((status && faultOfStatus(status, fromFeeder)) ?? otherwise);
  };

  /** The address of the new job, inside the machine we talk to whatever host its answer names. */
  const jobUrl = (location: string | undefined): string | undefined => {
    if (!location) return undefined;
    const url = new URL(location, `${base}/`);
    const home = new URL(base);
    return `${home.origin}${url.pathname}`.replace(/\/+$/, '');
  };

  const start = async (
    settings: ScanSettings,
    caps: EsclCapabilities,
    signal: AbortSignal,
  ): Promise<Result<string, ScannerFault>> => {
    const until = deps.clock.monotonicMs() + BUSY_PATIENCE_MS;
    for (;;) {
      const answer = await call({
        method: 'POST',
        url: `${base}/ScanJobs`,
        headers: { 'content-type': 'text/xml; charset=utf-8' },
        body: [new TextEncoder().encode(scanSettingsXml(settings, caps))],
        signal,
      });
      if (!answer.ok) return answer;
      const { status, headers } = answer.value;
      if (status === 201) {
        const url = jobUrl(headers['location']);
        return url ? ok(url) : fail(scannerFault('garbled', 'no job address'));
      }
      if (status === 503 && deps.clock.monotonicMs() < until) {
        await sleep(deps.clock, RETRY_MS, signal).catch(() => undefined);
        if (signal.aborted) return fail(scannerFault('no-answer'));
        continue;
      }
      if (status === 503) return fail(await why(settings.source !== 'flatbed', 'busy'));
      if (status === 409)
        return fail(
          await why(settings.source !== 'flatbed', settings.source === 'flatbed' ? 'unsupported' : 'feeder-empty'),
        );
      if (status === 401 || status === 403) return fail(scannerFault('denied', `job ${status}`));
      return fail(scannerFault('unsupported', `job ${status}`));
    }
  };

  /** `undefined`: there is no further page. */
  const nextPage = async (
    job: string,
    number: number,
    fromFeeder: boolean,
    queue: ScanQueue,
    signal: AbortSignal,
  ): Promise<Result<Buffer | undefined, ScannerFault>> => {
    const timeoutMs = deps.pageTimeoutMs ?? PAGE_TIMEOUT_MS;
    const until = deps.clock.monotonicMs() + timeoutMs;
    for (;;) {
      queue.push({ kind: 'progress', page: number, fraction: null });
      const answer = await call({
        method: 'GET',
        url: `${job}/NextDocument`,
        idleTimeoutMs: timeoutMs,
        maxResponseBytes: deps.maxPageBytes ?? MAX_PAGE_BYTES,
        signal,
        onBytes: (received, total) =>
          queue.push({ kind: 'progress', page: number, fraction: total ? received / total : null }),
      });
      if (!answer.ok) return answer;
      const { status, body } = answer.value;
      if (status === 200) return ok(body);
      if (status === 404 || status === 410) {
        if (number > 1) {
          const fault = await why(fromFeeder, 'feeder-empty');
          return fault.code === 'feeder-empty' ? ok(undefined) : fail(fault);
        }
        return fail(await why(fromFeeder, fromFeeder ? 'feeder-empty' : 'garbled'));
      }
      // 503: the lamp still moves. 409: the machine gave the job up.
      if (status !== 503) return fail(await why(fromFeeder, status === 409 ? 'no-answer' : 'garbled'));
      if (deps.clock.monotonicMs() >= until) return fail(await why(fromFeeder, 'no-answer'));
      await sleep(deps.clock, RETRY_MS, signal).catch(() => undefined);
      if (signal.aborted) return fail(scannerFault('no-answer'));
    }
  };

  const work = async (settings: ScanSettings, queue: ScanQueue, signal: AbortSignal): Promise<void> => {
    const cancelled = (pages: number): void => queue.push({ kind: 'ended', pages, cancelled: true });
    const caps = await learn(signal);
    if (signal.aborted) return cancelled(0);
    if (!caps.ok) return queue.push({ kind: 'failed', fault: caps.error });
    const fromFeeder = settings.source !== 'flatbed';
    const job = await start(settings, caps.value, signal);
    if (!job.ok) return signal.aborted ? cancelled(0) : queue.push({ kind: 'failed', fault: job.error });
    const maxPages = fromFeeder ? settings.maxPages : 1;
    const dpi = nearestDpi(settings.dpi, caps.value.description.dpi);
    let pages = 0;
    let finished = false;
    try {
      while (pages < maxPages) {
        const page = await nextPage(job.value, pages + 1, fromFeeder, queue, signal);
        if (signal.aborted) return cancelled(pages);
        if (!page.ok) {
          if (page.error.code === 'feeder-empty' && pages > 0) break;
          return queue.push({ kind: 'failed', fault: page.error });
        }
        if (page.value === undefined) {
          finished = true;
          break;
        }
        const bytes = new Uint8Array(page.value);
        const format = isJpeg(bytes) ? 'jpeg' : isPng(bytes) ? 'png' : undefined;
        if (!format) return queue.push({ kind: 'failed', fault: scannerFault('garbled', 'not a picture') });
        if (format === 'jpeg' && !isWholeJpeg(bytes))
          return queue.push({ kind: 'failed', fault: scannerFault('unplugged', 'picture cut') });
        pages += 1;
        queue.push({ kind: 'page', page: { number: pages, dpi, image: { format, bytes } } });
      }
      queue.push({ kind: 'ended', pages, cancelled: false });
    } finally {
      // A job left open keeps the machine busy for everyone.
      if (!finished) await call({ method: 'DELETE', url: job.value, idleTimeoutMs: 3_000 });
    }
  };

  return {
    async describe(signal) {
      const caps = await learn(signal);
      return caps.ok ? ok(caps.value.description) : caps;
    },
    async status(signal) {
      const status = await askStatus(signal);
      if (!status) {
        const again = await call({ method: 'GET', url: `${base}/ScannerStatus`, ...(signal ? { signal } : {}) });
        return {
          kind: 'fault',
          fault: again.ok ? scannerFault('garbled', `status ${again.value.status}`) : again.error,
        };
      }
      const fault = faultOfStatus(status, false);
      if (fault) return { kind: 'fault', fault: scannerFault(fault) };
      if (status.state === 'Processing' || status.state === 'Testing') return { kind: 'busy' };
      const feeder =
        status.adf === 'ScannerAdfLoaded' ? 'loaded' : status.adf === 'ScannerAdfEmpty' ? 'empty' : 'unknown';
      return { kind: 'ready', feeder };
    },
    async *scan(settings, signal) {
      if (signal.aborted) return yield { kind: 'ended', pages: 0, cancelled: true };
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
