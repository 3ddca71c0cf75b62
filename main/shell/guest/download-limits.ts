/** What a site may send. The largest receipt seen is a few megabytes; a film or an endless stream must not fill the memory. */
export const MAX_DOWNLOAD_BYTES = 100_000_000;
const MOST_AT_ONCE = 5;
/** Whoever fetches all their payslips fetches some dozens. */
const MOST_IN_A_VISIT = 200;

export interface DownloadCount {
  /** Whether one more may begin; counted when it may. */
  begin(): boolean;
  end(): void;
}

/** Of one guest, which lives as long as a person's visit of a site. */
export const countDownloads = (): DownloadCount => {
  let running = 0;
  let begun = 0;
  return {
    begin() {
      if (running >= MOST_AT_ONCE || begun >= MOST_IN_A_VISIT) return false;
      running += 1;
      begun += 1;
      return true;
    },
    end: () => void (running -= 1),
  };
};
