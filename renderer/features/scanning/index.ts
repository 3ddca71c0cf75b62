/** What scanning adds to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import type { StateMirror } from '../../client/kiosk-state.svelte.ts';
import { errorMessages } from '../../client/messages.ts';
import { scanningErrors, scanningMessages, words } from './messages.ts';
import type { ScanningRoutes } from './routes.ts';
import ScanScreen from './ScanScreen.svelte';

/** Pages that the person scanned and left before keeping them. */
const pagesToKeep = (mirror: StateMirror): number => mirror.of('scanning').work?.pages.length ?? 0;

export const scanningScreens = defineScreens<ScanningRoutes, 'scanning'>({
  words,
  screens: { scan: ScanScreen },
  help: { scan: 'scanning' },
  errors: {
    'scanning.no-scanner': scanningErrors.noScanner,
    'scanning.not-now': scanningErrors.scanNotNow,
    'scanning.no-page': scanningErrors.scanNoPage,
    'scanning.full': errorMessages.documentsFull,
    'scanning.not-kept': errorMessages.machineFault,
    'scanning.failed': scanningErrors.scanFailed,
  },
  slots: {
    wideButtons: [
      {
        icon: 'scan',
        label: scanningMessages.scanOne,
        press: (router) => router.go('scan', { after: 'documents' }),
        uses: () => ['scan'],
        shown: ({ mirror }) => mirror.of('scanning').scanner.kind !== 'off' && pagesToKeep(mirror) === 0,
      },
      {
        icon: 'pile',
        label: scanningMessages.unfinished,
        press: (router) => router.go('scan', { after: 'documents' }),
        uses: () => ['scan'],
        shown: ({ mirror }) => pagesToKeep(mirror) > 0,
      },
    ],
  },
});
