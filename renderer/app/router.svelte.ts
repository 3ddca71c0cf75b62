/** Where a person is in an open session: a small stack of screens, of which the top one is shown. */
import type { Route, RouteName, Routes } from './routes.ts';

const HOME: Route = { name: 'pick', params: {} };

export class Router {
  #stack = $state.raw<readonly Route[]>([HOME]);

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

  /** Back to "Que voulez-vous faire ?". The end of a session calls this too. */
  home(): void {
    this.#stack = [HOME];
  }
}
