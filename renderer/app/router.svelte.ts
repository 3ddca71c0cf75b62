/** Where a person is in an open session: a small stack of screens, of which the top one is shown. */
import type { Route, RouteName, Routes } from './routes.ts';

const HOME: Route = { name: 'pick', params: {} };

export class Router {
  #stack = $state.raw<readonly Route[]>([HOME]);
  #kept = new WeakMap<Route, Readonly<Record<string, object>>>();

  get current(): Route {
    return this.#stack.at(-1) ?? HOME;
  }

  /** Where « Retour » leads; undefined on the first screen. */
  get behind(): Route | undefined {
    return this.#stack.at(-2);
  }

  get canGoBack(): boolean {
    return this.#stack.length > 1;
  }

  go<N extends RouteName>(name: N, params: Routes[N]): void {
    this.#stack = [...this.#stack, { name, params } as Route];
  }

  /** Replaces the current screen: "back" then skips it. */
  replace<N extends RouteName>(name: N, params: Routes[N]): void {
    this.#stack = [...this.#stack.slice(0, -1), { name, params } as Route];
  }

  back(): void {
    if (this.canGoBack) this.#stack = this.#stack.slice(0, -1);
  }

  /**
   * What the person chose or typed on the current screen. The screen finds it again when it comes back, after "Je suis
   * encore là" or « Retour »; it is dropped with the screen's place in the stack. `name`: of one thing on this screen.
   */
  kept<T extends object>(name: string, make: () => T): T {
    const { current } = this;
    const before = this.#kept.get(current);
    if (before?.[name]) return before[name] as T;
    const first = $state(make());
    this.#kept.set(current, { ...before, [name]: first });
    return first;
  }

  /** Back to "Que voulez-vous faire ?". */
  home(): void {
    this.#stack = [HOME];
    this.#kept = new WeakMap(); // the first screen is the same for everyone
  }
}
