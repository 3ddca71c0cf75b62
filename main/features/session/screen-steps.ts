/** What the end of a session undoes in our own browser and on the display: the screens, and the clipboard. */
import type { WipeStep } from '../feature.ts';
import type { KioskView } from '../../shell/port.ts';

export interface ScreenSteps {
  /** Call when somebody begins: screens that nobody used are not loaded twice. */
  used(): void;
  readonly steps: readonly WipeStep[];
}

export const createScreenSteps = (view: () => KioskView | undefined): ScreenSteps => {
  // A run that was cut short may have left the clipboard full; the screens are new either way.
  let screensUsed = false;
  return {
    used() {
      screensUsed = true;
    },
    steps: [
      {
        name: 'clipboard',
        wipe: async () => view()?.clearClipboard(),
        leftovers: async () => (await view()?.clipboardLeftovers()) ?? [],
      },
      {
        name: 'screens',
        async wipe() {
          if (!screensUsed) return;
          await view()?.reload();
          screensUsed = false; // only now: a reload that failed is tried again
        },
        async leftovers() {
          if (screensUsed) return ['the screens were not loaded afresh'];
          return (await view()?.leftovers()) ?? [];
        },
      },
    ],
  };
};
