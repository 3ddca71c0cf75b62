/** Parses eSCL `ScannerStatus`: the device, its feeder, and its jobs with their counts. */
import type { ScannerFaultCode } from '../scanner.ts';
import { listAt, numberAt, root, textAt } from './xml.ts';

export interface EsclJob {
  /** As sent by the device: a path or a full URL. */
  readonly uri: string;
  readonly state: string;
  /** Number of pages scanned, as reported by the device. */
  readonly completed: number | undefined;
  readonly toTransfer: number | undefined;
}

export interface EsclStatus {
  readonly state: string;
  readonly adf: string;
  readonly jobs: readonly EsclJob[];
}

export const parseStatus = (xml: string): EsclStatus | undefined => {
  const top = root(xml, 'ScannerStatus');
  if (!top) return undefined;
  return {
    state: textAt(top, 'State'),
    adf: textAt(top, 'AdfState'),
    jobs: listAt(top, 'Jobs', 'JobInfo').map((job) => ({
      uri: textAt(job, 'JobUri'),
      state: textAt(job, 'JobState'),
      completed: numberAt(job, 'ImagesCompleted'),
      toTransfer: numberAt(job, 'ImagesToTransfer'),
    })),
  };
};

const ADF_FAULTS: Readonly<Record<string, ScannerFaultCode>> = {
  ScannerAdfJam: 'jam',
  ScannerAdfMispick: 'jam',
  ScannerAdfMultipickDetected: 'jam',
  ScannerAdfHatchOpen: 'cover-open',
  ScannerAdfDoorOpen: 'cover-open',
  ScannerAdfInputTrayFailed: 'jam',
  ScannerAdfInputTrayOverloaded: 'jam',
  ScannerAdfEmpty: 'feeder-empty',
};

/** The fault reported by the status, if any. An empty feeder only matters to a scan from the feeder. */
export const faultOfStatus = (status: EsclStatus, fromFeeder: boolean): ScannerFaultCode | undefined => {
  const adf = ADF_FAULTS[status.adf];
  if (adf && (fromFeeder || adf !== 'feeder-empty')) return adf;
  if (status.state === 'Stopped') return 'cover-open';
  return undefined;
};

const lastPart = (uri: string): string => uri.replace(/\/+$/, '').split('/').at(-1) ?? '';

export const jobOf = (status: EsclStatus | undefined, url: string): EsclJob | undefined =>
  status?.jobs.find((job) => job.uri !== '' && lastPart(job.uri) === lastPart(url));
