/**
 * Runs in the page, in our own world. Tab on the last element of a page goes to its first one again in Chromium: alone
 * in its window, a page never releases the focus. We report a Tab past the end, and the kiosk moves the focus to its
 * own screens.
 */

/** Stringified: it may use nothing from outside. */
export function tabOut(left: (backwards: boolean) => void): (event: KeyboardEvent) => void {
  /** A frame of another process gets the focus a moment later. */
  const FRAME_WITHIN_MS = 120;
  const focusedElement = (): Element | null => {
    const { activeElement } = document;
    return activeElement === document.body || activeElement === document.documentElement ? null : activeElement;
  };
  /** The focus may wrap around at once: the new element then comes before the old one in the document. */
  const isWrapAround = (before: Element | null, now: EventTarget | null, backwards: boolean): boolean => {
    if (!(before instanceof HTMLElement) || !(now instanceof HTMLElement) || before === now) return false;
    if (before.tabIndex > 0 || now.tabIndex > 0) return false; // such a page has its own tab order
    const is = before.compareDocumentPosition(now);
    return (is & (backwards ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING)) !== 0;
  };
  return (event) => {
    if (globalThis.top !== globalThis.self || !event.isTrusted || event.key !== 'Tab') return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const before = focusedElement();
    let focusMoved = false;
    let wrapped = false;
    const onFocus = ({ target }: FocusEvent): void => {
      focusMoved = true;
      wrapped = isWrapAround(before, target, event.shiftKey);
    };
    addEventListener('focusin', onFocus, true);
    // The next element gets the focus during this key event. After the last one, Chromium asks the browser process
    // first, and wraps later.
    setTimeout(() => {
      removeEventListener('focusin', onFocus, true);
      if (wrapped && !event.defaultPrevented) return left(event.shiftKey);
      if (focusMoved || event.defaultPrevented || focusedElement() !== null) return;
      let isReported = false;
      const leave = (): void => {
        removeEventListener('focusin', leave, true);
        if (isReported) return;
        isReported = true;
        left(event.shiftKey);
      };
      addEventListener('focusin', leave, true);
      setTimeout(() => {
        if (focusedElement() === null) leave();
        else removeEventListener('focusin', leave, true);
      }, FRAME_WITHIN_MS);
    });
  };
}
