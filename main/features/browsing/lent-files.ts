/**
 * The decrypted files that pages were given. They exist while their page is shown. If nothing was sent, they also
 * survive the next page: a person who opens the conditions comes back and sends the form then.
 */
export interface LentFiles {
  /** Number of files that the current page was given. */
  readonly count: number;
  readonly any: boolean;
  /** `release` deletes the files. */
  given(count: number, release: () => void): void;
  /** The page sends a request, presumably with the files that it was given. */
  sends(): void;
  turnPage(before: string, now: string): void;
  releaseAll(): void;
}

interface Loan {
  readonly page: string;
  readonly count: number;
  readonly releases: readonly (() => void)[];
}

const withoutQuery = (address: string): string | undefined => address.split(/[?#]/, 1)[0];

/** Compares addresses without query and fragment, which a hostile page can change at will. */
export const samePage = (before: string, now: string): boolean => withoutQuery(before) === withoutQuery(now);

export const createLentFiles = (): LentFiles => {
  let releases: (() => void)[] = [];
  let count = 0;
  let sent = false;
  let behind: Loan | undefined;
  const release = (loan: readonly (() => void)[] | undefined): void => loan?.forEach((one) => one());

  return {
    get count() {
      return count;
    },
    get any() {
      return releases.length > 0;
    },
    given(howMany, end) {
      count = howMany;
      sent = false;
      releases.push(end);
    },
    sends: () => void (sent = true),
    turnPage(before, now) {
      const back = behind && samePage(behind.page, now) ? behind : undefined;
      if (!back) release(behind?.releases);
      const left: Loan = { page: before, count, releases };
      const mayComeBack = !back && !sent && releases.length > 0;
      if (!mayComeBack) release(releases);
      behind = mayComeBack ? left : undefined;
      releases = [...(back?.releases ?? [])];
      count = back?.count ?? 0;
      sent = false;
    },
    releaseAll() {
      release(behind?.releases);
      release(releases);
      behind = undefined;
      releases = [];
      count = 0;
      sent = false;
    },
  };
};
