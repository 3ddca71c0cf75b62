/** Draws what is written in a field. Letters that would not fit become smaller: nothing may be cut on paper. */
import {
  adjustDimsForRotation,
  defaultDropdownAppearanceProvider,
  defaultTextFieldAppearanceProvider,
  PDFHexString,
  PDFName,
  PDFString,
  PDFTextField,
  type PDFDropdown,
  type PDFFont,
} from '@cantoo/pdf-lib';

const SMALLEST = 4;
const STEP = 0.5;
/** Where the author leaves the size open: as on our screen (`FormPage.svelte`). */
const OPEN_SIZE = 12;
/** Of the height of its box, for one line. */
const OPEN_HEIGHT = 0.8;
/** Between the text and the border of its box, in points: one more than the library leaves. */
const PADDING = 2;
/** The library's, in parts of the letters' height. */
const LINE_HEIGHT = 1.2;

const LOOKS = PDFName.of('DA');
const VALUE = PDFName.of('V');
const SIZE = /(\d*\.\d+|\d+)\s+Tf/;

type Field = PDFTextField | PDFDropdown;
type Widget = ReturnType<Field['acroField']['getWidgets']>[number];

/** Font, size and colour as the author wants them. The library does not look for those that a field inherits. */
const looksOf = (field: Field, widget: Widget): string => {
  const own = widget.dict.lookup(LOOKS) ?? field.doc.context.lookup(field.acroField.getInheritableAttribute(LOOKS));
  const looks = own ?? field.doc.catalog.getAcroForm()?.dict.lookup(LOOKS);
  return looks instanceof PDFString || looks instanceof PDFHexString ? looks.decodeText() : '';
};

/** As the text sees it. */
const boxOf = (widget: Widget) => {
  const turned = widget.getAppearanceCharacteristics()?.getRotation();
  const { width, height } = adjustDimsForRotation(widget.getRectangle(), turned);
  const edges = 2 * (PADDING + (widget.getBorderStyle()?.getWidth() ?? 0));
  return { height, inside: { width: width - edges, height: height - edges } };
};

/** Each word is measured once: the library measures the rest of the text for each word, minutes for a letter. */
const measure = (font: PDFFont): ((text: string) => number) => {
  const known = new Map<string, number>();
  return (text) => {
    const width = known.get(text) ?? font.widthOfTextAtSize(text, 1);
    known.set(text, width);
    return width;
  };
};

/** Words wider than the box are broken anywhere. `width`: at the size 1. */
const linesOf = (text: string, width: number, widthOf: (text: string) => number): readonly string[] =>
  text.split('\n').flatMap((paragraph) => {
    const lines: string[] = [];
    let [line, used] = ['', 0];
    const words = paragraph.split(/(?<= )/);
    for (const piece of words.flatMap((word) => (widthOf(word.trimEnd()) > width ? [...word] : [word]))) {
      if (line !== '' && used + widthOf(piece.trimEnd()) > width) {
        lines.push(line.trimEnd());
        [line, used] = ['', 0];
      }
      line += piece;
      used += widthOf(piece);
    }
    return [...lines, line.trimEnd()];
  });

/** The text in lines, and its size. */
const layOut = (text: string, wanted: number, widget: Widget, isMultiline: boolean, font: PDFFont) => {
  const { height, inside } = boxOf(widget);
  const widthOf = measure(font);
  const at = (size: number) => {
    const lines = isMultiline ? linesOf(text, inside.width / size, widthOf) : [text];
    const fits = isMultiline
      ? lines.length * font.heightAtSize(size) * LINE_HEIGHT <= inside.height
      : widthOf(text) * size <= inside.width;
    return { lines, size, fits };
  };
  const open = isMultiline ? OPEN_SIZE : Math.min(OPEN_SIZE, height * OPEN_HEIGHT);
  let laid = at(wanted > 0 ? wanted : open);
  while (!laid.fits && laid.size > SMALLEST) laid = at(Math.max(laid.size - STEP, SMALLEST));
  return laid;
};

export const drawLetters = (field: Field, font: PDFFont): void => {
  const isText = field instanceof PDFTextField;
  const text = ((isText ? field.getText() : field.getSelected()[0]) ?? '').replaceAll(/\r\n?/g, '\n');
  const isMultiline = isText && field.isMultiline();
  /** One letter in each cell: the library fits them. */
  const isCombed = isText && field.isCombed();
  const draw = (widget: Widget) => {
    const looks = looksOf(field, widget);
    const wanted = Number(SIZE.exec(looks)?.[1] ?? 0);
    const { lines, size } = isCombed
      ? { lines: [text], size: wanted }
      : layOut(text, wanted, widget, isMultiline, font);
    const { dict } = field.acroField;
    const kept = [
      [widget.dict, LOOKS, widget.dict.get(LOOKS)],
      [dict, VALUE, dict.get(VALUE)],
    ] as const;
    widget.setDefaultAppearance(`${looks} /${font.name} ${size} Tf`);
    dict.set(VALUE, PDFHexString.fromText(lines.join('\n')));
    try {
      return isText
        ? defaultTextFieldAppearanceProvider(field, widget, font)
        : defaultDropdownAppearanceProvider(field, widget, font);
    } finally {
      // The next text begins at the author's size again, also in other programs.
      for (const [of, key, value] of kept) {
        if (value) of.set(key, value);
        else of.delete(key);
      }
    }
  };
  field.updateAppearances(font, (_, widget) => draw(widget));
};
