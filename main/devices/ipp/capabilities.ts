/** What a printer declares (Get-Printer-Attributes), read once for the whole adapter; and what we ask of it. */
import type { PrintOrder } from '../printer.ts';
import { firstBoolean, firstString, ranges, strings, type IppAttributes, type IppGroup } from './message.ts';
import type { RasterColour, SheetBack } from './pwg-raster.ts';

export type DocumentFormat =
  | { readonly kind: 'pdf'; readonly mime: 'application/pdf' }
  | {
      readonly kind: 'pwg';
      readonly mime: 'image/pwg-raster';
      readonly dpi: number;
      readonly greys: boolean;
      readonly rgb: boolean;
      readonly back: SheetBack;
    }
  | { readonly kind: 'jpeg'; readonly mime: 'image/jpeg' };

export interface Capabilities {
  readonly model: string;
  /** undefined: nothing that we can make. */
  readonly format: DocumentFormat | undefined;
  readonly media: string | undefined;
  readonly sides: ReadonlySet<string>;
  readonly colourModes: ReadonlySet<string>;
  readonly scalings: ReadonlySet<string>;
  readonly maxCopies: number;
  readonly operations: ReadonlySet<string>;
  readonly manyDocuments: boolean;
}

/** The attributes asked for: the whole set of some printers is hundreds of kilobytes. */
export const CAPABILITY_ATTRIBUTES: readonly string[] = [
  'printer-make-and-model',
  'document-format-supported',
  'pwg-raster-document-resolution-supported',
  'pwg-raster-document-type-supported',
  'pwg-raster-document-sheet-back',
  'media-supported',
  'media-ready',
  'sides-supported',
  'color-supported',
  'print-color-mode-supported',
  'print-scaling-supported',
  'copies-supported',
  'operations-supported',
  'multiple-document-jobs-supported',
];

const WANTED_DPI = 300;

/** Every operation that RFC 8011 makes a printer have: what an answer without the list means. */
const REQUIRED_OPERATIONS = ['Print-Job', 'Validate-Job', 'Cancel-Job', 'Get-Job-Attributes', 'Get-Jobs'];

const resolutionsOf = (group: IppGroup): readonly number[] =>
  (group['pwg-raster-document-resolution-supported'] ?? []).flatMap((value) => {
    if (!Array.isArray(value) || value[2] !== 'dpi' || typeof value[0] !== 'number') return [];
    return value[0] === value[1] ? [value[0]] : [];
  });

/** The resolution closest to what the eye needs, never so fine that a page weighs 100 MB. */
const pickDpi = (declared: readonly number[]): number =>
  [...declared].sort((a, b) => Math.abs(a - WANTED_DPI) - Math.abs(b - WANTED_DPI))[0] ?? WANTED_DPI;

const formatOf = (group: IppGroup): DocumentFormat | undefined => {
  const formats = new Set(strings(group, 'document-format-supported').map((format) => format.toLowerCase()));
  if (formats.has('application/pdf')) return { kind: 'pdf', mime: 'application/pdf' };
  const types = new Set(strings(group, 'pwg-raster-document-type-supported'));
  const greys = types.has('sgray_8') || types.size === 0;
  const rgb = types.has('srgb_8');
  if (formats.has('image/pwg-raster') && (greys || rgb)) {
    const back = firstString(group, 'pwg-raster-document-sheet-back');
    return {
      kind: 'pwg',
      mime: 'image/pwg-raster',
      dpi: pickDpi(resolutionsOf(group)),
      greys,
      rgb,
      back: back === 'flipped' || back === 'rotated' || back === 'manual-tumble' ? back : 'normal',
    };
  }
  return formats.has('image/jpeg') ? { kind: 'jpeg', mime: 'image/jpeg' } : undefined;
};

const mediaOf = (group: IppGroup): string | undefined => {
  const ready = strings(group, 'media-ready');
  const supported = strings(group, 'media-supported');
  const isA4 = (name: string): boolean => /^(iso_a4(_|$)|a4$|iso-a4)/i.test(name);
  // A printer that has A4 in a tray may call it by another of its names there.
  return supported.find((name) => name === 'iso_a4_210x297mm') ?? ready.find(isA4) ?? supported.find(isA4);
};

export const capabilitiesOf = (group: IppGroup): Capabilities => {
  const operations = strings(group, 'operations-supported');
  const colourModes = new Set(strings(group, 'print-color-mode-supported'));
  if (colourModes.size === 0 && firstBoolean(group, 'color-supported') === true) colourModes.add('color');
  return {
    model: firstString(group, 'printer-make-and-model') ?? '',
    format: formatOf(group),
    media: mediaOf(group),
    sides: new Set(strings(group, 'sides-supported')),
    colourModes,
    scalings: new Set(strings(group, 'print-scaling-supported')),
    maxCopies: Math.max(1, ...ranges(group, 'copies-supported').map(([, to]) => to)),
    operations: new Set(operations.length > 0 ? operations : REQUIRED_OPERATIONS),
    manyDocuments: firstBoolean(group, 'multiple-document-jobs-supported') === true,
  };
};

export const hasColour = (capabilities: Capabilities): boolean =>
  capabilities.colourModes.has('color') && (capabilities.format?.kind !== 'pwg' || capabilities.format.rgb);

export const hasTwoSides = (capabilities: Capabilities): boolean => capabilities.sides.has('two-sided-long-edge');

/** Job attributes for this order, only from what the printer declares; what it doesn't declare is left unsaid. */
export const jobAttributesFor = (order: PrintOrder, capabilities: Capabilities): IppAttributes => {
  const { media, sides, colourModes, scalings } = capabilities;
  const side = order.twoSided && sides.has('two-sided-long-edge') ? 'two-sided-long-edge' : 'one-sided';
  const colour = (order.colour ? ['color', 'auto'] : ['monochrome', 'process-monochrome', 'auto-monochrome']).find(
    (mode) => colourModes.has(mode),
  );
  // Our pages are A4 already: shrink them only if the printer can't reach the edge.
  const scaling = ['auto', 'auto-fit', 'fit'].find((name) => scalings.has(name));
  return {
    ...(order.copies > 1 ? { copies: order.copies } : {}),
    ...(media === undefined ? {} : { media }),
    ...(sides.has(side) ? { sides: side } : {}),
    ...(colour === undefined ? {} : { 'print-color-mode': colour }),
    ...(scaling === undefined ? {} : { 'print-scaling': scaling }),
  };
};

export const rasterColour = (format: DocumentFormat & { kind: 'pwg' }, wantsColour: boolean): RasterColour =>
  (wantsColour && format.rgb) || !format.greys ? 'srgb_8' : 'sgray_8';
