/** Where the person was when a tutorial was offered: its end leads back there, whatever they opened in between. */
import type { Router } from '../../app/router.svelte.ts';
import type { Route, RouteName } from '../../app/routes.ts';

const OFFERING: ReadonlySet<RouteName> = new Set<RouteName>(['scan', 'documents', 'mailbox', 'visit', 'tutorial']);

/** Undefined when they came from the list, so there is nothing to go back to. */
export const cameFrom = (router: Router): Route | undefined =>
  router.behind !== undefined && OFFERING.has(router.behind.name) ? router.behind : undefined;
