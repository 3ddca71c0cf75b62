/** The windows of a guest that have been shown, in that order. The last one is in front, the others are hidden. */
import type { GuestEvent } from '../port.ts';
import type { GuestWindow } from './guest-window.ts';

export interface WindowStackDeps {
  readonly emit: (event: GuestEvent) => void;
  /** Another window is in front. Resolves when it is in place and the previous one is hidden. */
  readonly onFront: (front: GuestWindow, before: GuestWindow) => Promise<void>;
}

export interface WindowStack {
  front(): GuestWindow;
  /** Does nothing for a window that is shown already, or that has no frame yet. */
  show(window: GuestWindow): void;
  /** Takes it out of sight. The one shown before it is in front again, and `then` runs once that is seen. */
  unshow(window: GuestWindow, then?: () => void): void;
  /** Emits the position of the window as the listener sees it. */
  emitPosition(window: GuestWindow, sameDocument: boolean): void;
}

export const createWindowStack = ({ emit, onFront }: WindowStackDeps, initial: GuestWindow): WindowStack => {
  const shown: GuestWindow[] = [initial];
  const front = (): GuestWindow => shown.at(-1) ?? initial;

  const emitPosition: WindowStack['emitPosition'] = (window, sameDocument) => {
    const { url, canGoBack } = window.at ?? { url: initial.at?.url ?? '', canGoBack: false };
    if (url === '') return;
    const back = window.number > 0 || canGoBack;
    const beside = window.left ? {} : { beside: true as const };
    window.left = false;
    emit({ ...window.at, kind: 'navigated', url, sameDocument, canGoBack: back, ...beside });
  };

  /** A page that has come is not awaited any more, though parts of it still load: the order tells the listener. */
  const emitState = (window: GuestWindow, loading = window.loading): void => {
    if (loading && !window.isAwaited) emit(loading);
    emitPosition(window, false);
    if (window.failed) emit(window.failed);
    else if (loading && window.isAwaited) emit(loading);
    if (window.hung) emit({ kind: 'unresponsive' });
  };

  return {
    front,
    emitPosition,
    show(window) {
      if (window.shown || !window.frame) return;
      window.cancelTimer();
      const before = front();
      window.shown = true;
      shown.push(window);
      void onFront(window, before).catch(() => undefined); // the guest is closing
      emitState(window);
    },
    unshow(window, then = () => undefined) {
      const wasFront = window === front();
      if (window.shown) shown.splice(shown.indexOf(window), 1);
      window.shown = false;
      if (!wasFront) return then();
      const now = front();
      void onFront(now, window)
        .finally(then)
        .catch(() => undefined); // the guest is closing
      emitState(now, now.loading ?? { kind: 'loading', loading: false });
    },
  };
};
