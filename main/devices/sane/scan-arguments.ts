/**
 * Builds the arguments of `scanimage` for a scan: only options and values that the driver offers, in an order where no
 * option resets an earlier one. `scanimage` sets options in the order given, except `-l -t -x -y`, which it applies
 * last.
 */
import type { ScanSettings } from '../scanner.ts';
import type { SaneOption, SaneOptionList } from './option-list.ts';
import { activeOption, duplexOption, modeWords, sourceWords } from './options.ts';

const MM_PER_INCH = 25.4;
/** Below this many pixels, a driver that measures in pixels really printed another unit: leave its area alone. */
const LEAST_DOTS = 100;

const setting = (name: string, value: string | number): string => `--${name}=${value}`;
const tidy = (value: number): number => Number(value.toFixed(4));

/** The nearest valid value, not below the wanted one if possible, so that no edge is cut. */
const onScale = (wanted: number, { min, max, step }: { min: number; max: number; step: number }): number => {
  if (wanted <= min) return min;
  if (wanted >= max) return max;
  if (step <= 0) return wanted;
  const above = min + Math.ceil((wanted - min) / step - 1e-6) * step;
  return above <= max ? above : above - step;
};

/** Arguments that select this source. Used alone to query the options under it. */
export const sourceArguments = (options: SaneOptionList, source: ScanSettings['source']): readonly string[] => {
  const words = sourceWords(activeOption(options, 'source'));
  const word = words[source] ?? (source === 'feeder-duplex' ? words.feeder : undefined);
  return word === undefined ? [] : [setting('source', word)];
};

export const modeArguments = (options: SaneOptionList, colour: ScanSettings['colour']): readonly string[] => {
  const words = modeWords(activeOption(options, 'mode'));
  const word = words[colour] ?? words.colour ?? words.grey;
  if (word !== undefined) return [setting('mode', word)];
  // One old Umax driver has a `gray` switch instead.
  return activeOption(options, 'gray')?.kind === 'switch' ? [setting('gray', colour === 'grey' ? 'yes' : 'no')] : [];
};

const feederArguments = (options: SaneOptionList, source: ScanSettings['source']): readonly string[] => {
  const duplex = duplexOption(options);
  const current = duplex && options.get(duplex.name)?.current;
  const wanted = source === 'feeder-duplex' ? duplex?.on : duplex?.off;
  return [
    ...(duplex && wanted !== undefined && wanted !== current ? [setting(duplex.name, wanted)] : []),
    // Without it, hpaio keeps scanning the empty glass after the last sheet.
    ...(source !== 'flatbed' && activeOption(options, 'batch-scan') ? [setting('batch-scan', 'yes')] : []),
  ];
};

const depthArguments = (options: SaneOptionList): readonly string[] => {
  const depth = activeOption(options, 'depth');
  return depth?.kind === 'list' && depth.numbers.includes(8) && depth.current !== '8' ? [setting('depth', 8)] : [];
};

/** Options to turn off: waiting for a button on the device, and low-quality previews. */
const UNWANTED = ['button-controlled', 'wait-for-button', 'preview'];
const unwantedArguments = (options: SaneOptionList): readonly string[] =>
  UNWANTED.filter((name) => activeOption(options, name)?.kind === 'switch' && options.get(name)?.current === 'yes').map(
    (name) => setting(name, 'no'),
  );

interface Resolution {
  readonly dpi: number;
  readonly args: readonly string[];
}

const nearest = (numbers: readonly number[], wanted: number): number | undefined => {
  const sorted = [...numbers].filter((one) => one > 0).sort((a, b) => a - b);
  return sorted.find((one) => one >= wanted) ?? sorted.at(-1);
};

const resolutionOn = (option: SaneOption, wanted: number): { dpi: number; printed: string } | undefined => {
  if (option.kind === 'range') {
    const dpi = tidy(onScale(wanted, option));
    return { dpi, printed: String(dpi) };
  }
  if (option.kind === 'list') {
    const dpi = nearest(option.numbers, wanted);
    return dpi === undefined ? undefined : { dpi, printed: String(dpi) };
  }
  if (option.kind !== 'words') return undefined;
  const dpi = nearest(option.words.map(Number.parseFloat), wanted);
  const printed = option.words.find((word) => Number.parseFloat(word) === dpi);
  return dpi === undefined || printed === undefined ? undefined : { dpi, printed };
};

/** The current value, for a driver whose resolution is fixed. */
const fixedDpi = (option: SaneOption | undefined): number | undefined => {
  const dpi = Number.parseFloat(option?.current ?? '');
  return dpi > 0 ? dpi : undefined;
};

const resolution = (options: SaneOptionList, wanted: number): Resolution => {
  const main = activeOption(options, 'resolution');
  const chosen = main && resolutionOn(main, wanted);
  if (main && chosen) return { dpi: chosen.dpi, args: [setting(main.name, chosen.printed)] };
  const [x, y] = [activeOption(options, 'x-resolution'), activeOption(options, 'y-resolution')];
  const [onX, onY] = [x && resolutionOn(x, wanted), y && resolutionOn(y, wanted)];
  if (x && onX)
    return {
      dpi: onX.dpi,
      args: [setting(x.name, onX.printed), ...(y && onY ? [setting(y.name, onY.printed)] : [])],
    };
  return { dpi: fixedDpi(options.get('resolution')) ?? 300, args: [] };
};

type RangeOption = Extract<SaneOption, { kind: 'range' }>;
const lengthOption = (options: SaneOptionList, ...names: readonly string[]): RangeOption | undefined => {
  const option = activeOption(options, ...names);
  return option?.kind === 'range' && (option.unit === 'mm' || (option.unit === 'pel' && option.max >= LEAST_DOTS))
    ? option
    : undefined;
};

/** One direction: first the sheet size, which extends the limits of `-x` or `-y`, then the area. */
const lengthArguments = (
  options: SaneOptionList,
  wantedMm: number,
  dpi: number,
  names: { sheet: readonly string[]; start: string; length: string },
): { sheet: readonly string[]; area: readonly string[] } => {
  const inUnit = ({ unit }: RangeOption): number => (unit === 'pel' ? (wantedMm / MM_PER_INCH) * dpi : wantedMm);
  const sheet = lengthOption(options, ...names.sheet);
  const sheetLength = sheet && tidy(onScale(inUnit(sheet), sheet));
  const start = lengthOption(options, names.start);
  const length = lengthOption(options, names.length);
  const isMoved = start !== undefined && Number.parseFloat(start.current ?? '0') > start.min;
  const area = length && {
    min: length.min,
    step: length.step,
    // The driver limited it to its default sheet size, which we have just set.
    max: sheetLength !== undefined && sheet?.unit === length.unit ? sheetLength : length.max,
  };
  return {
    sheet: sheet && sheetLength !== undefined ? [setting(sheet.name, sheetLength)] : [],
    area: [
      ...(isMoved ? [`-${names.start}`, String(start.min)] : []),
      ...(area && length ? [`-${names.length}`, String(tidy(onScale(inUnit(length), area)))] : []),
    ],
  };
};

/** For drivers that only offer named formats. */
const FORMATS = ['scan-area', 'page-format', 'paper-size', 'page-size', 'quick-format', 'papersize'];
const A4 = /^(?:iso\/?)?a4(?:[/ ]?portrait)?$/i;
const formatArguments = (options: SaneOptionList): readonly string[] => {
  const format = activeOption(options, ...FORMATS);
  const word = format?.kind === 'words' ? format.words.find((one) => A4.test(one)) : undefined;
  return format && word !== undefined && word !== format.current ? [setting(format.name, word)] : [];
};

export interface SanePlan {
  readonly args: readonly string[];
  /** Resolution of the pages. */
  readonly dpi: number;
}

/** `options`: as listed by the driver with `sourceArguments` and `modeArguments` set. */
export const planScan = (settings: ScanSettings, options: SaneOptionList): SanePlan => {
  const { dpi, args } = resolution(options, settings.dpi);
  const across = lengthArguments(options, settings.widthMm, dpi, {
    sheet: ['page-width', 'pagewidth'],
    start: 'l',
    length: 'x',
  });
  const along = lengthArguments(options, settings.heightMm, dpi, {
    sheet: ['page-height', 'pageheight'],
    start: 't',
    length: 'y',
  });
  const area = [...across.area, ...along.area];
  return {
    dpi,
    args: [
      // The source comes first: it changes the limits of every other option, and some drivers reset those.
      ...sourceArguments(options, settings.source),
      ...feederArguments(options, settings.source),
      ...modeArguments(options, settings.colour),
      ...depthArguments(options),
      ...unwantedArguments(options),
      ...args,
      ...across.sheet,
      ...along.sheet,
      ...(area.length > 0 || across.sheet.length > 0 ? area : formatArguments(options)),
    ],
  };
};
