/** Interprets a driver's options: which of its values mean the glass, the feeder, duplex, colour, grey. */
import type { ScannerDescription, ScanSource } from '../scanner.ts';
import type { SaneOption, SaneOptionList } from './option-list.ts';

export type Colour = 'colour' | 'grey';

/** The option that turns duplex on, in addition to choosing the feeder. */
export interface DuplexOption {
  readonly name: string;
  readonly on: string;
  readonly off: string;
}

export const activeOption = (options: SaneOptionList, ...names: readonly string[]): SaneOption | undefined =>
  names.map((name) => options.get(name)).find((option) => option?.state === 'active');

/** Sources never used: slides and negatives, the back of a sheet alone, card slots, and a choice left to the driver. */
const NO_SOURCE = /transparen|negative|positive|slide|film|\btpu|\btma|\bcard\b|carrier|^auto$|^(?:adf )?back$/i;
const SOURCES: readonly (readonly [ScanSource, RegExp])[] = [
  ['feeder-duplex', /duplex|both sides|front and back|double|two.?sided/i],
  ['feeder', /adf|feeder|front|sheet|simplex/i],
  // One Canon driver prints "Flatben"; avision and plustek call the glass "Normal".
  ['flatbed', /flat|glass|platen|normal|document table/i],
];

/** The first value of the driver for each meaning. */
const firstWords = <T extends string>(
  option: SaneOption | undefined,
  never: RegExp,
  meanings: readonly (readonly [T, RegExp])[],
): Readonly<Partial<Record<T, string>>> => {
  const found: Partial<Record<T, string>> = {};
  for (const word of option?.kind === 'words' ? option.words : []) {
    const match = never.test(word) ? undefined : meanings.find(([, pattern]) => pattern.test(word));
    if (match) found[match[0]] ??= word;
  }
  return found;
};

export const sourceWords = (option: SaneOption | undefined) => firstWords(option, NO_SOURCE, SOURCES);

/** More than 8 bits a sample doubles the data for no visible gain; "automatic" may change from page to page. */
const NO_MODE = /(?:12|14|16|36|42|48).?bit|^auto|infrared|rgbi|dither|diffusion|halftone|lineart|black|binary/i;
const COLOURS: readonly (readonly [Colour, RegExp])[] = [
  ['colour', /colou?r/i],
  ['grey', /gr[ae]y/i],
];

export const modeWords = (option: SaneOption | undefined) => firstWords(option, NO_MODE, COLOURS);

/** `adf_mode` is the older spelling. Some drivers list duplex as a value, some have a switch. */
const DUPLEX_NAMES = ['adf-mode', 'adf_mode', 'duplex'] as const;

/** Even if inactive: several drivers activate it once the feeder is chosen. */
const anyDuplexOption = (options: SaneOptionList): SaneOption | undefined =>
  DUPLEX_NAMES.map((name) => options.get(name)).find((option) => option !== undefined && option.state !== 'fixed');

export const duplexOption = (options: SaneOptionList): DuplexOption | undefined => {
  const option = activeOption(options, ...DUPLEX_NAMES);
  if (option?.kind === 'switch') return { name: option.name, on: 'yes', off: 'no' };
  if (option?.kind !== 'words') return undefined;
  const on = option.words.find((word) => /duplex|both|double/i.test(word));
  const off = option.words.find((word) => /simplex|single|none|off/i.test(word));
  return on === undefined || off === undefined ? undefined : { name: option.name, on, off };
};

/** Whether the feeder must be selected first for the driver to report duplex. */
export const asksAboutDuplex = (options: SaneOptionList): boolean => {
  const words = sourceWords(options.get('source'));
  return words.feeder !== undefined && words['feeder-duplex'] === undefined && anyDuplexOption(options) !== undefined;
};

const resolutionOf = (option: SaneOption | undefined): ScannerDescription['dpi'] => {
  if (option?.kind === 'range') return { min: Math.max(option.min, 1), max: option.max };
  const only = (
    option?.kind === 'list' ? option.numbers : option?.kind === 'words' ? option.words.map(Number.parseFloat) : []
  ).filter((dpi) => dpi > 0);
  const [first] = only;
  if (first === undefined) return { min: 300, max: 300, only: [300] };
  const [min, max] = only.reduce(([least, most], dpi) => [Math.min(least, dpi), Math.max(most, dpi)], [first, first]);
  return { min, max, only };
};

/** The largest length in millimetres; drivers that measure in pixels don't report it before the resolution is set. */
const edge = (options: SaneOptionList, names: readonly string[], otherwise: number): number =>
  Math.max(
    ...names
      .map((name) => options.get(name))
      .map((option) => (option?.kind === 'range' && option.unit === 'mm' ? option.max : 0)),
  ) || otherwise;

/** `underFeeder`: the options with the feeder selected, if `asksAboutDuplex`. */
export const describeSane = (
  name: string,
  options: SaneOptionList,
  underFeeder: SaneOptionList | undefined,
): ScannerDescription => {
  const source = options.get('source');
  const words = sourceWords(source);
  // If the source can't be set, only the current one is available.
  const settable = source?.state === 'active';
  const found = (['flatbed', 'feeder', 'feeder-duplex'] as const).filter((one) => words[one] !== undefined);
  const sources = settable || found.length < 2 ? found : found.slice(0, 1);
  const hasDuplexOption = duplexOption(underFeeder ?? options) !== undefined;
  if (hasDuplexOption && words.feeder !== undefined && !sources.includes('feeder-duplex') && sources.includes('feeder'))
    sources.push('feeder-duplex');
  const modes = modeWords(options.get('mode'));
  const colours = (['colour', 'grey'] as const).filter((one) => modes[one] !== undefined);
  return {
    name,
    sources: sources.length > 0 ? sources : ['flatbed'],
    dpi: resolutionOf(options.get('resolution') ?? options.get('x-resolution')),
    colours: colours.length > 0 ? colours : options.has('gray') ? ['colour', 'grey'] : ['colour'],
    widthMm: edge(options, ['x', 'page-width', 'pagewidth'], 215.9),
    heightMm: edge(options, ['y', 'page-height', 'pageheight'], 297),
  };
};
