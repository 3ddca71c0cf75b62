/** Printing as the screens see it: the machine, what would be printed, and what becomes of it. */
import { z } from 'zod';
import { command, defineFeature } from './define.ts';
import { printerReasons, type PrinterReason } from './printer-reasons.ts';

export { printerReasons, type PrinterReason, type ReasonPicture } from './printer-reasons.ts';

export const printerReason = z.enum(Object.keys(printerReasons) as [PrinterReason, ...PrinterReason[]]);

/** What ended, or never began, because of the machine. The retry rule is the device room's; the screens need the words. */
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
  /** It takes no format that we make. */
  'printer.cannot',
  /** Its trays hold labels or photo paper only. */
  'printer.no-page-paper',
  /** The pages allowed to the kiosk by the print server or the printer are used up. */
  'printer.quota',
  /** Accepted, then nothing moved any more; taken back. */
  'printer.stuck',
  'printer.format-refused',
  'printer.option-refused',
  'printer.too-large',
  'printer.unsure',
  'printer.aborted',
  'printer.cancelled',
] as const;
export const printerCode = z.enum(printerCodes);
export type PrinterCode = z.output<typeof printerCode>;

export const printSource = z.discriminatedUnion('kind', [
  /** The page of the site that is open, as the site's own print style gives it. */
  z.strictObject({ kind: z.literal('guest-page') }),
  /** What the site itself asked to print, as it was when it asked. */
  z.strictObject({ kind: z.literal('guest-asked') }),
  /** A document of the tray. */
  z.strictObject({ kind: z.literal('document'), id: z.string().min(1).max(100) }),
  /** One of our own sheets: `papers` of a démarche, a `place`, a `tutorial`… `id` says which one. */
  z.strictObject({
    kind: z.literal('sheet'),
    sheet: z.string().min(1).max(40),
    id: z.string().max(200),
    /** Lines of its list that are left out, by their place in it: what the person has already. */
    leaveOut: z.array(z.int().nonnegative()).max(40).readonly().optional(),
  }),
]);
export type PrintSource = z.output<typeof printSource>;

export const printRefusals = [
  /** The page or the document is no longer there. */
  'gone',
  /** It is not what it claims to be, or nothing that goes on paper. */
  'not-printable',
  'damaged',
  'encrypted',
  /** A form that only its publisher's own program can show. */
  'xfa',
  'empty',
  'too-large',
  'slow',
] as const;
export const printRefusal = z.enum(printRefusals);
export type PrintRefusal = z.output<typeof printRefusal>;

export const pageRange = z.strictObject({ from: z.int().positive(), to: z.int().positive() });
export type PageRange = z.output<typeof pageRange>;

/** Widths in dots of the page pictures served at `/bytes/printing/<document>/<page>/<width>.png`. */
export const previewWidths = [240, 480, 960, 1440] as const;

export const jobEnd = z.enum(['done', 'sent', 'unconfirmed', 'cancelled', 'failed']);

export const printingContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    printer: z.strictObject({
      /** `away`: it doesn't answer. `none`: this kiosk has no printer. */
      state: z.enum(['unknown', 'ready', 'busy', 'stopped', 'away', 'none']),
      reasons: z.array(printerReason).readonly(),
      /** Why it is away. */
      code: printerCode.nullable(),
      colour: z.boolean(),
      twoSided: z.boolean(),
      maxCopies: z.int().positive(),
    }),
    /** The printer has needed somebody for a while: the welcome screen says so, to people and to the agent who walks by. */
    trouble: z.boolean(),
    /** Pages of this session; null when they are not counted. */
    allowance: z.strictObject({ limit: z.int().nonnegative(), left: z.int().nonnegative() }).nullable(),
    preparing: z.boolean(),
    /** Why the last document asked for can't be shown nor printed. */
    refusal: printRefusal.nullable(),
    document: z
      .strictObject({
        id: z.string(),
        kind: z.enum(['guest-page', 'guest-asked', 'document', 'sheet']),
        pages: z.int().positive(),
        /** Pages known to have nothing on them; they are left out unless asked for. */
        blank: z.array(z.int().positive()).readonly(),
        /** Pages lying on their side, so that their picture gets its room before it is drawn. */
        landscape: z.array(z.int().positive()).readonly(),
        /** The document held a program; it was taken out. */
        cleaned: z.boolean(),
        /** From this many sides on, we ask first. */
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
        /** Nothing has changed for a while: say that it takes time. */
        slow: z.boolean(),
      })
      .nullable(),
  }),
  messages: {
    /** Makes the PDF that will be shown and printed; it comes in the state, or its refusal does. Replaces the one before. */
    prepare: command({
      input: z.strictObject({ source: printSource }),
      output: z.null(),
      errors: ['printing.busy'],
    }),
    /** "Imprimer". The same `request` twice is the same job: nothing is printed twice by pressing twice. */
    print: command({
      input: z.strictObject({
        request: z.string().min(8).max(64),
        document: z.string(),
        /** In the order of the document; empty means every page that isn't blank. */
        pages: z.array(pageRange).max(1000).readonly(),
        copies: z.int().min(1).max(99),
        twoSided: z.boolean(),
        colour: z.boolean(),
        /** The person has said yes to a long print. */
        longAgreed: z.boolean(),
      }),
      output: z.null(),
      /** Only what is known at once; what the machine answers comes as the end of the job. */
      errors: [
        'printing.gone',
        'printing.range',
        'printing.nothing-chosen',
        'printing.allowance',
        'printing.long',
        'printing.busy',
      ],
    }),
    /** "Arrêter". */
    cancel: command({ input: z.strictObject({}), output: z.null(), errors: ['printing.no-job'] }),
    /** After `unconfirmed`: did the pages come out? Answered by the only one who can see. */
    confirm: command({
      input: z.strictObject({
        /** All of them. */
        cameOut: z.boolean(),
        /** Where not all did: how many the person counted. Never less than the printer counted. */
        sides: z.int().positive().max(10_000).optional(),
      }),
      output: z.null(),
      errors: ['printing.no-job'],
    }),
    /** The person has read how the job ended. */
    acknowledge: command({ input: z.strictObject({}), output: z.null(), errors: ['printing.no-job'] }),
    /** Leaves the print screen; the prepared PDF is forgotten. */
    close: command({ input: z.strictObject({}), output: z.null(), errors: [] }),
    /** "Vérifier à nouveau": asks the printer how it is. */
    check: command({ when: 'always', input: z.strictObject({}), output: z.null(), errors: [] }),
  },
  events: {
    /** A site asked to print (`window.print()`): the print screen is to open on the guest's page. */
    wanted: z.strictObject({ source: printSource }),
  },
});
export type PrintingContract = typeof printingContract;
