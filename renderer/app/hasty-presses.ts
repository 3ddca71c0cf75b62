/**
 * A trembling hand, or one used to double-clicking, presses twice. The second press hits whatever has just appeared
 * there, though it was meant for what was there before. So ignore presses on elements that have only just appeared,
 * ignore every press just after an overlay closed, and keep a second press from undoing what the first one ticked or
 * chose. What was already there may slide under the finger too, or change its words: the second press of a double press
 * counts only on the same element, with the same words.
 */
const PRESSED = 'button, a, label, summary, select, input, [role="button"]';
const TICKED = 'input[type="checkbox"], label, [aria-pressed]';

export interface HastyPressesDeps {
  readonly target: Window & typeof globalThis;
  readonly now: () => number;
  readonly settleMs: () => number;
}

export function ignoreHastyPresses({ target, now, settleMs }: HastyPressesDeps): () => void {
  /** When each node was added, by the root of the added subtree: its descendants have the same age. */
  const bornMs = new WeakMap<Node, number>();
  let uncoveredMs = Number.NEGATIVE_INFINITY;
  let last: { readonly pressed: Element; readonly words: string | null } | undefined;

  const youngestMs = (pressed: Element): number => {
    let youngest = uncoveredMs;
    for (let node: Node | null = pressed; node !== null; node = node.parentNode)
      youngest = Math.max(youngest, bornMs.get(node) ?? Number.NEGATIVE_INFINITY);
    return youngest;
  };

  const watch = new target.MutationObserver((changes) => {
    const at = now();
    for (const { addedNodes, removedNodes } of changes) {
      for (const node of addedNodes) bornMs.set(node, at);
      for (const node of removedNodes) if (node instanceof target.HTMLDialogElement) uncoveredMs = at;
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
      const takesBack = event.detail > 1 && pressed.matches(TICKED);
      if (!moved && !takesBack && now() - youngestMs(pressed) >= settleMs()) return;
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
