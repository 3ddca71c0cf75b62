/** Where somebody was when a tutorial was offered to them: they go back there, whatever they learnt on the way. */
import type { Router } from '../../app/router.svelte.ts';
import type { Route, RouteName } from '../../app/routes.ts';

const OFFERING: ReadonlySet<RouteName> = new Set<RouteName>(['scan', 'documents', 'mailbox', 'visit', 'lesson']);

/** undefined: they came from the list, and nothing waits for them. */
export const cameFrom = (router: Router): Route | undefined =>
  router.behind !== undefined && OFFERING.has(router.behind.name) ? router.behind : undefined;
