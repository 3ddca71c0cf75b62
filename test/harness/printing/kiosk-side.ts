/** The kiosk's side of a printing test: the real adapter with a faster clock. */
import { parseIppAddress } from '../../../main/devices/ipp/address.ts';
import { IppClient, type CertificatePins } from '../../../main/devices/ipp/client.ts';
import { IppPrinter } from '../../../main/devices/ipp/ipp-printer.ts';
import type { JobOwner } from '../../../main/devices/job-owner.ts';
import type { JobProgress, PageRaster, Printer, PrintJob } from '../../../main/devices/printer.ts';
import { createPdfDecoder, type PdfDecoder } from '../../../main/features/printing/pdf/decoder-client.ts';
import { rasterOf } from '../../../main/features/printing/pdf/raster.ts';
import { silentLogger, type Logger } from '../../../main/log/logger.ts';
import { systemClock, type Clock } from '../../../main/platform/clock.ts';
import type { BrowseServices } from '../../../main/platform/network/dns-sd.ts';
import { systemHttp, type Http } from '../../../main/platform/network/http.ts';
import { startPdfDecoder } from '../decoders.ts';
import { OWNER } from './owner.ts';
import { memoryPins } from '../../fakes/memory-pins.ts';

/** How many times faster time passes for the kiosk. A change applies to waits that start after it. */
export interface Pace {
  times: number;
}

/** A clock that runs `times` faster: one kiosk minute takes 60 s / `times`. */
export const fastClock = (times: number | Pace): Clock => {
  const pace = typeof times === 'number' ? { times } : times;
  let seen = { atMs: systemClock.monotonicMs(), ms: 0, times: pace.times };
  return {
    now: () => systemClock.now(),
    monotonicMs() {
      const atMs = systemClock.monotonicMs();
      // Count the time since the last reading at the old pace, so that a change of pace does not shift the past.
      seen = { atMs, ms: seen.ms + (atMs - seen.atMs) * seen.times, times: pace.times };
      return seen.ms;
    },
    uptimeMs: () => systemClock.uptimeMs(),
    after: (ms, fn) => systemClock.after(ms / pace.times, fn),
    every: (ms, fn) => systemClock.every(ms / pace.times, fn),
  };
};

const fastHttp =
  (pace: Pace): Http =>
  (request) =>
    systemHttp({ ...request, idleTimeoutMs: request.idleTimeoutMs / pace.times });

export const realPdfDecoder = (): PdfDecoder => createPdfDecoder({ startDecoder: startPdfDecoder, clock: systemClock });

const noRaster: PageRaster = {
  rgb: () => Promise.reject(new Error('this printer reads PDF')),
  jpeg: () => Promise.reject(new Error('this printer reads PDF')),
};

const nobody: BrowseServices = async () => [];

export const ippPrinter = (
  uri: string,
  options: {
    pins?: CertificatePins;
    pdfDecoder?: PdfDecoder;
    times?: number | Pace;
    httpTimes?: Pace;
    logger?: Logger;
    browse?: BrowseServices;
    owner?: JobOwner;
  } = {},
): Printer => {
  const address = parseIppAddress(uri);
  if (address === undefined) throw new Error(`not an IPP address: ${uri}`);
  const client = new IppClient(
    {
      http: fastHttp(options.httpTimes ?? { times: 1 }),
      pins: options.pins ?? memoryPins(),
      logger: options.logger ?? silentLogger,
      owner: options.owner ?? OWNER,
    },
    address,
  );
  const raster = options.pdfDecoder === undefined ? noRaster : rasterOf(options.pdfDecoder);
  return new IppPrinter({
    client,
    clock: fastClock(options.times ?? 10),
    raster,
    browse: options.browse ?? nobody,
    remembered: new Map(),
  });
};

export const follow = async (
  printer: Printer,
  job: PrintJob,
  each: (progress: JobProgress) => void = () => undefined,
  timeoutMs = 20_000,
): Promise<readonly JobProgress[]> => {
  const heard: JobProgress[] = [];
  for await (const progress of printer.watch(job, AbortSignal.timeout(timeoutMs))) {
    heard.push(progress);
    each(progress);
  }
  return heard;
};
