/**
 * How individual manufacturers' machines behave over eSCL, according to protocol traces from their owners and notes of
 * other clients (sources in `main/devices/escl/quirks.ts`). The simulator plays one of these.
 */
export interface EsclMaker {
  /** `MakeAndModel`. */
  readonly name: string;
  /**
   * Reply of `NextDocument` when a page is requested before it is ready; meanwhile the status reports the feeder as
   * `adf`.
   */
  readonly notYet?: {
    readonly code: number;
    readonly adf: string;
    readonly readyMs: number;
    readonly firstToo: boolean;
  };
  /** Asked for its status after it replied "no such page", it stays silent for this long, and then replies 503. */
  readonly statusLost?: {
    readonly afterMs: number;
    /** Only this many times for each page; for ever when absent. */
    readonly times?: number;
    /** First page after which this happens. */
    readonly from?: number;
  };
  /** Status code of `NextDocument` after the last page. */
  readonly endCode?: number;
  /** `AdfState` while a job runs, and after its last sheet. */
  readonly adf?: { readonly running: string; readonly empty: string };
  /** What the status reports about jobs: nothing when absent, their state and counts, or a state that never changes. */
  readonly jobs?: 'counted' | 'uncounted';
  /** Jobs are accepted only with this name in `Host`, whatever the port. */
  readonly onlyHost?: string;
  readonly location?: 'absolute' | 'relative' | 'below' | 'scoped-ipv6' | 'localhost' | 'trailing-slash';
  /** How the length of a page's body is given. */
  readonly body?: 'length' | 'chunked' | 'closed';
  /** Extra bytes after the end marker of the picture. */
  readonly paddingBytes?: number;
  /** The JPEG gives its height only at the end. */
  readonly lateHeight?: boolean;
  /** `Retry-After` in seconds, and how many times it is sent before a job is accepted and before each page. */
  readonly retryAfter?: { readonly seconds: number; readonly jobs: number; readonly pages: number };
  /** Where the feeder, which is 216 mm wide, holds a sheet. */
  readonly justification?: 'Left' | 'Center' | 'Right';
  readonly resolutions?: 'discrete' | 'range' | 'range-x' | 'none';
  /** The reply to a new job announces a body, but the connection closes before it. */
  readonly dropsJobBody?: boolean;
  /** Reports a jam when a job starts with an empty feeder. */
  readonly jamsWhenEmpty?: boolean;
  /** Ejects the remaining sheets after this many pages and reports the job as completed. */
  readonly givesOnly?: number;
  /** Plain HTTP redirects to HTTPS. */
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
  // The job stays "Processing" until the client deletes it.
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
  // Not from a particular manufacturer.
  {
    name: 'Made-up, whose status is lost while it pulls a sheet',
    notYet: { code: 404, adf: 'ScannerAdfEmpty', readyMs: 3_200, firstToo: false },
    statusLost: { afterMs: 2_800, times: 1 },
  },
  { name: 'Made-up, with a range of resolutions', resolutions: 'range', body: 'closed' },
  { name: 'Made-up, with a range in another notation', resolutions: 'range-x', jobs: 'counted' },
  { name: 'Made-up, without resolutions', resolutions: 'none', location: 'scoped-ipv6', jobs: 'counted' },
  { name: 'Made-up, with the height at the end of the JPEG', lateHeight: true, jobs: 'uncounted' },
];
