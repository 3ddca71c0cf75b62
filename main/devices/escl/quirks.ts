/**
 * What single makers and models do against the protocol, or beside it. One line a machine, with what was seen and where.
 * What any machine may do (503 with or without Retry-After, an odd Location, padding, a body without a length) is not
 * here: it is handled for all.
 */
export interface EsclQuirks {
  /** `Host` when a job is created: this word, or the address with its port even where that is the usual one. */
  readonly jobHost?: 'localhost' | 'with-port';
  /** "No further page" (404, 410) is asked again for so long while nothing else says that the job is over. */
  readonly settleMs: number;
  /** Between a page and the question for the next. */
  readonly pauseMs: number;
  /** `ScannerAdfProcessing` is what this machine says of an empty feeder. */
  readonly processingIsEmpty: boolean;
  /** Look at the feeder before a job: the machine jams, physically, on an empty one. */
  readonly looksFirst: boolean;
  /** More is announced than scanned. */
  readonly mostDpi?: number;
}

const USUAL: EsclQuirks = { settleMs: 2_500, pauseMs: 0, processingIsEmpty: false, looksFirst: false };

interface Row {
  /** Of `MakeAndModel`. */
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
    quirks: { looksFirst: true },
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

/** Several lines may match; a later one wins. */
export const quirksOf = (makeAndModel: string): EsclQuirks =>
  QUIRKS.filter(({ machine }) => machine.test(makeAndModel)).reduce<EsclQuirks>(
    (all, { quirks }) => ({ ...all, ...quirks }),
    USUAL,
  );
