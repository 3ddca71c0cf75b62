/** `ScannerCapabilities` and `ScannerStatus` of eSCL, read. Unknown elements are ignored: makers add their own. */
import { XMLParser } from 'fast-xml-parser';
import type { ScannerDescription, ScannerFaultCode, ScanSource } from '../scanner.ts';

/** eSCL measures in 1/300 inch. */
export const UNITS_PER_MM = 300 / 25.4;

/** Entities are not expanded and no DTD is followed: the document comes from the network. */
const parser = new XMLParser({
  ignoreAttributes: true,
  removeNSPrefix: true,
  parseTagValue: false,
  processEntities: false,
  isArray: (name) =>
    [
      'ColorMode',
      'DiscreteResolution',
      'DocumentFormat',
      'DocumentFormatExt',
      'SettingProfile',
      'JobInfo',
      'JobStateReason',
      'SupportedIntent',
    ].includes(name),
});

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (node: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((here, name) => (isNode(here) ? here[name] : undefined), node);
const listAt = (node: unknown, ...path: readonly string[]): readonly unknown[] => {
  const value = at(node, ...path);
  return Array.isArray(value) ? value : value === undefined || value === '' ? [] : [value];
};
const textAt = (node: unknown, ...path: readonly string[]): string => {
  const value = at(node, ...path);
  return typeof value === 'string' ? value.trim() : '';
};
const numberAt = (node: unknown, ...path: readonly string[]): number | undefined => {
  const value = Number(textAt(node, ...path) || Number.NaN);
  return Number.isFinite(value) ? value : undefined;
};

export interface EsclCapabilities {
  readonly description: ScannerDescription;
  readonly version: string;
  /** Some firmwares know only the newer element for the format, some only the older. */
  readonly formatExt: boolean;
  readonly formats: readonly string[];
}

const root = (xml: string, name: string): Node | undefined => {
  try {
    const found = at(parser.parse(xml), name);
    return isNode(found) ? found : undefined;
  } catch {
    return undefined; // not XML: the caller says "garbled"
  }
};

export const parseCapabilities = (xml: string): EsclCapabilities | undefined => {
  const top = root(xml, 'ScannerCapabilities');
  if (!top) return undefined;
  const glass = at(top, 'Platen', 'PlatenInputCaps');
  const feeder = at(top, 'Adf', 'AdfSimplexInputCaps');
  const duplex = at(top, 'Adf', 'AdfDuplexInputCaps');
  const sources: ScanSource[] = [];
  if (glass !== undefined) sources.push('flatbed');
  if (feeder !== undefined) sources.push('feeder');
  if (duplex !== undefined) sources.push('feeder-duplex');
  const main = glass ?? feeder ?? duplex;
  if (main === undefined) return undefined;
  // Profiles may be given once for all and referred to, or in each source.
  const profiles = [
    ...listAt(main, 'SettingProfiles', 'SettingProfile'),
    ...listAt(top, 'SettingProfiles', 'SettingProfile'),
  ];
  const modes = profiles.flatMap((one) => listAt(one, 'ColorModes', 'ColorMode'));
  const only = profiles
    .flatMap((one) => listAt(one, 'SupportedResolutions', 'DiscreteResolutions', 'DiscreteResolution'))
    .map((one) => numberAt(one, 'XResolution'))
    .filter((one): one is number => one !== undefined && one > 0);
  const range = profiles
    .map((one) => at(one, 'SupportedResolutions', 'ResolutionRange', 'XResolutionRange'))
    .find(isNode);
  const formats = profiles.flatMap((one) => [
    ...listAt(one, 'DocumentFormats', 'DocumentFormatExt'),
    ...listAt(one, 'DocumentFormats', 'DocumentFormat'),
  ]);
  const colours: ('colour' | 'grey')[] = [];
  if (modes.includes('RGB24')) colours.push('colour');
  if (modes.includes('Grayscale8')) colours.push('grey');
  const dpi =
    only.length > 0
      ? { min: Math.min(...only), max: Math.max(...only), only: [...new Set(only)].sort((a, b) => a - b) }
      : { min: numberAt(range, 'Min') ?? 300, max: numberAt(range, 'Max') ?? 300 };
  return {
    version: textAt(top, 'Version') || '2.0',
    formatExt: profiles.some((one) => listAt(one, 'DocumentFormats', 'DocumentFormatExt').length > 0),
    formats: formats.filter((one): one is string => typeof one === 'string'),
    description: {
      name: textAt(top, 'MakeAndModel') || 'scanner',
      sources,
      dpi,
      colours: colours.length > 0 ? colours : ['colour'],
      widthMm: (numberAt(main, 'MaxWidth') ?? 2550) / UNITS_PER_MM,
      heightMm: (numberAt(main, 'MaxHeight') ?? 3508) / UNITS_PER_MM,
    },
  };
};

export interface EsclStatus {
  readonly state: string;
  readonly adf: string;
}

export const parseStatus = (xml: string): EsclStatus | undefined => {
  const top = root(xml, 'ScannerStatus');
  return top ? { state: textAt(top, 'State'), adf: textAt(top, 'AdfState') } : undefined;
};

const ADF_FAULTS: Readonly<Record<string, ScannerFaultCode>> = {
  ScannerAdfJam: 'jam',
  ScannerAdfMispick: 'jam',
  ScannerAdfMultipickDetected: 'jam',
  ScannerAdfHatchOpen: 'cover-open',
  ScannerAdfInputTrayFailed: 'jam',
  ScannerAdfInputTrayOverloaded: 'jam',
  ScannerAdfEmpty: 'feeder-empty',
};

/** What the status says is wrong, if it says so. An empty feeder matters only to a scan from the feeder. */
export const faultOfStatus = (status: EsclStatus, fromFeeder: boolean): ScannerFaultCode | undefined => {
  const adf = ADF_FAULTS[status.adf];
  if (adf && (fromFeeder || adf !== 'feeder-empty')) return adf;
  if (status.state === 'Stopped') return 'cover-open';
  return undefined;
};
