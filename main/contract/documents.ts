/** "Mes documents": the documents of this session, and what can be done with them. */
import { z } from 'zod';
import { command, defineFeature, query } from './define.ts';
import { documentForm, FORM_LIMITS, formChange } from './document-form.ts';
import { documentKinds, type DocumentKind } from './document-kinds.ts';

export const documentKind = z.enum(Object.keys(documentKinds) as [DocumentKind, ...DocumentKind[]]);

export const documentOrigin = z.enum(['scan', 'download', 'key', 'watermark']);
export type DocumentOrigin = z.output<typeof documentOrigin>;

export const trayDocument = z.strictObject({
  id: z.string(),
  name: z.string(),
  kind: documentKind,
  origin: documentOrigin,
  format: z.enum(['pdf', 'picture']),
  pages: z.int().positive(),
  sizeBytes: z.int().nonnegative(),
  /** Its text is known, so it can be read aloud. */
  hasText: z.boolean(),
  /** Was a letter (Word, LibreOffice, plain text) and was converted to PDF: its pages may look different. */
  madeIntoPdf: z.boolean(),
  /** A form that can be filled in on the screen (`form`, `fillForm`). */
  fillable: z.boolean(),
  /** Grows with each change of its content. Part of the addresses of its pictures, or old ones would be shown. */
  edition: z.int().positive(),
  done: z.strictObject({ sent: z.boolean(), printed: z.boolean(), copied: z.boolean() }),
});
export type TrayDocument = z.output<typeof trayDocument>;

/** Why a file was not added to the tray. Each reason has a sentence on the screens. */
export const documentRefusals = [
  /** A ZIP or another bundle of files. */
  'archive',
  /** A program, a script. */
  'program',
  /** Excel, PowerPoint, Pages, Publisher…: can be neither shown nor printed here. */
  'office',
  /** A film, a sound. */
  'media',
  'unknown',
  /** A file of an archive, packed by a method that we cannot unpack. */
  'unknown-packing',
  'empty',
  'damaged',
  /** A letter with a password, which cannot be unlocked here. */
  'locked',
  /** A form that only Adobe's own program can draw. */
  'xfa',
  /** Only the cover sheet of an Adobe portfolio can be shown: its documents are files inside it. */
  'portfolio',
  /** A letter whose conversion to PDF would take too long or too much memory. */
  'too-heavy',
  /** This machine cannot convert letters to PDF. */
  'no-converter',
  /** It has more bytes than we take. */
  'too-large',
  /** It has more pixels or pages than we open, or drawing it takes too long or too much memory. */
  'too-complex',
  'full',
  /** The machine has a fault: no document can be kept. */
  'not-kept',
  'cut',
] as const;
export const documentRefusal = z.enum(documentRefusals);
export type DocumentRefusal = z.output<typeof documentRefusal>;

/** The document may be fine, but its site sends too many at the same time, or in one visit. */
export const downloadLimits = [
  'too-many-at-once',
  'too-many',
  /** Two of its documents took too long or too much memory to open. */
  'too-many-heavy',
  /** Too many documents wait for their passwords already. */
  'too-many-locked',
  /** More files than we unpack of one archive, or larger ones. */
  'archive-limit',
] as const;
export type DownloadLimit = (typeof downloadLimits)[number];

/** `no-password`: the person did not give the password of a PDF. */
export const arrivalRefusal = z.enum([...documentRefusals, ...downloadLimits, 'no-password']);
export type ArrivalRefusal = z.output<typeof arrivalRefusal>;

/** The files that were not kept for one reason. */
export const notKept = z.strictObject({
  reason: arrivalRefusal,
  /** Names of the first of them. */
  names: z.array(z.string()).readonly(),
  /** 0 where it is not known: a limit of the visit. */
  count: z.int().nonnegative(),
});
export type NotKept = z.output<typeof notKept>;

export const keyFaults = [
  'unreadable',
  /** Of a Mac, closed by a password (BitLocker, LUKS), or never formatted. */
  'unknown-format',
  'full',
  'write-protected',
  'pulled-out',
  'slow',
  /** udisks is not installed or not running. */
  'no-helper',
  /** The system does not allow the kiosk's account to open keys. */
  'not-allowed',
] as const;
export type KeyFault = (typeof keyFaults)[number];

export const keyFile = z.strictObject({
  id: z.string(),
  name: z.string(),
  /** The folders that contain it, from the top of the key; empty at the top. */
  folder: z.string(),
  /** Guessed from its name: only its bytes will tell. */
  kind: z.enum(['pdf', 'picture', 'letter', 'other']),
  sizeBytes: z.int().nonnegative(),
  /** Why it can't be taken. */
  refused: documentRefusal.nullable(),
});
export type KeyFile = z.output<typeof keyFile>;

export const usbKey = z.discriminatedUnion('kind', [
  /** The place does not allow keys. */
  z.strictObject({ kind: z.literal('off') }),
  z.strictObject({ kind: z.literal('none') }),
  /** Only keys that were in before the session. They stay closed until they are plugged in again. */
  z.strictObject({ kind: z.literal('older') }),
  z.strictObject({ kind: z.literal('opening') }),
  z.strictObject({
    kind: z.literal('ready'),
    /** All its files, including those that can't be taken. */
    files: z.array(keyFile).readonly(),
    /** The key has more files than we list. */
    more: z.boolean(),
    canWrite: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('copying'), done: z.int().nonnegative(), total: z.int().positive() }),
  /** "Vous pouvez retirer votre clé." */
  z.strictObject({ kind: z.literal('may-be-removed'), copied: z.int().nonnegative() }),
  /** `ref` is set when the machine is at fault, not the key. It is in the log too. */
  z.strictObject({ kind: z.literal('fault'), fault: z.enum(keyFaults), ref: z.string().optional() }),
]);
export type UsbKey = z.output<typeof usbKey>;

const id = z.string().min(1).max(100);
const one = z.strictObject({ id });
const nothing = z.strictObject({});

/**
 * Pictures: `/bytes/documents/<id>/thumb.jpg`, `/bytes/documents/<id>/<page>.jpg`, each with `?<edition>`. A page of a
 * form without what is written in its fields: `/bytes/documents/<id>/<page>.form.jpg`.
 */
export const documentsContract = defineFeature({
  when: 'session',
  state: z.strictObject({
    list: z.array(trayDocument).readonly(),
    usedBytes: z.int().nonnegative(),
    maxBytes: z.int().positive(),
    /** Has just arrived from a site. Offered ("ouvrir, imprimer, copier") until `dismiss`. */
    arrived: z.string().nullable(),
    /**
     * Files that could not be kept. They are added up until `dismiss`: a file that arrives next to them changes
     * nothing. Not `announced`: the person did not ask for them, so they are shown when the tray is opened.
     */
    refused: z.strictObject({ reasons: z.array(notKept).min(1).readonly(), announced: z.boolean() }).nullable(),
    /**
     * A PDF that waits for its password (`unlock`) or for `dismiss`; the next one that waits follows it. `tries`: how
     * many passwords were wrong. Not `announced`: the person did not ask for it, so it waits until they open the tray.
     */
    locked: z.strictObject({ name: z.string(), tries: z.int().nonnegative(), announced: z.boolean() }).nullable(),
    /** The name of a letter that is being converted to PDF. */
    converting: z.string().nullable(),
    /** Which of `arrived`, `locked` and `refused` is shown, for `dismiss`. */
    shown: z.string().nullable(),
    key: usbKey,
  }),
  messages: {
    rename: command({
      input: z.strictObject({ id, name: z.string().trim().min(1).max(80) }),
      output: z.null(),
      errors: ['documents.gone'],
    }),
    erase: command({ input: one, output: z.null(), errors: ['documents.gone'] }),
    /** `shown`: of the state that the person saw. Does nothing when it is something else by now. */
    dismiss: command({ input: z.strictObject({ shown: z.string().nullable() }), output: z.null(), errors: [] }),
    /** The password of the waiting PDF. It is used once and stored nowhere. */
    unlock: command({
      input: z.strictObject({ password: z.string().min(1).max(200) }),
      output: one,
      errors: ['documents.gone', 'documents.wrong-password', 'documents.refused'],
    }),
    /**
     * For a file input of a site: which documents it takes, in the order of the tray. The others have several pages,
     * and the input takes one picture.
     */
    choices: query({
      input: z.strictObject({ demarche: z.string(), accept: z.string().max(2000), multiple: z.boolean() }),
      output: z.array(z.strictObject({ id: z.string(), fits: z.boolean() })).readonly(),
      errors: [],
    }),
    /** "Écouter". Replies as `speech.listen` does, when the part `from` can be played. `of`: the indexes of pages. */
    listen: command({
      input: z.strictObject({ id, from: z.int().nonnegative() }),
      output: z.strictObject({ reading: z.string(), of: z.array(z.int().nonnegative()).min(1).readonly() }),
      errors: ['documents.gone', 'documents.no-text', 'documents.no-voice'],
    }),
    /** For a browser that has a voice when the machine has none: the text page by page. */
    texts: query({
      input: one,
      output: z.strictObject({ texts: z.array(z.string()).readonly() }),
      errors: ['documents.gone', 'documents.no-text'],
    }),
    /** Makes a new document with "Copie pour … – date" drawn into each page. */
    watermark: command({
      input: z.strictObject({ id, recipient: z.string().trim().min(2).max(60) }),
      output: one,
      // `too-long`: it has too many or too large pages.
      errors: ['documents.gone', 'documents.full', 'documents.not-kept', 'documents.too-long', 'documents.failed'],
    }),
    form: query({ input: one, output: documentForm, errors: ['documents.gone', 'documents.not-filled'] }),
    /** Writes into the document itself, and leaves what is not in `changes`. */
    fillForm: command({
      input: z.strictObject({ id, changes: z.array(formChange).max(FORM_LIMITS.fields).readonly() }),
      output: z.null(),
      errors: ['documents.gone', 'documents.full', 'documents.not-kept', 'documents.not-filled'],
    }),
    copyFromKey: command({
      input: z.strictObject({ file: id }),
      output: one,
      // The state says why a file was refused, or which one waits for a password.
      errors: ['documents.no-key', 'documents.refused', 'documents.locked'],
    }),
    copyToKey: command({
      input: z.strictObject({ ids: z.array(id).min(1).max(50).readonly() }),
      output: z.null(),
      errors: [
        'documents.gone',
        'documents.no-key',
        'documents.key-full',
        'documents.key-protected',
        'documents.key-pulled-out',
      ],
    }),
    releaseKey: command({ input: nothing, output: z.null(), errors: [] }),
  },
  events: {},
});
export type DocumentsContract = typeof documentsContract;
