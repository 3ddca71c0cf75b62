/** What the windows of a guest do at the same time, reported as if they were one page. */
import type { Clock } from '../../platform/clock.ts';
import type { GuestEvent } from '../port.ts';
import type { GuestWindow } from './guest-window.ts';

export interface WindowsActivity {
  /** False: the event is about something else. */
  handleEvent(window: GuestWindow, event: GuestEvent): boolean;
  /** Another document has come in this window. */
  newDocument(window: GuestWindow): void;
  gone(window: GuestWindow): void;
}

export const trackActivity = (clock: Clock, emit: (event: GuestEvent) => void): WindowsActivity => {
  /** Several windows may send or play: only the first start and the last end are reported. */
  const underWay = { sending: new Set<GuestWindow>(), media: new Set<GuestWindow>() };
  const report = (kind: 'sending' | 'media', window: GuestWindow, goesOn: boolean): void => {
    const those = underWay[kind];
    const before = those.size > 0;
    if (goesOn) those.add(window);
    else those.delete(window);
    if (those.size > 0 === before) return;
    emit(kind === 'sending' ? { kind, sending: goesOn } : { kind, playing: goesOn });
  };
  /** When the person last typed into a page that still holds it: what another window sends is not that text. */
  const written = new Map<GuestWindow, number>();
  return {
    handleEvent(window, event) {
      switch (event.kind) {
        case 'sending':
          report('sending', window, event.sending);
          return true;
        case 'media':
          report('media', window, event.playing);
          return true;
        case 'sent':
          if ((written.get(window) ?? 0) <= event.requestedMs) written.delete(window);
          if (written.size === 0) emit(event);
          return true;
        case 'written':
          written.set(window, clock.monotonicMs());
          emit(event);
          return true;
        default:
          return false;
      }
    },
    newDocument: (window) => void written.delete(window),
    gone(window) {
      written.delete(window);
      for (const kind of ['sending', 'media'] as const) report(kind, window, false);
    },
  };
};
