/**
 * Writes into the fields of a PDF form. In the document decoder. pdf.js can write them too, but only in the fonts that
 * the form names: where one lacks a letter, or where the file describes it twice, names come out without their accents.
 * With `@cantoo/pdf-lib` they are written in Liberation Sans, whatever the form names.
 */
import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFRef,
  PDFSignature,
  PDFTextField,
  PDFDropdown,
  PDFOptionList,
  type PDFAcroForm,
  type PDFDocument,
  type PDFField,
  type PDFFont,
  type PDFForm,
} from '@cantoo/pdf-lib';
import type { FormChange, FormValue } from '../../../contract/document-form.ts';
import { europeanLetters, type EuropeanLetters } from '../../../pdf/european-letters.ts';
import { openUnlocked } from '../conversions/locked-pdf.ts';
import { drawLetters } from './draw-letters.ts';
import type { FieldOfFile } from './form-fields.ts';
import type { Widget } from './form-widgets.ts';

/** Adobe's own copy of the form, which would be shown instead of ours, and its rights, which end with any change. */
const dropAdobesParts = ({ catalog }: PDFDocument): void => {
  catalog.getAcroForm()?.dict.delete(PDFName.of('XFA'));
  catalog.delete(PDFName.of('Perms'));
};

const KIDS = PDFName.of('Kids');
const OFF = PDFName.of('Off');
const VALUE = PDFName.of('V');

type Fields = ReadonlyMap<PDFDict, PDFField>;

const fieldsByWidget = (form: PDFForm): Fields =>
  new Map(
    form.getFields().flatMap((field) => field.acroField.getWidgets().map((widget) => [widget.dict, field] as const)),
  );

const refOf = ({ id }: Widget): PDFRef => {
  const [number = '', generation = ''] = id.split('R');
  return PDFRef.of(Number(number), Number(generation || 0));
};

export const dictOf = (pdf: PDFDocument, widget: Widget): PDFDict | undefined => {
  const object = pdf.context.lookup(refOf(widget));
  return object instanceof PDFDict ? object : undefined;
};

/** Adds a field to the list of its parent, and so on up to the list of the form. */
const list = (form: PDFAcroForm, ref: PDFRef): void => {
  const { context } = form.dict;
  const above = context.lookup(ref, PDFDict).get(PDFName.of('Parent'));
  const parent = above instanceof PDFRef ? context.lookup(above, PDFDict) : undefined;
  if (parent && !parent.has(KIDS)) parent.set(KIDS, context.obj([]));
  const listed = parent ? parent.lookup(KIDS, PDFArray) : form.normalizedEntries().Fields;
  if (listed.indexOf(ref) === undefined) listed.push(ref);
  if (above instanceof PDFRef) list(form, above);
};

/** pdf.js also shows fields that are on a page and in no list. The library finds only those that are in one. */
const findFields = (pdf: PDFDocument, form: PDFForm, widgets: readonly Widget[]): Fields => {
  const known = fieldsByWidget(form);
  const unlisted = widgets.filter((widget) => {
    const dict = dictOf(pdf, widget);
    return dict && !known.has(dict);
  });
  if (unlisted.length === 0) return known;
  for (const widget of unlisted) list(form.acroForm, refOf(widget));
  return fieldsByWidget(form);
};

const tick = (field: PDFField, ticked: ReadonlySet<PDFDict>): void => {
  let value = OFF;
  for (const widget of field.acroField.getWidgets()) {
    const on = ticked.has(widget.dict) ? widget.getOnValue() : undefined;
    widget.setAppearanceState(on ?? OFF);
    if (on) value = on;
  }
  field.acroField.dict.set(VALUE, value);
};

const writeText = (field: PDFTextField, wanted: string, { font, clean }: EuropeanLetters): void => {
  const text = clean(wanted);
  // Other programs take 0 as no limit. The library takes it as no letters.
  if (field.getMaxLength() === 0) field.removeMaxLength();
  field.setText(text.slice(0, field.getMaxLength()));
  drawLetters(field, font);
};

const choose = (
  field: PDFDropdown | PDFOptionList,
  option: number,
  stored: string | undefined,
  font: PDFFont,
): void => {
  const shown = field.getOptions()[option];
  if (shown === undefined || stored === undefined) field.clear();
  else field.select(shown);
  if (field instanceof PDFDropdown) drawLetters(field, font);
  else field.updateAppearances(font);
  // Readers may prefer the numbers of the lines to the value.
  field.acroField.dict.delete(PDFName.of('I'));
  // The library stores what it shows.
  if (stored !== undefined) field.acroField.dict.set(VALUE, PDFHexString.fromText(stored));
};

const write = (pdf: PDFDocument, known: Fields, of: FieldOfFile, value: FormValue, letters: EuropeanLetters): void => {
  const option = typeof value === 'number' ? value : -1;
  const dicts = of.widgets.map((widget) => ({ widget, dict: dictOf(pdf, widget) }));
  const ticked = new Set(dicts.flatMap(({ widget, dict }) => (dict && widget.on === of.stored[option] ? [dict] : [])));
  const fields = new Set(dicts.flatMap(({ dict }) => (dict && known.get(dict)) ?? []));
  for (const field of fields) {
    if (field instanceof PDFTextField) writeText(field, typeof value === 'string' ? value : '', letters);
    else if (field instanceof PDFDropdown || field instanceof PDFOptionList)
      choose(field, option, of.stored[option], letters.font);
    else tick(field, ticked);
  }
};

const isSigned = (fields: readonly PDFField[]): boolean =>
  fields.some((field) => field instanceof PDFSignature && field.acroField.dict.has(VALUE));

/** Whether `fillForm` would write into this file: a change would void a signature. */
export const canBeFilled = async (bytes: Uint8Array): Promise<boolean> => {
  try {
    const pdf = await openUnlocked(bytes, '');
    dropAdobesParts(pdf);
    return !isSigned(pdf.getForm().getFields());
  } catch {
    return false; // pdf.js shows files that this library cannot read: they are printed as before
  }
};

/** Throws when the library cannot read the file. */
export const fillForm = async (
  bytes: Uint8Array,
  fields: readonly FieldOfFile[],
  changes: readonly FormChange[],
): Promise<Uint8Array> => {
  const pdf = await openUnlocked(bytes, '');
  dropAdobesParts(pdf);
  const letters = await europeanLetters(pdf);
  const form = pdf.getForm();
  const known = findFields(
    pdf,
    form,
    fields.flatMap(({ widgets }) => widgets),
  );
  for (const { field, value } of changes) {
    const of = fields[field];
    if (of) write(pdf, known, of, value, letters);
  }
  // A reader that draws all fields itself would do it in the form's fonts.
  if (form.acroForm.dict.lookup(PDFName.of('NeedAppearances'))?.toString() === 'true') {
    const drawn = [...new Set(known.values())].map((field) => drawAgain(field, letters));
    if (drawn.every(Boolean)) form.acroForm.dict.delete(PDFName.of('NeedAppearances'));
  }
  return pdf.save({ updateFieldAppearances: false, objectsPerTick: Infinity });
};

/** False when the form has something there that we cannot draw, like letters that we lack: it stays as it was. */
const drawAgain = (field: PDFField, letters: EuropeanLetters): boolean => {
  try {
    if (field instanceof PDFTextField) {
      if (!letters.has(field.getText() ?? '')) return false;
      drawLetters(field, letters.font);
    } else if (field instanceof PDFDropdown) {
      const [stored] = field.getSelected();
      const option = field.acroField.getOptions().findIndex(({ value }) => value.decodeText() === stored);
      if (!letters.has(field.getOptions()[option] ?? stored ?? '')) return false;
      // What is stored is not always what is shown.
      if (option < 0) drawLetters(field, letters.font);
      else choose(field, option, stored, letters.font);
    }
    return true;
  } catch {
    return false; // such as more letters than cells
  }
};
