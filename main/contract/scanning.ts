/** Scanning as the screens see it: one paper at a time, page after page. */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';

export const scanModes = ['single', 'several', 'both-sides', 'card'] as const;
export const scanMode = z.enum(scanModes);
export type ScanMode = z.output<typeof scanMode>;

/** What a scanner may do instead of giving a page; the device room says which may be tried again. */
export const scannerFaultCodes = [
  'not-found',
  'busy',
  'jam',
  'cover-open',
  'feeder-empty',
  /** The machine stopped answering in the middle: cable, power, network. */
  'unplugged',
  /** It answers, but the page never comes. */
  'no-answer',
  'garbled',
  'denied',
  'too-large',
  'unsupported',
  'program-missing',
] as const;
export type ScannerFaultCode = (typeof scannerFaultCodes)[number];

/** What the person or the agent must know when a page does not come. Each has its sentence. */
export const scanFaults = [
  ...scannerFaultCodes,
  /** The session's room for documents is full. */
  'full',
  /** The kiosk itself has a fault: it can keep no document. */
  'not-kept',
  /** Too many pages for one document. */
  'too-many',
] as const;
export const scanFault = z.enum(scanFaults);
export type ScanFault = z.output<typeof scanFault>;

export const pageFlaws = [
  'all-black',
  'too-dark',
  'blurred',
  'cut-edge',
  'finger',
  'reflection',
  'small-text',
] as const;
export const pageFlaw = z.enum(pageFlaws);
export type PageFlaw = z.output<typeof pageFlaw>;

/** Picture: `/bytes/scanning/<id>.jpg?<version>`; the version changes when the page is turned. */
export const scannedPage = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  /** `arriving`: seen already, still being made readable. */
  state: z.enum(['arriving', 'ready']),
  width: z.int().positive(),
  height: z.int().positive(),
  flaws: z.array(pageFlaw).readonly(),
  /** Was upside down or on its side; the kiosk turned it. */
  turned: z.boolean(),
  straightened: z.boolean(),
  /** The kiosk could not tell which way up it goes: it stands as it lay. */
  unsure: z.boolean(),
  /** `cropped`: more of the glass can be shown, until it is accepted. `whole`: it is shown, and can be cropped again. */
  cut: z.enum(['none', 'cropped', 'whole']),
});
export type ScannedPageView = z.output<typeof scannedPage>;

const nothing = z.strictObject({});
const page = z.strictObject({ page: z.string().min(1).max(100) });

export const scanningContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    scanner: z.discriminatedUnion('kind', [
      /** The place has no scanner, on purpose: nothing speaks of one. */
      z.strictObject({ kind: z.literal('off') }),
      /** There should be one, and none answers. */
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('looking') }),
      z.strictObject({
        kind: z.literal('ready'),
        glass: z.boolean(),
        feeder: z.boolean(),
        bothSides: z.boolean(),
        /** Where the sheet goes on the glass; from `site.yaml`, the back left corner unless told. */
        corner: z.enum(['back-left', 'back-right', 'front-left', 'front-right']),
      }),
    ]),
    /** null while nobody scans. */
    work: z
      .strictObject({
        mode: scanMode,
        stage: z.enum(['placing', 'scanning', 'looking', 'finishing', 'failed']),
        /** 0..1 of the page under way; null when the machine does not tell. */
        progress: z.number().min(0).max(1).nullable(),
        pages: z.array(scannedPage).readonly(),
        /** Blank backs that were left out; `restoreBlanks` brings them back. */
        blanks: z.int().nonnegative(),
        /** The page just scanned is to be looked at ("C'est bien" / "Recommencer"). */
        looking: z.string().nullable(),
        fault: scanFault.nullable(),
        /** Where the next sheet or side goes, when it matters: the back of the card, of the sheet. */
        next: z.enum(['front', 'back']).nullable(),
      })
      .nullable(),
  }),
  messages: {
    /** Looks for the machine again ("J'ai rallumé le scanner"). */
    look: command({ when: 'always', input: nothing, output: z.null(), errors: [] }),
    /** Begins a document; pages of an unfinished one are thrown away. */
    begin: command({ input: z.strictObject({ mode: scanMode }), output: z.null(), errors: ['scanning.no-scanner'] }),
    /** "Scanner": one page from the glass, or all the sheets of the feeder. */
    scan: command({ input: nothing, output: z.null(), errors: ['scanning.not-now', 'scanning.no-scanner'] }),
    stop: command({ input: nothing, output: z.null(), errors: [] }),
    /** "C'est bien" for the page looked at. */
    accept: command({ input: nothing, output: z.null(), errors: ['scanning.not-now'] }),
    /** "Recommencer": throws the page looked at away and waits for the sheet. */
    again: command({ input: nothing, output: z.null(), errors: ['scanning.not-now'] }),
    turn: command({ input: page, output: z.null(), errors: ['scanning.no-page'] }),
    /** "Voir la page entière", and back. */
    showWhole: command({
      input: z.strictObject({ page: z.string().min(1).max(100), whole: z.boolean() }),
      output: z.null(),
      errors: ['scanning.no-page', 'scanning.not-now'],
    }),
    move: command({
      input: z.strictObject({ page: z.string(), to: z.int().nonnegative() }),
      output: z.null(),
      errors: ['scanning.no-page'],
    }),
    remove: command({ input: page, output: z.null(), errors: ['scanning.no-page'] }),
    restoreBlanks: command({ input: nothing, output: z.null(), errors: [] }),
    /** Puts the document into the tray; answers its id and the name proposed. */
    finish: command({
      input: nothing,
      output: z.strictObject({ document: z.string(), name: z.string() }),
      errors: ['scanning.not-now', 'scanning.no-page', 'scanning.full', 'scanning.not-kept', 'scanning.failed'],
    }),
    /** Leaves without keeping anything. */
    abandon: command({ input: nothing, output: z.null(), errors: [] }),
  },
  events: {},
});
export type ScanningContract = typeof scanningContract;
