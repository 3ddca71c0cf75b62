/** Scanning as the screens see it: one document at a time, page after page. */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';

export const scanModes = ['single', 'several', 'both-sides', 'card'] as const;
export const scanMode = z.enum(scanModes);
export type ScanMode = z.output<typeof scanMode>;

/** What a scanner may report instead of a page. The devices decide which faults allow a retry. */
export const scannerFaultCodes = [
  'not-found',
  'busy',
  'jam',
  'cover-open',
  'feeder-empty',
  /** The scanner stopped responding in the middle: cable, power, network. */
  'unplugged',
  /** It responds, but the page never comes. */
  'no-answer',
  'garbled',
  'denied',
  'too-large',
  'unsupported',
  'program-missing',
] as const;
export type ScannerFaultCode = (typeof scannerFaultCodes)[number];

/** Why a page does not come. Each fault has a sentence for the person or the agent. */
export const scanFaults = [
  ...scannerFaultCodes,
  /** The session's storage for documents is full. */
  'full',
  /** The kiosk itself has a fault: it can keep no document. */
  'not-kept',
  /** The document could not be made of the pages, which are still there. */
  'not-made',
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
  /** Nothing is written on it: most often, the sheet was laid or fed the wrong way round. */
  'blank',
] as const;
export const pageFlaw = z.enum(pageFlaws);
export type PageFlaw = z.output<typeof pageFlaw>;

/** Its picture: `/bytes/scanning/<id>.jpg?<version>`. The version changes when the page is turned. */
export const scannedPage = z.strictObject({
  id: z.string(),
  version: z.int().positive(),
  /** `arriving`: already visible, but still being processed. */
  state: z.enum(['arriving', 'ready']),
  width: z.int().positive(),
  height: z.int().positive(),
  flaws: z.array(pageFlaw).readonly(),
  /** Was upside down or on its side; the kiosk turned it. */
  turned: z.boolean(),
  straightened: z.boolean(),
  /** The kiosk could not tell which way is up, so it kept the orientation of the scan, or the accepted one. */
  unsure: z.boolean(),
  /**
   * `cropped`: the page was cropped, and the whole glass can be shown until it is accepted. `whole`: the whole glass is
   * shown, and can be cropped again.
   */
  cut: z.enum(['none', 'cropped', 'whole']),
});

const nothing = z.strictObject({});
const page = z.strictObject({ page: z.string().min(1).max(100) });

export const scanningContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    scanner: z.discriminatedUnion('kind', [
      /** The place has no scanner on purpose: the screens don't mention scanning. */
      z.strictObject({ kind: z.literal('off') }),
      /** A scanner is expected, and none responds. */
      z.strictObject({ kind: z.literal('none') }),
      z.strictObject({ kind: z.literal('looking') }),
      z.strictObject({
        kind: z.literal('ready'),
        glass: z.boolean(),
        /** The feeder reads both sides of a sheet. */
        bothSides: z.boolean(),
        /** Where the sheet goes on the glass. From `site.yaml`; the back left corner by default. */
        corner: z.enum(['back-left', 'back-right', 'front-left', 'front-right']),
      }),
    ]),
    /** null while nothing is being scanned. */
    work: z
      .strictObject({
        mode: scanMode,
        /** Where the sheets go: a pile into the feeder, others on the glass one at a time. */
        place: z.enum(['glass', 'feeder']),
        stage: z.enum(['placing', 'scanning', 'looking', 'finishing', 'failed']),
        /** The progress of the current page, 0 to 1; null when the scanner does not report it. */
        progress: z.number().min(0).max(1).nullable(),
        pages: z.array(scannedPage).readonly(),
        /** How many blank backs were left out; `restoreBlanks` brings them back. */
        blanks: z.int().nonnegative(),
        /** How many pages have been read, while the document is being made (`finishing`). */
        read: z.int().nonnegative(),
        /** The page that was just scanned and must be checked ("C'est bien" / "Recommencer"). */
        looking: z.string().nullable(),
        fault: scanFault.nullable(),
        /** The side of a card, or of a sheet with two sides, that goes on the glass next. */
        next: z.enum(['front', 'back']).nullable(),
      })
      .nullable(),
  }),
  messages: {
    /** Searches for the scanner again ("J'ai rallumé le scanner"). */
    look: command({ when: 'always', input: nothing, output: z.null(), errors: [] }),
    /** Starts a document; the pages of an unfinished one are discarded. */
    begin: command({ input: z.strictObject({ mode: scanMode }), output: z.null(), errors: ['scanning.no-scanner'] }),
    /** "Scanner": one page from the glass, or all the sheets in the feeder. */
    scan: command({ input: nothing, output: z.null(), errors: ['scanning.not-now', 'scanning.no-scanner'] }),
    stop: command({ input: nothing, output: z.null(), errors: [] }),
    /** "C'est bien" for the page being checked. When none is, shows the pages that came. */
    accept: command({ input: nothing, output: z.null(), errors: ['scanning.not-now'] }),
    /** "Recommencer", "Continuer", "Ajouter une page": discards the page being checked, if any; waits for the sheet. */
    again: command({ input: nothing, output: z.null(), errors: ['scanning.not-now'] }),
    /** "Poser sur la vitre": from now on, the sheets of this document go on the glass instead of into the feeder. */
    useGlass: command({ input: nothing, output: z.null(), errors: ['scanning.not-now'] }),
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
    /** Puts the document into the tray; replies with its id and the suggested name. */
    finish: command({
      input: nothing,
      output: z.strictObject({ document: z.string(), name: z.string() }),
      errors: ['scanning.not-now', 'scanning.no-page', 'scanning.full', 'scanning.not-kept', 'scanning.failed'],
    }),
    /** The person wants none of these pages, or has scanned none yet. */
    abandon: command({ input: nothing, output: z.null(), errors: [] }),
  },
  events: {},
});
export type ScanningContract = typeof scanningContract;
