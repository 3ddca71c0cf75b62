/** Stands in for the printer on a kiosk without one: people look for the button, so it stays and explains. */
import { ok } from '../../contract/result.ts';
import { printerFault, type Printer, type PrinterFault } from '../../devices/printer.ts';

const none = async (): Promise<{ readonly ok: false; readonly error: PrinterFault }> => ({
  ok: false,
  error: printerFault('printer.none'),
});

export const NO_PRINTER: Printer = {
  describe: none,
  status: none,
  submit: none,
  async *watch() {
    yield { stage: 'stopped', sidesOut: 0, reasons: [], end: { kind: 'failed', fault: printerFault('printer.none') } };
  },
  cancel: none,
  unfinished: async () => ok([]),
  forget: async () => undefined,
};
