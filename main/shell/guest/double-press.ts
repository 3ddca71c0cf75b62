/**
 * Runs in every frame, in our own world. People used to double-clicking press everything twice. If the first press
 * navigates, the second was meant for it too: on the same page it would submit a form twice (a site that mails codes
 * would mail two, and refuse the first), and on the next page it would press whatever is there. On a checkbox it would
 * remove the tick. Two presses that lead nowhere (« + », « mois suivant ») count as two.
 */

/** Stringified: it may use nothing from outside. Call it for every event of a press, from `mousedown` on. */
export function doublePress(swallow: (event: Event) => void): (event: MouseEvent) => void {
  const TICKED = 'input[type="checkbox"], [role="checkbox"], [role="switch"], summary';
  /** The first press was on this page, and has not navigated. */
  let stays = false;
  /** Portals whose steps are all in one document change its path, or what follows `#/`. */
  const routeOf = (address: string): string => {
    const { pathname, hash } = new URL(address);
    return pathname + (/^#!?\//.test(hash) ? hash.replace(/\?.*/, '') : '');
  };
  navigation.addEventListener('navigate', ({ destination, downloadRequest, navigationType }) => {
    const isStep = navigationType === 'push' && routeOf(destination.url) !== routeOf(location.href);
    if ((!destination.sameDocument || isStep) && downloadRequest === null) stays = false;
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
