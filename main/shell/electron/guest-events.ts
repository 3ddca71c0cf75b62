/**
 * Turns the events of Electron and CDP into those of the port: each one is reported once, and logged without addresses.
 */
import type { Logger } from '../../log/logger.ts';
import type { GuestEvent, GuestRequest, Verdict } from '../port.ts';

export interface GuestEventsDeps {
  readonly logger: Logger;
  readonly emit: (event: GuestEvent) => void;
  /** A page that waits in a dialog counts as unresponsive to Electron, but nothing is wrong. */
  readonly dialogOpen: () => boolean;
}

export interface GuestEvents {
  readonly emit: (event: GuestEvent) => void;
  readonly blocked: (request: GuestRequest, verdict: Verdict & { readonly allow: false }) => void;
  readonly refused: (what: string) => void;
  readonly crashed: boolean;
  /** No event is emitted after this call. */
  stop(): void;
}

const withoutFragment = (url: string): string => url.split('#', 1)[0] ?? url;

export const createGuestEvents = ({ logger, emit, dialogOpen }: GuestEventsDeps): GuestEvents => {
  let stopped = false;
  let crashed = false;
  let hung = false;
  let blockedUrl: string | undefined;

  const wanted = (event: GuestEvent): boolean => {
    switch (event.kind) {
      case 'load-failed': // a request that we blocked also fails, and was reported already
        return withoutFragment(event.url) !== blockedUrl;
      case 'navigated':
        blockedUrl = undefined;
        return true;
      case 'unresponsive': {
        if (hung || dialogOpen()) return false;
        hung = true;
        return true;
      }
      case 'responsive': {
        const was = hung;
        hung = false;
        return was;
      }
      case 'crashed': {
        if (crashed) return false;
        crashed = true;
        return true;
      }
      default:
        return true;
    }
  };
  const tell = (event: GuestEvent): void => {
    if (!stopped && wanted(event)) emit(event);
  };

  return {
    emit: tell,
    blocked(request, verdict) {
      if (request.kind !== 'main-frame') {
        logger.log('guest.request-refused', { reason: verdict.reason, what: request.kind });
        return;
      }
      blockedUrl = withoutFragment(request.url);
      tell({ kind: 'blocked', url: request.url, reason: verdict.reason });
    },
    refused(what) {
      tell({ kind: 'permission-refused', what });
    },
    get crashed() {
      return crashed;
    },
    stop() {
      stopped = true;
    },
  };
};
