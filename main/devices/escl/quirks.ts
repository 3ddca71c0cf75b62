/**
 * Deviations of single makes and models from the protocol, one row each, with the reason and the source. What any
 * device may do (503 with or without Retry-After, an odd Location, padding, a body without a length) is handled for
 * all, not here.
 */
export interface EsclQuirks {
  /** `Host` header when a job is created: `localhost`, or the address with its port even if it is the default one. */
  readonly jobHost?: 'localhost' | 'with-port';
  /** How long "no further page" (404, 410) is retried while nothing else shows that the job is over. */
  readonly settleMs: number;
  /** Pause between a page and the request for the next. */
  readonly pauseMs: number;
  /** This device reports an empty feeder as `ScannerAdfProcessing`. */
  readonly processingIsEmpty: boolean;
  /** Check the feeder before a job: on an empty one, the device jams physically. */
  readonly checksFeederFirst: boolean;
  /** The real maximum, when the device announces more. */
  readonly mostDpi?: number;
}

const USUAL: EsclQuirks = { settleMs: 2_500, pauseMs: 0, processingIsEmpty: false, checksFeederFirst: false };

interface Row {
  /** Matched against `MakeAndModel`. */
  readonly machine: RegExp;
  readonly quirks: Partial<EsclQuirks>;
  readonly reason: string;
  readonly source: string;
}

export const QUIRKS: readonly Row[] = [
  {
    machine: /^brother\b/i,
    quirks: { settleMs: 5_000, pauseMs: 500 },
    reason: 'Asked for the next page too early, MFC-L2710DW answers 404 and calls its loaded feeder empty.',
    source: 'sane-airscan issue 39',
  },
  {
    machine: /xerox|versalink|workcentre/i,
    quirks: { settleMs: 12_000 },
    reason: 'Answers 404 or 410 for a page that is not ready yet, the first one too.',
    source: 'issue 13 of this project; no public thread was found',
  },
  {
    machine: /^hp laserjet mfp m630\b|^hp color laserjet flowmfp m578\b/i,
    quirks: { jobHost: 'localhost' },
    reason: 'Takes a job only when Host is "localhost". Other makers refuse that, so it is for these alone.',
    source: 'sane-airscan, airscan-escl.c; its issues 92 and 98 for the others',
  },
  {
    machine: /^epson\b/i,
    quirks: { jobHost: 'with-port' },
    reason:
      'Builds the job’s address from Host and loses the port when it is the usual one. Epson confirms it for all.',
    source: 'sane-airscan issue 136',
  },
  {
    machine: /\bMF410 Series\b/i,
    quirks: { checksFeederFirst: true },
    reason: 'Pulls on an empty feeder, then reports a paper jam that somebody must clear by hand.',
    source: 'sane-airscan issue 98',
  },
  {
    machine: /^canon iR2625\/2630\b/i,
    quirks: { mostDpi: 300 },
    reason: 'Announces 600 dpi and scans at 300: pages would be half as large as they say.',
    source: 'sane-airscan issue 57',
  },
  {
    machine: /kyocera|ecosys/i,
    quirks: { processingIsEmpty: true },
    reason: 'Says ScannerAdfProcessing of an empty feeder.',
    source: 'sane-airscan, airscan-escl.c',
  },
];

/** Several rows may match; later ones win. */
export const quirksOf = (makeAndModel: string): EsclQuirks =>
  QUIRKS.filter(({ machine }) => machine.test(makeAndModel)).reduce<EsclQuirks>(
    (all, { quirks }) => ({ ...all, ...quirks }),
    USUAL,
  );
