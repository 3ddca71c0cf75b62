/**
 * A finger that stays for half a second presses too. Browsers take it for something else (selecting a word, a context
 * menu), and send no click: on a touch screen, whoever presses slowly would believe that the button is broken.
 */
const CONTROL = 'button, a, label, summary, [role="button"], input[type="checkbox"], input[type="radio"]';
/** Less than the half second after which Chromium sends no click. */
const LONG_MS = 400;
/** A click that comes at all comes as soon as the browser has heard that the touch was handled. */
const CLICK_WITHIN_MS = 300;

export function clickOnLongPresses(target: Window & typeof globalThis): () => void {
  /** The finger that is down. */
  let touch: { readonly control: Element | undefined; readonly sinceMs: number } | undefined;
  let waiting: number | undefined;
  /** What was clicked for the last touch. A click of the browser's own that comes after all is the second one. */
  let clicked: Element | undefined;
  const controlAt = ({ clientX, clientY }: PointerEvent): Element | undefined =>
    target.document.elementFromPoint(clientX, clientY)?.closest(CONTROL) ?? undefined;
  const forget = (): void => {
    target.clearTimeout(waiting);
    touch = undefined;
  };

  const stop = new AbortController();
  const onTouch = (name: string, listener: (event: PointerEvent) => void): void =>
    target.addEventListener(
      name,
      (event) => event instanceof target.PointerEvent && event.pointerType === 'touch' && listener(event),
      { capture: true, signal: stop.signal },
    );
  onTouch('pointerdown', (event) => {
    forget(); // two fingers press nothing
    if (event.isPrimary) touch = { control: controlAt(event), sinceMs: event.timeStamp };
  });
  onTouch('pointercancel', forget); // it scrolls
  onTouch('pointerup', (event) => {
    const { control, sinceMs = event.timeStamp } = touch ?? {};
    forget();
    if (event.timeStamp - sinceMs < LONG_MS || !(control instanceof target.HTMLElement)) return;
    const click = (): void => {
      if (control !== controlAt(event)) return; // it is covered, or gone
      control.click();
      clicked = control;
    };
    if (control === controlAt(event)) waiting = target.setTimeout(click, CLICK_WITHIN_MS);
  });
  for (const name of ['pointerdown', 'keydown'] as const)
    target.addEventListener(name, () => (clicked = undefined), { capture: true, signal: stop.signal });
  target.addEventListener(
    'click',
    (event) => {
      forget();
      if (!event.isTrusted || clicked === undefined || !event.composedPath().includes(clicked)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true, signal: stop.signal },
  );
  return () => {
    forget();
    stop.abort();
  };
}
