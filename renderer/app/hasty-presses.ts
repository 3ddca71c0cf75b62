/**
 * A trembling hand, or one used to double-clicking, presses twice. The second press hits whatever has just appeared
 * there, though it was meant for what was there before. So ignore presses on elements that have only just appeared,
 * ignore every press just after an overlay closed, and keep a second press from undoing what the first one ticked or
 * chose, and from moving by two screens, steps or pages. What was already there may slide under the finger too, or
 * change its words: the second press of a double press counts only on the same element, with the same words.
 *
 * A busy machine draws a screen long after it was made, and delivers a press long after it was made: count from the
 * first frame to the time of the press itself.
 */
/** A press beside a dialog closes it. */
const PRESSED = 'button, a, label, summary, select, input, [role="button"], dialog';
/** A page that draws no frames still takes presses. */
const FRAME_WITHIN_MS = 1_000;
/** The time of an event comes from another clock on some systems: an older press is counted from its arrival. */
const LATE_BY_MS = 5_000;
/** Ticked, chosen, or left behind: once is enough. */
const ONCE = 'input[type="checkbox"], label, [aria-pressed], [data-moves]';

export interface HastyPressesDeps {
  readonly target: Window & typeof globalThis;
  readonly now: () => number;
  readonly settleMs: () => number;
}

interface Drawn {
  /** Infinite until the first frame. */
  atMs: number;
}

export function ignoreHastyPresses({ target, now, settleMs }: HastyPressesDeps): () => void {
  /** When each node was first drawn, by the root of the added subtree: its descendants have the same age. */
  const drawn = new WeakMap<Node, Drawn>();
  let uncovered: Drawn = { atMs: Number.NEGATIVE_INFINITY };
  let last: { readonly pressed: Element; readonly words: string | null } | undefined;

  const youngestMs = (pressed: Element): number => {
    let youngest = uncovered.atMs;
    for (let node: Node | null = pressed; node !== null; node = node.parentNode)
      youngest = Math.max(youngest, drawn.get(node)?.atMs ?? Number.NEGATIVE_INFINITY);
    return youngest;
  };
  const pressedMs = ({ timeStamp }: Event): number => (now() - timeStamp <= LATE_BY_MS ? timeStamp : now());

  const watch = new target.MutationObserver((changes) => {
    const next: Drawn = { atMs: Number.POSITIVE_INFINITY };
    const draw = (): void => void (next.atMs = Math.min(next.atMs, now()));
    target.requestAnimationFrame(draw);
    target.setTimeout(draw, FRAME_WITHIN_MS);
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of addedNodes) drawn.set(node, next);
      for (const node of removedNodes) if (node instanceof target.HTMLDialogElement) uncovered = next;
    }
  });
  watch.observe(target.document, { childList: true, subtree: true });

  const stop = new AbortController();
  target.addEventListener(
    'click',
    (event) => {
      const pressed = event.target instanceof target.Element ? event.target.closest(PRESSED) : null;
      const first = last;
      if (event.detail === 1) last = pressed ? { pressed, words: pressed.textContent } : undefined;
      if (pressed === null) return;
      const moved = event.detail > 1 && (pressed !== first?.pressed || pressed.textContent !== first.words);
      const isTwice = event.detail > 1 && pressed.matches(ONCE);
      const settles = settleMs();
      const hasty = settles > 0 && pressedMs(event) - youngestMs(pressed) < settles;
      if (!moved && !isTwice && !hasty) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true, signal: stop.signal },
  );
  return () => {
    watch.disconnect();
    stop.abort();
  };
}
