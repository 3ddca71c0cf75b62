/** Printing as the screens see it: the printer, what would be printed, and the progress of the job. */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';
import { printerReasons, type PrinterReason } from './printer-reasons.ts';

export {
  isBlocking,
  isOfOnePart,
  type OnePartReason,
  type PrinterReason,
  type ReasonPicture,
} from './printer-reasons.ts';

export const printerReason = z.enum(Object.keys(printerReasons) as [PrinterReason, ...PrinterReason[]]);

/**
 * Why a job ended, or never started, because of the printer. The devices decide about retries; the screens have the
 * sentences.
 */
export const printerCodes = [
  'printer.none',
  'printer.unreachable',
  'printer.slow',
  'printer.cut',
  'printer.garbage',
  'printer.server-error',
  'printer.login-wanted',
  'printer.certificate-changed',
  'printer.not-accepting',
  'printer.busy',
  /** It accepts none of the formats that we produce. */
  'printer.cannot',
  /** Its trays hold labels or photo paper only. */
  'printer.no-page-paper',
  /** The kiosk's page quota on the print server or the printer is used up. */
  'printer.quota',
  /** The printer accepted the job, then nothing moved. The job was cancelled. */
  'printer.stuck',
  'printer.format-refused',
  /** Its PDF only: the next attempt is sent in another format. */
  'printer.pdf-refused',
  'printer.option-refused',
  'printer.too-large',
  'printer.unsure',
  'printer.aborted',
  'printer.cancelled',
] as const;
export const printerCode = z.enum(printerCodes);
export type PrinterCode = z.output<typeof printerCode>;

export const printSource = z.discriminatedUnion('kind', [
  /** The current page of the open site, in the site's own print style. */
  z.strictObject({ kind: z.literal('guest-page') }),
  /** What the site itself asked to print, captured when it asked. */
  z.strictObject({ kind: z.literal('guest-asked') }),
  /** A document of the tray. */
  z.strictObject({ kind: z.literal('document'), id: z.string().min(1).max(100) }),
  /** One of our own sheets: the `papers` of a démarche, a `place`, a `tutorial`… `id` says which one. */
  z.strictObject({
    kind: z.literal('sheet'),
    sheet: z.string().min(1).max(40),
    id: z.string().max(200),
    /** The positions of the list items to leave out: what the person already has. */
    leaveOut: z.array(z.int().nonnegative()).max(40).readonly().optional(),
  }),
]);
export type PrintSource = z.output<typeof printSource>;

export const printRefusals = [
  /** The page or the document no longer exists. */
  'gone',
  /** It is not what it claims to be, or cannot be put on paper. */
  'not-printable',
  'damaged',
  'encrypted',
  /** A form that only its publisher's program can display. */
  'xfa',
  'empty',
  'too-large',
  'slow',
] as const;
export const printRefusal = z.enum(printRefusals);
export type PrintRefusal = z.output<typeof printRefusal>;

export const pageRange = z.strictObject({ from: z.int().positive(), to: z.int().positive() });
export type PageRange = z.output<typeof pageRange>;

/** The widths in pixels of the page pictures served at `/bytes/printing/<document>/<page>/<width>.png`. */
export const previewWidths = [240, 480, 960, 1440] as const;

export const jobEnd = z.enum(['done', 'sent', 'unconfirmed', 'cancelled', 'failed']);

/** Only what is known at once. Later failures of the printer are the end of the job. */
const printErrors = [
  'printing.gone',
  'printing.range',
  'printing.nothing-chosen',
  'printing.allowance',
  'printing.long',
  'printing.busy',
] as const;

export const printingContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    printer: z.strictObject({
      /** `away`: it doesn't respond. `none`: this kiosk has no printer. */
      state: z.enum(['unknown', 'ready', 'busy', 'stopped', 'away', 'none']),
      reasons: z.array(printerReason).readonly(),
      /** Why it is away. */
      code: printerCode.nullable(),
      colour: z.boolean(),
      twoSided: z.boolean(),
      maxCopies: z.int().positive(),
    }),
    /** The printer has needed attention for a while: the accueil tells people, and the agent who walks by. */
    trouble: z.boolean(),
    /** Printing costs nothing here: the screen says so. */
    free: z.boolean(),
    /** The pages of this session; null when they are not limited. */
    allowance: z.strictObject({ limit: z.int().nonnegative(), left: z.int().nonnegative() }).nullable(),
    preparing: z.boolean(),
    /** Why the last requested document can be neither shown nor printed. */
    refusal: printRefusal.nullable(),
    document: z
      .strictObject({
        id: z.string(),
        kind: z.enum(['guest-page', 'guest-asked', 'document', 'sheet']),
        pages: z.int().positive(),
        /** Pages known to be blank. They are left out unless requested. */
        blank: z.array(z.int().positive()).readonly(),
        /** Landscape pages, so that the layout is right before their pictures are drawn. */
        landscape: z.array(z.int().positive()).readonly(),
        /** The document contained scripts or other active content, which was removed. */
        cleaned: z.boolean(),
        /** From this many sides on, the person must confirm. */
        longFrom: z.int().positive(),
      })
      .nullable(),
    job: z
      .strictObject({
        stage: z.enum(['sending', 'waiting', 'printing', 'stopped', 'ended']),
        /** Sides of paper, copies included. */
        sides: z.int().positive(),
        sidesOut: z.int().nonnegative(),
        reasons: z.array(printerReason).readonly(),
        cancelling: z.boolean(),
        end: jobEnd.nullable(),
        code: printerCode.nullable(),
        retry: z.enum(['now', 'after-help', 'never']).nullable(),
        /** Nothing has changed for a while: the screen says that it takes time. */
        slow: z.boolean(),
      })
      .nullable(),
  }),
  messages: {
    /** Makes the PDF to show and print. The state then has the document or its refusal. Replaces the previous one. */
    prepare: command({
      input: z.strictObject({ source: printSource }),
      output: z.null(),
      errors: ['printing.busy'],
    }),
    /** "Imprimer". The same `request` twice is the same job, so pressing twice prints once. */
    print: command({
      input: z.strictObject({
        request: z.string().min(8).max(64),
        document: z.string(),
        /** In the order of the document. Empty means every page that isn't blank. */
        pages: z.array(pageRange).max(1000).readonly(),
        copies: z.int().min(1).max(99),
        twoSided: z.boolean(),
        colour: z.boolean(),
        /** The person confirmed a long print. */
        longAgreed: z.boolean(),
      }),
      output: z.null(),
      errors: printErrors,
    }),
    /** "Réessayer": the order of a job that failed, exactly as it was. A screen may have been covered since. */
    again: command({
      input: z.strictObject({ request: z.string().min(8).max(64) }),
      output: z.null(),
      errors: [...printErrors, 'printing.no-job'],
    }),
    /** "Arrêter". */
    cancel: command({ input: z.strictObject({}), output: z.null(), errors: ['printing.no-job'] }),
    /** After `unconfirmed`: did the pages come out? Only the person can see it. */
    confirm: command({
      input: z.strictObject({
        /** True: all of them. */
        cameOut: z.boolean(),
        /** When not all did: how many the person counted. Never less than the printer's count. */
        sides: z.int().positive().max(10_000).optional(),
      }),
      output: z.null(),
      errors: ['printing.no-job'],
    }),
    /** The person has read how the job ended. */
    acknowledge: command({ input: z.strictObject({}), output: z.null(), errors: ['printing.no-job'] }),
    /** Leaves the print screen and drops the prepared PDF. */
    close: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "Vérifier à nouveau": requests the printer's state. */
    check: command({ when: 'always', input: z.strictObject({}), output: z.null(), errors: [] }),
  },
  events: {
    /** A site called `window.print()`: the print screen should open on the guest's page. */
    wanted: z.strictObject({ source: printSource }),
  },
});
export type PrintingContract = typeof printingContract;
