/** The screens of printing and what each needs to know. */
import type { PrintSource } from '../../../main/contract/printing.ts';

export interface PrintingRoutes {
  print: { source: PrintSource };
}
