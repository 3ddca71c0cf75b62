/**
 * A finger that stays for half a second presses too. Browsers take it for a request for a context menu, and send no
 * click: on a touch screen, whoever presses slowly would believe that the button is broken.
 */
const CONTROL = 'button, a, label, summary, [role="button"]';

export function clickOnLongPresses(target: Window & typeof globalThis): () => void {
  /** What the finger went down on, while it is down. */
  let pressed: Element | undefined;
  let isLong = false;
  const controlAt = ({ clientX, clientY }: PointerEvent): Element | undefined =>
    target.document.elementFromPoint(clientX, clientY)?.closest(CONTROL) ?? undefined;
  const isTouch = (event: Event): event is PointerEvent =>
    event instanceof target.PointerEvent && event.pointerType === 'touch';

  const stop = new AbortController();
  const on = (name: string, listener: (event: PointerEvent) => void): void =>
    target.addEventListener(name, (event) => isTouch(event) && listener(event), { capture: true, signal: stop.signal });
  on('pointerdown', (event) => {
    pressed = event.isPrimary ? controlAt(event) : undefined; // two fingers press nothing
    isLong = false;
  });
  on('pointercancel', () => (pressed = undefined));
  // Linux requests the menu while the finger is down, Windows once it is up.
  on('contextmenu', (event) => {
    isLong = true;
    if (event.buttons === 0) click(event);
  });
  on('pointerup', (event) => {
    if (isLong) click(event);
  });
  const click = (event: PointerEvent): void => {
    const control = pressed;
    if (control instanceof target.HTMLElement && control === controlAt(event)) {
      pressed = undefined;
      control.click();
    }
  };
  return () => stop.abort();
}
