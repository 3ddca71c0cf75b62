/** What printing adds to the screens. */
import { defineScreens } from '../../app/define-screens.ts';
import { printingErrors, words } from './messages.ts';
import PrintListButton from './PrintListButton.svelte';
import PrintListener from './PrintListener.svelte';
import PrintScreen from './PrintScreen.svelte';
import PrintTool from './PrintTool.svelte';
import type { PrintingRoutes } from './routes.ts';

export const printingScreens = defineScreens<PrintingRoutes, 'printing'>({
  words,
  screens: { print: PrintScreen },
  help: { print: 'printing' },
  errors: {
    'printing.gone': printingErrors.printGone,
    'printing.range': printingErrors.printRange,
    'printing.nothing-chosen': printingErrors.printRange,
    'printing.allowance': printingErrors.printAllowance,
    'printing.long': printingErrors.printLong,
    'printing.busy': printingErrors.printBusy,
    'printing.no-job': printingErrors.printEnded,
  },
  slots: { sheetActions: [PrintListButton], visitTools: [PrintTool], everywhere: [PrintListener] },
});
