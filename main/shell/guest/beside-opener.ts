/**
 * Opens new windows of a page beside it. These functions run inside pages: they may use nothing but their arguments.
 */

/**
 * Window features for a page beside this one: a popup without browser bars, exactly over this page, whatever size was
 * requested. Its first script already sees this size, and may choose a layout by it once and for all.
 */
export function besideFeatures(more = ''): string {
  return `popup,width=${outerWidth},height=${outerHeight},left=${screenX},top=${screenY}${more}`;
}

/**
 * What `open` returns when nothing opens here: the window of a hidden, empty frame, which is closed a few seconds
 * later, as if by the person. Sites print, lead and close what they opened; with the opener in its place, that would
 * happen to the site's own page. It is not closed at once: sites take that for a blocked pop-up, and say so.
 */
export function emptyWindow(): Window | null {
  const host = document.createElement('div');
  const frame = document.createElement('iframe');
  host.style.display = 'none';
  host.attachShadow({ mode: 'closed' }).append(frame); // not in the page's list of frames
  document.documentElement.append(host);
  const { contentWindow } = frame;
  const end = (): void => host.remove();
  Object.assign(contentWindow ?? {}, { print: () => undefined, close: end });
  setTimeout(end, 5_000);
  return contentWindow;
}

/**
 * Links and forms that want a new window are redirected to this page, then stopped at a point where no script of the
 * page can cancel them any more. Only then is it certain that they navigate, and we can open a window without bars.
 */
export function besideOpener(features: typeof besideFeatures) {
  interface Asked {
    readonly by: Element;
    readonly sends: SubmitEvent | undefined;
    readonly target: string;
  }
  let waiting: Asked | undefined;
  /** Where a link leads: `a` and `area`, and the `a` of SVG, whose `href` is not text. */
  const addressOf = (link: Element): string => {
    const { href } = link as { href?: string | SVGAnimatedString };
    if (href === undefined || typeof href === 'string') return href ?? '';
    return URL.canParse(href.baseVal, document.baseURI) ? new URL(href.baseVal, document.baseURI).href : '';
  };
  const openLink = (link: Element, target: string): void => {
    const rel = (link.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
    const apart = rel.includes('noopener') || (/^_blank$/i.test(target) && !rel.includes('opener'));
    const more = `${apart ? ',noopener' : ''}${rel.includes('noreferrer') ? ',noreferrer' : ''}`;
    open(addressOf(link), target, features(more));
  };
  /** What the pressed button itself sends. A picture sends where it was pressed. */
  const sentBy = (form: HTMLFormElement, by: HTMLElement): readonly (readonly [name: string, value: string])[] => {
    const name = by.getAttribute('name') ?? '';
    if (!(by instanceof HTMLInputElement && by.type === 'image')) return [[name, by.getAttribute('value') ?? '']];
    const sent = new FormData(form, by);
    return ['x', 'y'].map((one) => {
      const field = name === '' ? one : `${name}.${one}`;
      return [field, sent.getAll(field).at(-1) as string];
    });
  };
  const send = (form: HTMLFormElement, by: HTMLElement | null, target: string): void => {
    const name = /^_blank$/i.test(target) ? `f${String(Math.random()).slice(2)}` : target;
    const there = open('', name, features()) !== null; // false: the press was handled too late, as in `asked`
    if (!there && !by) return; // or there was none
    const before = new Map<string, string | null>();
    const set = (attribute: string, value: string): void => {
      before.set(attribute, form.getAttribute(attribute));
      form.setAttribute(attribute, value);
    };
    set('target', there ? name : '_self');
    for (const one of ['action', 'method', 'enctype']) {
      const own = by?.getAttribute(`form${one}`);
      if (own !== null && own !== undefined) set(one, own);
    }
    const pressed = (by ? sentBy(form, by) : []).map(([field, value]) =>
      Object.assign(document.createElement('input'), { type: 'hidden', name: field, value }),
    );
    form.append(...pressed);
    HTMLFormElement.prototype.submit.call(form);
    for (const one of pressed) one.remove();
    for (const [attribute, value] of before)
      if (value === null) form.removeAttribute(attribute);
      else form.setAttribute(attribute, value);
  };
  /** A script may navigate elsewhere in the same moment. */
  const isWhereItLeads = ({ by, sends }: Asked, url: string): boolean => {
    if (!sends) return url === addressOf(by);
    const form = sends.target as HTMLFormElement;
    const action = sends.submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    const [to, sent] = [new URL(action, document.baseURI), new URL(url)];
    return to.origin === sent.origin && to.pathname === sent.pathname;
  };
  return {
    addressOf,
    asked(by: Element, sends: SubmitEvent | undefined, target: string): void {
      // A page that is busy for seconds handles the press too late, and the browser opens no window for it any more.
      // Then the link leads on in its own page.
      if (!sends && !navigator.userActivation.isActive) return;
      const mine = { by, sends, target };
      waiting = mine;
      // A form navigates a moment later.
      setTimeout(() => waiting === mine && (waiting = undefined), sends ? 500 : 0);
    },
    led(event: NavigateEvent): void {
      if (!waiting || !event.cancelable || event.navigationType === 'traverse') return;
      const { by, sends, target } = waiting;
      if (!isWhereItLeads(waiting, event.destination.url)) return;
      waiting = undefined;
      event.preventDefault();
      event.stopImmediatePropagation();
      if (!sends) openLink(by, target);
      else send(sends.target as HTMLFormElement, sends.submitter, target);
    },
  };
}
