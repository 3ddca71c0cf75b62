/** Electron's events as the tests fire them: every listener in order, the event object first. */
type Listener = (...args: never[]) => void;

export class FakeEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/**
 * Most of Electron's answers may be given once: a second one throws (`shell/common/gin_converters/callback_converter`, and
 * `gin_helper/callback.cc`: "One-time callback was called more than once").
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

  /** Answers `never`, which any of Electron's overloads accepts as its own `this`. */
  on(event: string, listener: Listener): never {
    this.#listeners.set(event, [...(this.#listeners.get(event) ?? []), listener]);
    return this as never;
  }

  listenerCount(event: string): number {
    return this.#listeners.get(event)?.length ?? 0;
  }

  /** Fires with a fresh event that carries `params`; the answer says whether its default was prevented. */
  fire(event: string, params: object = {}, ...args: unknown[]): FakeEvent {
    const fired = Object.assign(new FakeEvent(), params);
    this.fireWith(event, fired, ...args);
    return fired;
  }

  /** `error` that nobody listens to is thrown, as by any emitter of Node: Electron's are made of those. */
  fireWith(event: string, ...args: unknown[]): void {
    if (event === 'error' && this.listenerCount(event) === 0) throw new Error(`Unhandled error. (${args.join(' ')})`);
    for (const listener of this.#listeners.get(event) ?? []) (listener as (...all: unknown[]) => void)(...args);
  }
}
