/** An emitter for Electron's events: calls every listener in order, with the event object first. */
type Listener = (...args: never[]) => void;

export class FakeEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/**
 * Most of Electron's callbacks may be called only once. A second call throws
 * (`shell/common/gin_converters/callback_converter`, and `gin_helper/callback.cc`: "One-time callback was called more
 * than once").
 */
export const oneTime = <A extends readonly unknown[]>(answer: (...given: A) => void): ((...given: A) => void) => {
  let called = false;
  return (...given) => {
    if (called) throw new TypeError('One-time callback was called more than once');
    called = true;
    answer(...given);
  };
};

export class Emitter {
  readonly #listeners = new Map<string, Listener[]>();

  /** Returns `never`, which satisfies the `this` type that each of Electron's overloads returns. */
  on(event: string, listener: Listener): never {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this as never;
  }

  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  /** Fires a new event with `params` as its properties and returns it, so a test can read `defaultPrevented`. */
  fire(event: string, params: object = {}, ...args: unknown[]): FakeEvent {
    const fired = Object.assign(new FakeEvent(), params);
    this.fireWith(event, fired, ...args);
    return fired;
  }

  /** As in Node, whose emitters Electron uses, an `error` event without a listener throws. */
  fireWith(event: string, ...args: unknown[]): void {
    if (event === 'error' && this.listenerCount(event) === 0) throw new Error(`Unhandled error. (${args.join(' ')})`);
    for (const listener of this.#listeners.get(event) ?? []) (listener as (...all: unknown[]) => void)(...args);
  }
}
