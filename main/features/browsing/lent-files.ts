/**
 * The decrypted files that pages were given. A page's files exist while that page or the one after it is shown, and no
 * longer than the visit, whether or not they were sent. A person who opens the conditions, or whose form was refused,
 * comes back and sends them. We cannot tell that a request carries a file: a beacon, a draft, an error log and one of
 * the chunks of a file look the same from outside, and deleting a file too early loses the person's paper.
 */
export interface LentFiles {
  /** Number of files that the current page was given. */
  readonly count: number;
  readonly any: boolean;
  /** `release` deletes the files. */
  given(count: number, release: () => void): void;
  /**
   * The page sent something, perhaps its files. `count` is then 0 when the person comes back: the page may be a new
   * one, and must not seem to have its documents already.
   */
  sent(): void;
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
  /** The page before the current one. */
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
    sent: () => void (sent = true),
    turnPage(before, now) {
      const back = behind && samePage(behind.page, now) ? behind : undefined;
      if (!back) release(behind?.releases);
      behind = { page: before, count: sent ? 0 : count, releases };
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
