/**
 * The plain files that pages were given. They are there as long as their page may read them: while it is shown, and on the page that
 * follows as long as nothing was sent, since a person who reads the conditions comes back and sends then.
 */
export interface LentFiles {
  /** How many the page that is shown was given. */
  readonly count: number;
  readonly any: boolean;
  /** `release` ends this loan. */
  given(count: number, release: () => void): void;
  /** The page sends something: what it was given, as far as anybody can tell. */
  sends(): void;
  turnPage(before: string, now: string): void;
  releaseAll(): void;
}

interface Loan {
  readonly page: string;
  readonly count: number;
  readonly releases: readonly (() => void)[];
}

/** The same document address, whatever its query and fragment: a trap changes those at will. */
export const samePage = (before: string, now: string): boolean => before.split(/[?#]/)[0] === now.split(/[?#]/)[0];

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
