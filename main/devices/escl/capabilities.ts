/** Parses eSCL `ScannerCapabilities`, source by source. Unknown elements are ignored: vendors add their own. */
import type { ScannerDescription, ScanSource } from '../scanner.ts';
import { at, listAt, numberAt, root, textAt, type XmlNode, isNode } from './xml.ts';

/** eSCL measures in 1/300 inch. */
export const UNITS_PER_MM = 300 / 25.4;

export type Dpi = ScannerDescription['dpi'] & { readonly step?: number };

/** Capabilities of one source: a feeder is often longer than the glass, with a lower resolution. */
export interface SourceCapabilities {
  readonly dpi: Dpi;
  readonly colours: readonly ('colour' | 'grey')[];
  readonly widthMm: number;
  readonly heightMm: number;
  readonly format: 'image/jpeg' | 'image/png';
  /** Some firmwares only support the newer format element, some only the older one. */
  readonly formatExt: boolean;
  /** Whether the device lists the intent `Document`: some refuse an intent that they don't list. */
  readonly intent: boolean;
  /** Share of the free width to the left of a narrower sheet: 0 on the glass, 0.5 in a feeder that centres it. */
  readonly freeLeft: number;
}

export interface EsclCapabilities {
  readonly description: ScannerDescription;
  readonly version: string;
  readonly bySource: Readonly<Partial<Record<ScanSource, SourceCapabilities>>>;
}

const USUAL_DPI = 300;

const resolutions = (profiles: readonly unknown[]): Dpi => {
  const only = profiles
    .flatMap((one) => listAt(one, 'SupportedResolutions', 'DiscreteResolutions', 'DiscreteResolution'))
    // A few devices list pairs such as 600 × 300: only square ones are usable.
    .filter((one) => (numberAt(one, 'YResolution') ?? numberAt(one, 'XResolution')) === numberAt(one, 'XResolution'))
    .map((one) => numberAt(one, 'XResolution'))
    .filter((one): one is number => one !== undefined && one > 0);
  const sorted = [...new Set(only)].sort((a, b) => a - b);
  const [min, max] = [sorted[0], sorted.at(-1)];
  if (min !== undefined && max !== undefined) return { min, max, only: sorted };
  const range = profiles
    .map((one) => at(one, 'SupportedResolutions', 'ResolutionRange'))
    .map((one) => at(one, 'XResolutionRange') ?? at(one, 'XResolution'))
    .find(isNode);
  const step = numberAt(range, 'Step');
  return {
    min: numberAt(range, 'Min') ?? USUAL_DPI,
    max: numberAt(range, 'Max') ?? USUAL_DPI,
    ...(step !== undefined && step > 1 ? { step } : {}),
  };
};

/** Feeders that say nothing hold the sheet on the left. */
const FREE_LEFT: Readonly<Record<string, number>> = { Center: 0.5, Right: 1 };

const sourceOf = (top: XmlNode, source: unknown, freeLeft = 0): SourceCapabilities => {
  // Profiles are either shared and referenced, or repeated in each source.
  const profiles = [
    ...listAt(source, 'SettingProfiles', 'SettingProfile'),
    ...listAt(top, 'SettingProfiles', 'SettingProfile'),
  ];
  const modes = profiles.flatMap((one) => listAt(one, 'ColorModes', 'ColorMode'));
  const newer = profiles.flatMap((one) => listAt(one, 'DocumentFormats', 'DocumentFormatExt'));
  const formats = [...newer, ...profiles.flatMap((one) => listAt(one, 'DocumentFormats', 'DocumentFormat'))];
  const colours: ('colour' | 'grey')[] = [];
  if (modes.includes('RGB24')) colours.push('colour');
  if (modes.includes('Grayscale8')) colours.push('grey');
  return {
    dpi: resolutions(profiles),
    colours: colours.length > 0 ? colours : ['colour'],
    widthMm: (numberAt(source, 'MaxWidth') ?? 2550) / UNITS_PER_MM,
    heightMm: (numberAt(source, 'MaxHeight') ?? 3508) / UNITS_PER_MM,
    format: formats.includes('image/png') && !formats.includes('image/jpeg') ? 'image/png' : 'image/jpeg',
    formatExt: newer.length > 0,
    intent: [
      ...listAt(source, 'SupportedIntents', 'Intent'),
      ...listAt(source, 'SupportedIntents', 'SupportedIntent'),
    ].includes('Document'),
    freeLeft,
  };
};

export const parseCapabilities = (xml: string): EsclCapabilities | undefined => {
  const top = root(xml, 'ScannerCapabilities');
  if (!top) return undefined;
  const inFeeder = FREE_LEFT[textAt(top, 'Adf', 'Justification', 'XImagePosition')] ?? 0;
  const nodes = [
    ['flatbed', at(top, 'Platen', 'PlatenInputCaps'), 0],
    ['feeder', at(top, 'Adf', 'AdfSimplexInputCaps'), inFeeder],
    ['feeder-duplex', at(top, 'Adf', 'AdfDuplexInputCaps'), inFeeder],
  ] as const;
  const found = nodes.filter(([, node]) => node !== undefined);
  const main = found[0];
  if (!main) return undefined;
  const bySource = Object.fromEntries(found.map(([source, node, freeLeft]) => [source, sourceOf(top, node, freeLeft)]));
  const { dpi, colours, widthMm, heightMm } = sourceOf(top, main[1]);
  return {
    version: textAt(top, 'Version') || '2.0',
    bySource,
    description: {
      name: textAt(top, 'MakeAndModel') || 'scanner',
      sources: found.map(([source]) => source),
      dpi: { min: dpi.min, max: dpi.max, ...(dpi.only ? { only: dpi.only } : {}) },
      colours,
      widthMm,
      heightMm,
    },
  };
};
