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
  const openLink = (link: HTMLAnchorElement, target: string): void => {
    const rel = link.relList;
    const apart = rel.contains('noopener') || (/^_blank$/i.test(target) && !rel.contains('opener'));
    open(link.href, target, features(`${apart ? ',noopener' : ''}${rel.contains('noreferrer') ? ',noreferrer' : ''}`));
  };
  const send = (form: HTMLFormElement, by: HTMLElement | null, target: string): void => {
    const name = /^_blank$/i.test(target) ? `f${String(Math.random()).slice(2)}` : target;
    if (!open('', name, features())) return;
    const before = new Map<string, string | null>();
    const set = (attribute: string, value: string): void => {
      before.set(attribute, form.getAttribute(attribute));
      form.setAttribute(attribute, value);
    };
    set('target', name);
    for (const one of ['action', 'method', 'enctype']) {
      const own = by?.getAttribute(`form${one}`);
      if (own !== null && own !== undefined) set(one, own);
    }
    const pressed = document.createElement('input');
    Object.assign(pressed, {
      type: 'hidden',
      name: by?.getAttribute('name') ?? '',
      value: by?.getAttribute('value') ?? '',
    });
    form.append(pressed);
    HTMLFormElement.prototype.submit.call(form);
    pressed.remove();
    for (const [attribute, value] of before)
      if (value === null) form.removeAttribute(attribute);
      else form.setAttribute(attribute, value);
  };
  /** A script may navigate elsewhere in the same moment. */
  const isWhereItLeads = ({ by, sends }: Asked, url: string): boolean => {
    if (!sends) return url === (by as HTMLAnchorElement).href;
    const form = sends.target as HTMLFormElement;
    const action = sends.submitter?.getAttribute('formaction') ?? form.getAttribute('action') ?? '';
    const [to, sent] = [new URL(action, document.baseURI), new URL(url)];
    return to.origin === sent.origin && to.pathname === sent.pathname;
  };
  return {
    asked(by: Element, sends: SubmitEvent | undefined, target: string): void {
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
      if (!sends) openLink(by as HTMLAnchorElement, target);
      else send(sends.target as HTMLFormElement, sends.submitter, target);
    },
  };
}
