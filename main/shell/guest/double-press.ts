/**
 * Runs in every frame, in our own world. Who learnt to double-click presses everything twice. Where the first press leads away, the
 * second was meant for it too: on the same page it would send a form twice (a site that mails codes then mails two, and refuses the
 * first), on the page that came it would press whatever lies there. On a box to tick it would take the tick away. Two presses that
 * lead nowhere (« + », « mois suivant ») are two.
 */

/** Stringified: nothing but its own words may be used in it. For every part of a press, from `mousedown` on. */
export function doublePress(swallow: (event: Event) => void): (event: MouseEvent) => void {
  const TICKED = 'input[type="checkbox"], [role="checkbox"], [role="switch"], summary';
  /** The first press was on this page, and led nowhere so far. */
  let stays = false;
  navigation.addEventListener('navigate', ({ destination, downloadRequest }) => {
    if (!destination.sameDocument && downloadRequest === null) stays = false;
  });
  const isTicked = (one: EventTarget): boolean =>
    one instanceof Element &&
    (one instanceof HTMLLabelElement ? one.control?.matches(TICKED) === true : one.matches(TICKED));
  return (event) => {
    if (!event.isTrusted) return;
    if (event.detail < 2) stays ||= event.type === 'mousedown';
    else if (!stays || (event.type === 'click' && event.composedPath().some(isTicked))) swallow(event);
  };
}
