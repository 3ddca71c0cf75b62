/**
 * Our screens load before the caller can answer them; on Chromium, even while the configuration is still being read.
 * Their messages are buffered, in order, until the caller is ready.
 */
import type { KioskViewOptions } from './port.ts';

export interface EarlyScreens {
  /** The options to open their view with. */
  readonly options: KioskViewOptions;
  /** Replays the buffered messages, then delivers new ones. */
  hear(by: KioskViewOptions): void;
}

export const createEarlyScreens = ({ serve, window }: Pick<KioskViewOptions, 'serve' | 'window'>): EarlyScreens => {
  let listener: KioskViewOptions | undefined;
  const kept: ((by: KioskViewOptions) => void)[] = [];
  const tell = (what: (by: KioskViewOptions) => void): void => {
    if (listener) what(listener);
    else kept.push(what);
  };
  return {
    options: {
      serve: (path) => (listener ?? { serve }).serve(path),
      onMessage: (text) => tell((by) => by.onMessage(text)),
      onReady: () => tell((by) => by.onReady()),
      onClosed: () => tell((by) => by.onClosed()),
      ...(window ? { window } : {}),
    },
    hear(by) {
      listener = by;
      for (const what of kept.splice(0)) what(by);
    },
  };
};
