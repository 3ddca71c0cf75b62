/** The places of a PDF form where something can be written or ticked. In the document decoder. */
import type { PDFDocumentProxy, PageViewport } from 'pdfjs-dist';

export interface Widget {
  /** Its object in the file, as pdf.js writes it: `12R`. */
  readonly id: string;
  /** Of its field. Widgets of one name show the same value. */
  readonly name: string;
  readonly kind: 'text' | 'tick' | 'radio' | 'list';
  readonly label: string;
  readonly page: number;
  /** Parts of the page's width and height, from its top left corner. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  /** Of the field; of a list, what the file stores for the chosen option. */
  readonly value: string;
  /** The value of the field when this widget is ticked. */
  readonly on: string;
  readonly multiline: boolean;
  readonly comb: boolean;
  readonly maxLength: number | null;
  readonly letterSize: number | null;
  readonly options: readonly { readonly stored: string; readonly shown: string }[];
}

/** The parts of pdf.js's annotations that we use: its types leave them open. */
interface Annotation {
  readonly id: string;
  readonly subtype: string;
  readonly fieldType?: string;
  readonly fieldName?: string;
  readonly alternativeText?: string;
  /** Also of what pdf.js cannot show: a barcode of the answers. */
  readonly hidden?: boolean;
  readonly readOnly?: boolean;
  readonly password?: boolean;
  readonly rect: readonly number[];
  readonly fieldValue?: unknown;
  readonly checkBox?: boolean;
  readonly radioButton?: boolean;
  readonly exportValue?: string;
  readonly buttonValue?: string | null;
  readonly multiLine?: boolean;
  readonly comb?: boolean;
  readonly maxLen?: number;
  readonly multiSelect?: boolean;
  readonly options?: readonly { readonly exportValue: string | null; readonly displayValue: string | null }[];
  readonly defaultAppearanceData?: { readonly fontSize?: number };
}

const kindOf = (one: Annotation): Widget['kind'] | undefined => {
  if (one.fieldType === 'Tx') return one.password ? undefined : 'text';
  if (one.fieldType === 'Ch') return one.multiSelect ? undefined : 'list';
  if (one.fieldType !== 'Btn') return undefined;
  return one.radioButton ? 'radio' : one.checkBox ? 'tick' : undefined;
};

const boxOf = (rect: readonly number[], viewport: PageViewport): Widget['box'] => {
  const [left = 0, bottom = 0, right = 0, top = 0] = rect;
  const [x1 = 0, y1 = 0] = viewport.convertToViewportPoint(left, bottom) as number[];
  const [x2 = 0, y2 = 0] = viewport.convertToViewportPoint(right, top) as number[];
  return {
    x: Math.min(x1, x2) / viewport.width,
    y: Math.min(y1, y2) / viewport.height,
    width: Math.abs(x2 - x1) / viewport.width,
    height: Math.abs(y2 - y1) / viewport.height,
  };
};

const widgetOf = (one: Annotation, page: number, viewport: PageViewport): Widget | undefined => {
  const kind = kindOf(one);
  // One without an object of its own cannot be found again when the form is filled in.
  if (one.subtype !== 'Widget' || !kind || !/^\d+R\d*$/.test(one.id)) return undefined;
  if (one.readOnly || one.hidden) return undefined;
  const box = boxOf(one.rect, viewport);
  const onPage = box.width > 0 && box.height > 0 && box.x < 1 && box.y < 1 && box.x + box.width > 0 && box.y + box.height > 0; // prettier-ignore
  if (!onPage) return undefined;
  const value: unknown = Array.isArray(one.fieldValue) ? one.fieldValue[0] : one.fieldValue;
  const letters = one.defaultAppearanceData?.fontSize ?? 0;
  return {
    id: one.id,
    name: one.fieldName ?? '',
    kind,
    label: one.alternativeText?.trim() ?? '',
    page,
    box,
    value: typeof value === 'string' && !(kind === 'tick' && value === 'Off') ? value : '',
    on: (kind === 'radio' ? one.buttonValue : one.exportValue) ?? '',
    multiline: one.multiLine ?? false,
    comb: (one.comb ?? false) && (one.maxLen ?? 0) > 0,
    maxLength: one.maxLen ? one.maxLen : null,
    letterSize: letters > 0 ? letters / viewport.width : null,
    options: (one.options ?? []).map(({ exportValue, displayValue }) => ({
      stored: exportValue ?? displayValue ?? '',
      shown: displayValue ?? exportValue ?? '',
    })),
  };
};

/** In the order of the file, which is the order of the Tab key in other programs. */
export const readWidgets = async (pdf: PDFDocumentProxy): Promise<readonly Widget[]> => {
  const widgets: Widget[] = [];
  for (let number = 1; number <= pdf.numPages; number += 1) {
    const page = await pdf.getPage(number);
    const viewport = page.getViewport({ scale: 1 });
    for (const one of (await page.getAnnotations()) as readonly Annotation[]) {
      const widget = widgetOf(one, number, viewport);
      if (widget) widgets.push(widget);
    }
    page.cleanup();
  }
  return widgets;
};
