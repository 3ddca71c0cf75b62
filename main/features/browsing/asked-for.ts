/**
 * A page may open something of ours over itself (the print screen, the announcement of a document), and a link of a mail takes
 * the person to the démarche's site. A page that does it again and again keeps them from all else. So each comes once, and
 * again only after a hand was on an input device: a script can't pretend to be one. The hand that puts the thing away, or presses
 * the bar, is one too: of a page that insists, nothing more comes for a while, whoever presses what.
 */
export interface AskedFor {
  /** True: somebody may have asked for it. */
  print(): Promise<boolean>;
  download(): Promise<boolean>;
  link(): Promise<boolean>;
  /** That a site sent too much: beside the announcement of what did come. */
  limit(): Promise<boolean>;
  /** What is told of a link that leaves the web: whom to write to or call, a program that is not here. */
  contact(): Promise<boolean>;
}

export interface AskedForDeps {
  readonly monotonicMs: () => number;
  /** Since when no input device was used; undefined when that can't be told. */
  readonly idleMs: () => Promise<number | undefined>;
}

/** Often enough for who prints again, seldom enough to press something else meanwhile. */
const AGAIN_AFTER_MS = 20_000;
/** A site that sends each document twice does not insist; one that sends without end has sent this many in a moment. */
const INSISTS_AFTER = 10;

export const askedFor = (deps: AskedForDeps): AskedFor => {
  const cameAtMs: { -readonly [what in keyof AskedFor]?: number } = {};
  const refused: { -readonly [what in keyof AskedFor]?: number } = {};
  const take = async (what: keyof AskedFor): Promise<boolean> => {
    const idleMs = await deps.idleMs();
    const nowMs = deps.monotonicMs();
    const lastMs = cameAtMs[what];
    // What comes first was asked for by opening the page.
    const isHand = lastMs === undefined || idleMs === undefined || nowMs - idleMs > lastMs;
    const mustWait = idleMs === undefined || (refused[what] ?? 0) >= INSISTS_AFTER;
    const may = lastMs === undefined || (isHand && (!mustWait || nowMs - lastMs > AGAIN_AFTER_MS));
    if (may) cameAtMs[what] = nowMs;
    else refused[what] = (refused[what] ?? 0) + 1;
    return may;
  };
  return {
    print: () => take('print'),
    download: () => take('download'),
    link: () => take('link'),
    limit: () => take('limit'),
    contact: () => take('contact'),
  };
};
