/** Labels that are written on a field of several boxes. pdf.js reads only those that are written on a box. */
import { PDFDict, PDFHexString, PDFName, PDFString } from '@cantoo/pdf-lib';
import { openUnlocked } from '../conversions/locked-pdf.ts';
import { dictOf } from './fill-form.ts';
import type { Widget } from './form-widgets.ts';

const labelOfField = (box: PDFDict | undefined): string => {
  // A box with a name of its own is a field: its parent is a group of fields.
  const field = box?.has(PDFName.of('T')) ? undefined : box?.lookup(PDFName.of('Parent'));
  const label = field instanceof PDFDict ? field.lookup(PDFName.of('TU')) : undefined;
  return label instanceof PDFString || label instanceof PDFHexString ? label.decodeText().trim() : '';
};

export const withLabels = async (bytes: Uint8Array, widgets: readonly Widget[]): Promise<readonly Widget[]> => {
  if (widgets.every(({ label }) => label !== '')) return widgets;
  const pdf = await openUnlocked(bytes, '');
  return widgets.map((widget) => ({ ...widget, label: widget.label || labelOfField(dictOf(pdf, widget)) }));
};
