/**
 * Runs in the page, in our own world. Chromium leads Tab from the last thing of a page back to its first: alone in its window, a
 * page never lets the keyboard go. Past its end we say so, and the kiosk goes on to its own screens.
 */

/** Stringified: nothing but its own words may be used in it. */
export function tabOut(left: (backwards: boolean) => void): (event: KeyboardEvent) => void {
  /** A frame of another process takes the keyboard a moment later. */
  const FRAME_WITHIN_MS = 120;
  const held = (): Element | null => {
    const { activeElement } = document;
    return activeElement === document.body || activeElement === document.documentElement ? null : activeElement;
  };
  /** Alone in its window, a page may begin again at once: what has the keyboard then stands before what had it. */
  const isBeginning = (before: Element | null, now: EventTarget | null, backwards: boolean): boolean => {
    if (!(before instanceof HTMLElement) || !(now instanceof HTMLElement) || before === now) return false;
    if (before.tabIndex > 0 || now.tabIndex > 0) return false; // such a page has an order of its own
    const is = before.compareDocumentPosition(now);
    return (is & (backwards ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING)) !== 0;
  };
  return (event) => {
    if (globalThis.top !== globalThis.self || !event.isTrusted || event.key !== 'Tab') return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const before = held();
    let wentOn = false;
    let beganAgain = false;
    const goesOn = ({ target }: FocusEvent): void => {
      wentOn = true;
      beganAgain = isBeginning(before, target, event.shiftKey);
    };
    addEventListener('focusin', goesOn, true);
    // The next thing has the keyboard within this key. Past the last one the browser is asked, and begins again later.
    setTimeout(() => {
      removeEventListener('focusin', goesOn, true);
      if (beganAgain && !event.defaultPrevented) return left(event.shiftKey);
      if (wentOn || event.defaultPrevented || held() !== null) return;
      let told = false;
      const leave = (): void => {
        removeEventListener('focusin', leave, true);
        if (told) return;
        told = true;
        left(event.shiftKey);
      };
      addEventListener('focusin', leave, true);
      setTimeout(() => {
        if (held() === null) leave();
        else removeEventListener('focusin', leave, true);
      }, FRAME_WITHIN_MS);
    });
  };
}
