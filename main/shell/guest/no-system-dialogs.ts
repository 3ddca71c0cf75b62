/**
 * Under Electron, two ways around the preload that replaces `print()` and the dialogs. Either one would open a window
 * of the system over the kiosk. Runs inside pages, in their own world: it may use nothing but the page's globals.
 */
export function noSystemDialogs(): void {
  type Dialogs = Readonly<Record<string, (...given: unknown[]) => unknown>>;
  /**
   * Asks through the nearest window in which the preload (`../electron/guest-preload.ts`) has run. It keeps its
   * functions under this symbol, where the page cannot replace them. `print` names the frame to print.
   */
  const ask = (from: Window, name: string, given: readonly unknown[]): unknown => {
    try {
      for (let at = from, inner: Window | undefined; ; inner = at, at = at.parent) {
        const dialogs = (at as unknown as Record<symbol, Dialogs | undefined>)[Symbol.for('point-numerique')];
        if (dialogs) return dialogs[name]?.(...(name === 'print' && inner ? [inner] : given));
        if (at.parent === at) return undefined;
      }
    } catch {
      return undefined; // cross-origin
    }
  };
  // Electron runs no preload in a frame that a script creates (electron#49091). A document loaded into the frame later
  // may run the preload, which then puts its own functions there.
  if (location.href.startsWith('about:blank') && parent !== window)
    for (const name of ['alert', 'confirm', 'prompt', 'print'] as const) {
      const value = (...given: unknown[]): unknown => ask(window, name, given);
      Object.defineProperty(globalThis, name, { value, configurable: true, writable: true, enumerable: true });
    }
  // `execCommand('print')` opens the system's print dialog too (electron#32925).
  const { prototype } = Document;
  const value = new Proxy(prototype.execCommand, {
    apply(target, on: unknown, given: unknown[]) {
      const command = String(given[0]); // read once: a page's object may return another word the second time
      if (!/^print$/i.test(command))
        return Reflect.apply(target, on, given.length === 0 ? [] : given.with(0, command)) as boolean;
      const view = on instanceof Document ? on.defaultView : null;
      if (view) ask(view, 'print', []);
      return view !== null;
    },
  });
  Object.defineProperty(prototype, 'execCommand', { value, configurable: true, writable: true, enumerable: true });
}
