/**
 * Makes a function that we put in the place of one of the browser's look like it: the same text, the same errors and
 * the same stack. Runs inside pages, stringified: it may use nothing but its argument and the page's globals.
 */

type Work = (...given: never[]) => unknown;
type Native = (on: unknown, given: readonly unknown[]) => unknown;
/** Does what the replaced function is asked for. `on` is the `this` of the call. */
export type StandIn = (native: Native, on: unknown, given: readonly unknown[]) => unknown;

/** `kinEvent`: an event name that no page can guess. The frames of a page find each other by it. */
export function nativeLooks(kinEvent: string) {
  // Taken now. A page may replace any of them later, would see our calls, and could call us from there without end.
  const { apply } = Reflect;
  const { defineProperty, getOwnPropertyDescriptor } = Object;
  const { dispatchEvent } = EventTarget.prototype;
  const { get, set } = WeakMap.prototype;
  const { indexOf, lastIndexOf, slice } = String.prototype;
  const errors = Error;
  const { captureStackTrace } = Error;

  /**
   * The texts of our functions: a frame is asked for those of the page around it, and the other way round, so the
   * documents of one site share one map. The text of a `Proxy` of the page's own stays what the browser says.
   */
  const shareTexts = (): WeakMap<object, string> => {
    const box: { texts?: WeakMap<object, string> } = {};
    for (const kin of [globalThis.parent, globalThis.top, globalThis.opener as unknown]) {
      try {
        apply(dispatchEvent, kin, [new CustomEvent(kinEvent, { detail: box })]);
      } catch {
        /* none, or one of another site */
      }
    }
    return box.texts ?? new WeakMap<object, string>();
  };
  const texts = shareTexts();
  addEventListener(kinEvent, (event) => void ((event as CustomEvent<{ texts?: unknown }>).detail.texts ??= texts));

  const put = (on: object, name: string, value: unknown): void => {
    try {
      defineProperty(on, name, { ...getOwnPropertyDescriptor(on, name), value });
    } catch {
      /* frozen by the page */
    }
  };
  const named = (ours: object, name: string): void =>
    void apply(set, texts, [ours, `function ${name}() { [native code] }`]);
  /** Returns the browser's own. */
  const replaceWith = (
    on: object,
    name: string,
    trap: (target: Work, on: unknown, given: unknown[]) => unknown,
  ): Work => {
    const browsers = (on as Record<string, Work>)[name] as Work;
    const ours = new Proxy(browsers, { apply: trap });
    named(ours, name);
    put(on, name, ours);
    return browsers;
  };
  /** Takes the stack again, from below this function of ours. */
  const hide = (error: unknown, ours: Work): void => {
    try {
      captureStackTrace(error as object, ours);
    } catch {
      /* the page threw something else */
    }
  };

  const replace = (on: object, name: string, act: StandIn): void => {
    const native: Native = (self, given) => {
      try {
        return apply(browsers, self, given as never[]);
      } catch (error) {
        hide(error, trap);
        throw error;
      }
    };
    const trap = (_target: Work, self: unknown, given: unknown[]): unknown => act(native, self, given);
    const browsers = replaceWith(on, name, trap);
  };

  /** The first line of a stack below its message. */
  const topOf = (stack: string): string => {
    const from = apply(indexOf, stack, ['\n']);
    const to = apply(indexOf, stack, ['\n', from + 1]);
    return from < 0 ? '' : apply(slice, stack, to < 0 ? [from] : [from, to]);
  };
  /** Unlike functions of the DOM, `toString` is in the stack of its own errors: keep that line. */
  const hideBelowTop = (error: Error, ours: Work): void => {
    const limit = errors.stackTraceLimit;
    // A page that formats its stacks itself would be called now. It sees the stack without that line.
    if ('prepareStackTrace' in errors || typeof error.stack !== 'string') return hide(error, ours);
    const top = topOf(error.stack);
    hide(error, ours);
    const below = error.stack;
    let lines = 0;
    for (let at = apply(indexOf, below, ['\n']); at >= 0; at = apply(indexOf, below, ['\n', at + 1])) lines++;
    const head = lines === 0 ? below.length : apply(indexOf, below, ['\n']);
    const end = lines < limit ? below.length : apply(lastIndexOf, below, ['\n']);
    error.stack = apply(slice, below, [0, head]) + top + apply(slice, below, [head, end]);
  };
  const textTrap = (target: Work, self: unknown, given: unknown[]): unknown => {
    const ours = apply(get, texts, [self as object]) as string | undefined;
    if (ours !== undefined) return ours;
    try {
      return apply(target, self, given as never[]);
    } catch (error) {
      hideBelowTop(error as Error, textTrap);
      throw error;
    }
  };
  replaceWith(Function.prototype, 'toString', textTrap);

  return { replace, named };
}
