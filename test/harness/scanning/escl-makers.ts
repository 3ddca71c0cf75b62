/**
 * How single makers' machines behave over eSCL, as their owners' protocol traces and the notes of other clients tell it (the
 * sources are in `main/devices/escl/quirks.ts`). The simulator plays one of these.
 */
export interface EsclMaker {
  /** `MakeAndModel`. */
  readonly name: string;
  /** `NextDocument` answers this to a page asked for before it is ready; the status then calls the feeder `adf`. */
  readonly notYet?: {
    readonly code: number;
    readonly adf: string;
    readonly readyMs: number;
    readonly firstToo: boolean;
  };
  /** Of `NextDocument` behind the last page. */
  readonly endCode?: number;
  /** `AdfState` while a job runs, and once its sheets are through. */
  readonly adf?: { readonly running: string; readonly empty: string };
  /** What the status says of jobs: nothing, or their state and counts. */
  readonly jobs?: 'counted' | 'uncounted';
  /** A job is taken only with this name in `Host`, whatever the port. */
  readonly onlyHost?: string;
  readonly location?: 'absolute' | 'relative' | 'below' | 'scoped-ipv6' | 'localhost' | 'trailing-slash';
  /** How a page's bytes come. */
  readonly body?: 'length' | 'chunked' | 'closed';
  /** Bytes behind the picture's end mark. */
  readonly paddingBytes?: number;
  /** A feeder's JPEG says its height only at the end. */
  readonly lateHeight?: boolean;
  /** Seconds of `Retry-After`, so many times, before a job is taken and before each page. */
  readonly retryAfter?: { readonly seconds: number; readonly jobs: number; readonly pages: number };
  readonly resolutions?: 'discrete' | 'range' | 'range-x' | 'none';
  /** The connection ends before the body that the answer to a new job announced. */
  readonly dropsJobBody?: boolean;
  /** Jams when a job comes to an empty feeder. */
  readonly jamsWhenEmpty?: boolean;
  /** Throws the rest of its sheets out after so many pages, and calls the job completed. */
  readonly givesOnly?: number;
  /** Plain http answers with the way to https. */
  readonly movesToTls?: boolean;
}

export const STANDARD: EsclMaker = { name: 'Simulated eSCL scanner' };

export const MAKERS: readonly EsclMaker[] = [
  { name: 'Simulated eSCL scanner', jobs: 'counted' },
  {
    name: 'Brother MFC-L2710DW series',
    notYet: { code: 404, adf: 'ScannerAdfEmpty', readyMs: 900, firstToo: false },
  },
  {
    name: 'Brother MFC-L2750DW series',
    notYet: { code: 404, adf: 'ScannerAdfEmpty', readyMs: 900, firstToo: false },
    jobs: 'counted',
    body: 'chunked',
  },
  { name: 'Xerox VersaLink B405', notYet: { code: 410, adf: 'ScannerAdfProcessing', readyMs: 700, firstToo: true } },
  {
    name: 'Xerox WorkCentre 6515',
    notYet: { code: 404, adf: 'ScannerAdfLoaded', readyMs: 700, firstToo: true },
    jobs: 'counted',
    endCode: 410,
  },
  { name: 'HP LaserJet MFP M630', onlyHost: 'localhost', location: 'localhost', jobs: 'counted' },
  { name: 'HP Color LaserJet FlowMFP M578', onlyHost: 'localhost', location: 'localhost' },
  // The job stays "Processing" until somebody deletes it.
  {
    name: 'HP OfficeJet Pro 9010 series',
    location: 'trailing-slash',
    paddingBytes: 70_000,
    jobs: 'uncounted',
  },
  { name: 'HP LaserJet MFP M28w', retryAfter: { seconds: 1, jobs: 1, pages: 1 }, jobs: 'counted' },
  { name: 'EPSON XP-7100 Series', retryAfter: { seconds: 0, jobs: 2, pages: 2 }, location: 'below', body: 'closed' },
  { name: 'Canon MF410 Series', jamsWhenEmpty: true, paddingBytes: 5_000 },
  { name: 'Canon iR2625/2630', location: 'relative' },
  {
    name: 'Kyocera ECOSYS M6526cdn',
    dropsJobBody: true,
    adf: { running: 'ScannerAdfProcessing', empty: 'ScannerAdfProcessing' },
    body: 'chunked',
  },
  {
    name: 'AirSane (a scanner shared by a PC)',
    endCode: 409,
    adf: { running: 'ScannerAdfLoaded', empty: 'ScannerAdfLoaded' },
    jobs: 'counted',
  },
  // No maker's in particular.
  { name: 'Nobody’s, with ranges of resolutions', resolutions: 'range', body: 'closed' },
  { name: 'Nobody’s, with ranges written otherwise', resolutions: 'range-x', jobs: 'counted' },
  { name: 'Nobody’s, without resolutions', resolutions: 'none', location: 'scoped-ipv6', jobs: 'counted' },
  { name: 'Nobody’s, whose pictures tell their height last', lateHeight: true, jobs: 'uncounted' },
];
