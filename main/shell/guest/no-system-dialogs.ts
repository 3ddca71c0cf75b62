/**
 * Under Electron, two ways around the preload that replaces `print()` and the dialogs. Either one would open a window of
 * the system over the kiosk. Runs inside pages, in their own world: it may use nothing but the page's globals.
 */
export function noSystemDialogs(): void {
  // Electron runs no preload in a frame that a script creates (electron#49091). Ask through the page that created it. A
  // document loaded into the frame later may run the preload, which then puts its own functions there.
  if (location.href.startsWith('about:blank') && parent !== window)
    for (const name of ['alert', 'confirm', 'prompt', 'print'] as const) {
      try {
        const asks = parent[name] as (...given: unknown[]) => unknown;
        const value = (...given: unknown[]): unknown => asks(...(name === 'print' ? [globalThis] : given));
        Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: true });
      } catch {
        /* cross-origin: no script reaches this frame */
      }
    }
  // `execCommand('print')` opens the system's print dialog too (electron#32925).
  const { prototype } = Document;
  const value = new Proxy(prototype.execCommand, {
    apply(target, on: unknown, given: unknown[]) {
      const command = String(given[0]); // read once: a page's object may return another word the second time
      if (!/^print$/i.test(command))
        return Reflect.apply(target, on, given.length === 0 ? [] : given.with(0, command)) as boolean;
      const view = on instanceof Document ? on.defaultView : null;
      view?.print();
      return view !== null;
    },
  });
  Object.defineProperty(prototype, 'execCommand', { value, configurable: false, writable: false, enumerable: true });
}
