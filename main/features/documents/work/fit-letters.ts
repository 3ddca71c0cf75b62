/** Makes the letters of a field smaller when what is written there would not fit: nothing of it may be cut on paper. */
import { layoutMultilineText, TextAlignment, type PDFFont, type PDFTextField } from '@cantoo/pdf-lib';

const SMALLEST = 4;
const STEP = 0.5;
/** Between the text and the edges of its box, in points, as the library draws it. */
const PADDING = 2;

const SIZE = /(\d+(?:\.\d+)?|\.\d+)(\s+Tf)/;

const fits = (
  text: string,
  size: number,
  box: { width: number; height: number },
  multiline: boolean,
  font: PDFFont,
) => {
  const width = box.width - 2 * PADDING;
  if (!multiline) return font.widthOfTextAtSize(text, size) <= width;
  const bounds = { x: 0, y: 0, width, height: box.height };
  const { lines, lineHeight } = layoutMultilineText(text, {
    alignment: TextAlignment.Left,
    fontSize: size,
    font,
    bounds,
  });
  return lines.length * lineHeight <= box.height - 2 * PADDING;
};

/** A field whose author left the size open is fitted by the library. */
export const fitLetters = (field: PDFTextField, text: string, font: PDFFont): void => {
  if (field.isCombed()) return;
  for (const widget of field.acroField.getWidgets()) {
    const appearance = widget.getDefaultAppearance() ?? field.acroField.getDefaultAppearance() ?? '';
    const wanted = Number(SIZE.exec(appearance)?.[1] ?? 0);
    if (wanted <= SMALLEST) continue;
    let size = wanted;
    while (size > SMALLEST && !fits(text, size, widget.getRectangle(), field.isMultiline(), font)) size -= STEP;
    if (size < wanted) widget.setDefaultAppearance(appearance.replace(SIZE, `${Math.max(size, SMALLEST)}$2`));
  }
};
