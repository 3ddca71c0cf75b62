/** The wipe steps for our own screens and for the clipboard. */
import type { WipeStep } from '../feature.ts';
import type { KioskView } from '../../shell/port.ts';

export interface ScreenSteps {
  /** Call when a session begins. Screens that nobody used are not reloaded. */
  used(): void;
  readonly steps: readonly WipeStep[];
}

export const createScreenSteps = (view: () => KioskView | undefined): ScreenSteps => {
  // After an interrupted run the clipboard may hold something. The screens are new in any case.
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
          screensUsed = false; // after the reload, so that a failed reload is retried
        },
        async leftovers() {
          if (screensUsed) return ['the screens were not loaded afresh'];
          return (await view()?.leftovers()) ?? [];
        },
      },
    ],
  };
};
