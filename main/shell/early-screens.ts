/**
 * Our screens load before anybody has the view to answer them with, on Chromium even while the configuration is still being read:
 * what they say meanwhile is kept, in order, for whoever will answer them.
 */
import type { KioskViewOptions } from './port.ts';

export interface EarlyScreens {
  /** What their view is opened with. */
  readonly options: KioskViewOptions;
  /** From now on they are heard; first what was kept. */
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
