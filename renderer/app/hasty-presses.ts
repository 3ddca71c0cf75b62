/**
 * A hand that shakes, or that learnt to double-click, presses twice. The second press lands on whatever came under it and was
 * meant for what is gone. So nothing can be pressed before it has been there for a while, and nothing at all just after
 * something that lay over it went away. Nor does it take back at once what the first one ticked or chose.
 */
const PRESSED = 'button, a, label, summary, select, input, [role="button"]';
const TICKED = 'input[type="checkbox"], label, [aria-pressed]';

export interface HastyPressesDeps {
  readonly target: Window & typeof globalThis;
  readonly now: () => number;
  readonly settleMs: () => number;
}

export function ignoreHastyPresses({ target, now, settleMs }: HastyPressesDeps): () => void {
  /** What came into the page, by the root of what came: its descendants are as young. */
  const bornMs = new WeakMap<Node, number>();
  let uncoveredMs = Number.NEGATIVE_INFINITY;

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
      if (pressed === null) return;
      const takesBack = event.detail > 1 && pressed.matches(TICKED);
      if (!takesBack && now() - youngestMs(pressed) >= settleMs()) return;
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
