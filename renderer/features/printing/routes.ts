/** The screens of printing and their parameters. */
import type { PrintSource } from '../../../main/contract/printing.ts';

export interface PrintingRoutes {
  print: { source: PrintSource };
}
