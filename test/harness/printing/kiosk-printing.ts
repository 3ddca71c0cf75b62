/** The printing feature, built as in `compose.ts`, on a given printer. Its states and counts are recorded. */
import type { Handlers, StateOf } from '../../../main/contract/define.ts';
import { printingContract, type PrintingContract } from '../../../main/contract/printing.ts';
import type { Printer } from '../../../main/devices/printer.ts';
import { rasterOf } from '../../../main/features/printing/pdf/raster.ts';
import { createPrinting, type Printing, type PrintingDeps } from '../../../main/features/printing/printing.ts';
import { asDispatched } from '../as-dispatched.ts';
import { silentLogger } from '../../../main/log/logger.ts';
import { until } from '../until.ts';
import { fastClock, realPdfDecoder, type Pace } from './kiosk-side.ts';

type State = StateOf<PrintingContract>;

type Dispatched = Omit<Printing, 'handlers'> & { readonly handlers: Handlers<PrintingContract> };

export interface TestKiosk {
  readonly printing: Dispatched;
  readonly counted: Map<string, number>;
  readonly states: State[];
  state(): State;
  /** Number of open holds on the idle timer. */
  held(): number;
  /** Opens these bytes on the print screen. */
  show(bytes: Uint8Array): Promise<State>;
  print(change?: Partial<PrintInput>): ReturnType<Dispatched['handlers']['print']>;
  ended(): Promise<NonNullable<State['job']>>;
}
type PrintInput = Parameters<Dispatched['handlers']['print']>[0];

export const testKiosk = (
  printer: Printer | undefined,
  options: Partial<Pick<PrintingDeps, 'pagesPerSession' | 'sources' | 'pdfDecoder' | 'rasterised' | 'fonts'>> & {
    times?: number | Pace;
  } = {},
): TestKiosk => {
  let current: Uint8Array | undefined;
  let count = 0;
  let held = 0;
  const counted = new Map<string, number>();
  const states: State[] = [];
  const pdfDecoder = options.pdfDecoder ?? realPdfDecoder();
  const made = createPrinting({
    clock: fastClock(options.times ?? 10),
    logger: silentLogger,
    // Parse as the state bus does: a state outside the contract is a bug of the feature.
    publish: (state) => states.push(printingContract.state.parse(state)),
    emitWanted: () => undefined,
    counts: { add: (measure, _key?, n = 1) => void counted.set(measure, (counted.get(measure) ?? 0) + n) },
    idleLocks: {
      acquire: () => {
        held += 1;
        return () => (held -= 1);
      },
    },
    printer,
    pdfDecoder,
    rasterised: options.rasterised ?? rasterOf(pdfDecoder),
    sources: options.sources ?? {
      guestPage: async () => current,
      guestAsked: async () => current,
      document: async () => current,
      sheet: async () => undefined,
    },
    fonts: options.fonts ?? (async () => undefined),
    pagesPerSession: options.pagesPerSession === undefined ? 20 : options.pagesPerSession,
    free: true,
    onPrinted: () => undefined,
    newId: () => `document-${(count += 1)}`,
  });
  const printing = { ...made, handlers: asDispatched(printingContract, made) };
  printing.begin();
  const state = (): State => states.at(-1) ?? printing.initial;
  return {
    printing,
    counted,
    states,
    state,
    held: () => held,
    async show(bytes) {
      current = bytes;
      await printing.handlers.prepare({ source: { kind: 'document', id: 'x' } });
      await until('a document or its refusal', () => !state().preparing, 30_000);
      return state();
    },
    print: (change = {}) =>
      printing.handlers.print({
        request: `request-${(count += 1)}`,
        document: state().document?.id ?? 'none',
        pages: [],
        copies: 1,
        twoSided: false,
        colour: false,
        longAgreed: false,
        ...change,
      }),
    async ended() {
      await until(
        () => `the end of the job: ${JSON.stringify(state().job)}`,
        () => state().job?.stage === 'ended',
        30_000,
      );
      const { job } = state();
      if (job === null) throw new Error('no job');
      return job;
    },
  };
};
