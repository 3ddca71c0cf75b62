/** The fields of a PDF form, for the screen on which a person fills them in. */
import { z } from 'zod';

/** Forms with more than these are shown and printed, and not filled in on the screen. */
export const FORM_LIMITS = { fields: 1_000, boxes: 2_000, options: 500, letters: 5_000, label: 300 } as const;

/** Where a field is drawn: as parts of the page's width and height, from its top left corner. */
const formBox = z.strictObject({
  page: z.int().positive(),
  x: z.number(),
  y: z.number(),
  width: z.number(),
  height: z.number(),
  /** What this box chooses, in a field that is ticked. */
  option: z.int().nonnegative().nullable(),
});
export type FormBox = z.output<typeof formBox>;

/** The text of a field that is written; the number of the option of one that is chosen; null when nothing is chosen. */
export const formValue = z.union([z.string().max(FORM_LIMITS.letters), z.int().nonnegative(), z.null()]);
export type FormValue = z.output<typeof formValue>;

export const formField = z.strictObject({
  /** `tick`: one box or several, of which at most one is ticked. `radio`: once one is chosen, one stays chosen. */
  kind: z.enum(['text', 'tick', 'radio', 'list']),
  /** As its author explains it; often empty. */
  label: z.string(),
  value: formValue,
  boxes: z.array(formBox).min(1).readonly(),
  /** Of a text. */
  multiline: z.boolean(),
  /** One letter in each of `maxLength` equal cells. */
  comb: z.boolean(),
  /** Of a text: the most letters. */
  maxLength: z.int().positive().max(FORM_LIMITS.letters),
  /** Size of its letters in parts of the page's width; null when they are fitted to the box. */
  letterSize: z.number().positive().nullable(),
  /** Of a list, as they are shown. */
  options: z.array(z.string()).readonly(),
});
export type FormField = z.output<typeof formField>;

export const documentForm = z.strictObject({
  /** Width and height of each page, in points. */
  pages: z.array(z.strictObject({ width: z.number().positive(), height: z.number().positive() })).readonly(),
  /** Known by their place in this list. */
  fields: z.array(formField).readonly(),
});
export type DocumentForm = z.output<typeof documentForm>;

export const formChange = z.strictObject({ field: z.int().nonnegative(), value: formValue });
export type FormChange = z.output<typeof formChange>;
