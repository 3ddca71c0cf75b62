import type { DownloadLimit } from '../port.ts';

/** What a site may send. The largest receipt seen is a few megabytes; a film or an endless stream must not fill the memory. */
export const MAX_DOWNLOAD_BYTES = 100_000_000;
const MOST_AT_ONCE = 5;
/** Whoever fetches all their payslips fetches some dozens. */
const MOST_IN_A_VISIT = 200;

export interface DownloadCount {
  /** Why one more may not begin; undefined: it may, and is counted. */
  begin(): DownloadLimit | undefined;
  end(): void;
}

/** Of one guest, which lives as long as a person's visit of a site. */
export const countDownloads = (): DownloadCount => {
  let running = 0;
  let begun = 0;
  return {
    begin() {
      if (begun >= MOST_IN_A_VISIT) return 'too-many';
      if (running >= MOST_AT_ONCE) return 'too-many-at-once';
      running += 1;
      begun += 1;
      return undefined;
    },
    end: () => void (running -= 1),
  };
};
