/** Where a guest's page may go: each of Electron's three navigation events, through the one policy; no new window. */
import type { GuestPolicy, GuestRequest, Verdict } from '../port.ts';
import type { Contents } from './electron-api.ts';
import type { MadeNavigation } from './made-documents.ts';

export interface NavigationGuardDeps {
  readonly policy: () => GuestPolicy | undefined;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
  /** Of a navigation that may go on: whether it is held all the same, to see what it leads to. */
  readonly holdMade: (navigation: MadeNavigation) => boolean;
}

interface Stoppable extends MadeNavigation {
  preventDefault(): void;
}

export const guardNavigation = (contents: Contents, deps: NavigationGuardDeps): void => {
  const decide = (request: GuestRequest): Verdict =>
    deps.policy()?.decide(request) ?? { allow: false, reason: 'outside-journey' };

  const hold = (event: Stoppable): void => {
    const request: GuestRequest = { kind: event.isMainFrame ? 'main-frame' : 'frame', url: event.url };
    let verdict: Verdict;
    try {
      verdict = decide(request);
    } catch (error) {
      event.preventDefault(); // a bug of ours must not open the gate
      throw error;
    }
    if (verdict.allow) {
      if (deps.holdMade(event)) event.preventDefault();
      return;
    }
    // Judged by the gate of requests: sent on to the same page where it is allowed, or a document of elsewhere.
    if (event.isMainFrame && (verdict.instead !== undefined || verdict.unlessDocument === true)) return;
    event.preventDefault();
    deps.onBlocked(request, verdict);
  };

  contents.on('will-navigate', hold);
  contents.on('will-redirect', hold);
  contents.on('will-frame-navigate', hold);

  // Electron asks here whether a hand asked or not, and does not say. The protocol does: `guest.ts` leads there what a hand asked for.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};
