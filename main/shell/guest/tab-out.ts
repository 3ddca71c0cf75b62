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
  return (event) => {
    if (globalThis.top !== globalThis.self || !event.isTrusted || event.key !== 'Tab') return;
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    let wentOn = false;
    const goesOn = (): void => void (wentOn = true);
    addEventListener('focusin', goesOn, true);
    // The next thing has the keyboard within this key. Past the last one the browser is asked, and begins again later.
    setTimeout(() => {
      removeEventListener('focusin', goesOn, true);
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
