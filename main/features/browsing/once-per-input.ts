/**
 * Rate limit for what a page opens over itself: the print screen, the announcement of a document, or the démarche's
 * site for a link in an e-mail. A page that repeats this blocks everything else. So each kind is allowed once, and
 * again only after real input on a device, which a script can't fake. Closing our screen or pressing our bar is input
 * too, so a page that keeps insisting is also refused for some time, whatever the person presses.
 */
export interface OncePerInput {
  /** True if the person may have asked for it. */
  print(): Promise<boolean>;
  download(): Promise<boolean>;
  link(): Promise<boolean>;
  /** The notice that a site sent too much. Separate from `download`, so that both can appear. */
  limit(): Promise<boolean>;
  /** The notice for a link that leaves the web: an address, a telephone number, a program that is not installed. */
  contact(): Promise<boolean>;
}

export interface OncePerInputDeps {
  readonly monotonicMs: () => number;
  /** Milliseconds since an input device was last used; undefined when the system does not say. */
  readonly idleMs: () => Promise<number | undefined>;
}

/** Short enough for a person who prints again, long enough to press something else in between. */
const AGAIN_AFTER_MS = 20_000;
/** Some sites send each document twice. A site that sends in a loop reaches this number at once. */
const INSISTS_AFTER = 10;

export const oncePerInput = (deps: OncePerInputDeps): OncePerInput => {
  const cameAtMs: { -readonly [what in keyof OncePerInput]?: number } = {};
  const refused: { -readonly [what in keyof OncePerInput]?: number } = {};
  const take = async (what: keyof OncePerInput): Promise<boolean> => {
    const idleMs = await deps.idleMs();
    const nowMs = deps.monotonicMs();
    const lastMs = cameAtMs[what];
    // The first one is allowed: opening the page was the input.
    const isNewInput = lastMs === undefined || idleMs === undefined || nowMs - idleMs > lastMs;
    const mustWait = idleMs === undefined || (refused[what] ?? 0) >= INSISTS_AFTER;
    const may = lastMs === undefined || (isNewInput && (!mustWait || nowMs - lastMs > AGAIN_AFTER_MS));
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
