/**
 * A page may open something of ours over itself (the print screen, the announcement of a document), and a link of a mail takes
 * the person to the démarche's site. A page that does it again and again keeps them from all else. So each comes once, and
 * again only after a hand was on an input device: a script can't pretend to be one.
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

/** Where the devices say nothing: often enough for who prints again, seldom enough to press something else meanwhile. */
const UNTOLD_AGAIN_AFTER_MS = 20_000;

export const askedFor = (deps: AskedForDeps): AskedFor => {
  const cameAtMs: { -readonly [what in keyof AskedFor]?: number } = {};
  const take = async (what: keyof AskedFor): Promise<boolean> => {
    const idleMs = await deps.idleMs();
    const nowMs = deps.monotonicMs();
    const lastMs = cameAtMs[what];
    // What comes first was asked for by opening the page.
    const may =
      lastMs === undefined || (idleMs === undefined ? nowMs - lastMs > UNTOLD_AGAIN_AFTER_MS : nowMs - idleMs > lastMs);
    if (may) cameAtMs[what] = nowMs;
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
