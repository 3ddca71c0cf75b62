/** Where a guest's page may navigate: the one policy judges Electron's three navigation events. No new windows. */
import type { GuestPolicy, GuestRequest, Verdict } from '../port.ts';
import type { Contents } from './electron-api.ts';
import type { MadeNavigation } from './made-documents.ts';

export interface NavigationGuardDeps {
  readonly policy: () => GuestPolicy | undefined;
  readonly onBlocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
  /** Called for an allowed navigation. Returns true to hold it until the type of its document is known. */
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
    // Leave these to `request-gate.ts`: it redirects to the allowed address, or lets a document of another site
    // through.
    if (verdict.unlessDocument === true || (event.isMainFrame && verdict.instead !== undefined)) return;
    event.preventDefault();
    deps.onBlocked(request, verdict);
  };

  contents.on('will-navigate', hold);
  contents.on('will-redirect', hold);
  contents.on('will-frame-navigate', hold);

  // Electron calls this without saying whether a user gesture asked for the window. CDP does say so, and `guest.ts`
  // then loads the address.
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
};
