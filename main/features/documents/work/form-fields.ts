/** Pure: the widgets of a PDF form as the fields that a person fills in. */
import { FORM_LIMITS, type FormField, type FormValue } from '../../../contract/document-form.ts';
import type { Widget } from './form-widgets.ts';

export interface FieldOfFile {
  readonly field: FormField;
  readonly widgets: readonly Widget[];
  /** What the file stores for each option of a field that is chosen. */
  readonly stored: readonly string[];
}

const numberOrNull = (at: number): number | null => (at < 0 ? null : at);

const fieldOf = (first: Widget, widgets: readonly Widget[]): FieldOfFile => {
  const { kind, multiline, comb, maxLength, letterSize } = first;
  const stored =
    kind === 'list'
      ? first.options.map((one) => one.stored)
      : [...new Set(widgets.map(({ on }) => on).filter(Boolean))];
  // Of several boxes, pdf.js gives the value only to the one that is ticked.
  const chosen = widgets.find((one) => stored.includes(one.value))?.value ?? '';
  const value: FormValue = kind === 'text' ? first.value : numberOrNull(stored.indexOf(chosen));
  return {
    field: {
      kind,
      label: first.label.slice(0, FORM_LIMITS.label),
      value,
      boxes: widgets.map(({ page, box, on }) => ({
        page,
        ...box,
        option: kind === 'tick' || kind === 'radio' ? numberOrNull(stored.indexOf(on)) : null,
      })),
      multiline,
      comb,
      maxLength: Math.min(maxLength ?? FORM_LIMITS.letters, FORM_LIMITS.letters),
      letterSize,
      options: kind === 'list' ? first.options.map(({ shown }) => shown.slice(0, FORM_LIMITS.label)) : [],
    },
    widgets,
    stored,
  };
};

/** Nothing can be written in a form that is larger than what our screens take. */
export const fieldsOf = (widgets: readonly Widget[]): readonly FieldOfFile[] => {
  if (widgets.length > FORM_LIMITS.boxes) return [];
  const byField = new Map<string, Widget[]>();
  for (const widget of widgets) {
    // A tick without a value of its own cannot be set.
    if ((widget.kind === 'tick' || widget.kind === 'radio') && widget.on === '') continue;
    if (widget.options.length > FORM_LIMITS.options || widget.value.length > FORM_LIMITS.letters) continue;
    const key = `${widget.kind} ${widget.name || widget.id}`;
    byField.set(key, [...(byField.get(key) ?? []), widget]);
  }
  const fields = [...byField.values()].flatMap((of) => (of[0] ? [fieldOf(of[0], of)] : []));
  return fields.length > FORM_LIMITS.fields ? [] : fields;
};
