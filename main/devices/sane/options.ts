/** What `scanimage --all-options` prints, read into a description of the machine and the words its options use. */
import type { ScannerDescription, ScanSource } from '../scanner.ts';

export interface SaneOptions {
  readonly description: ScannerDescription;
  /** Our word → the driver's own, for the options it really has. */
  readonly sources: Readonly<Partial<Record<ScanSource, string>>>;
  readonly modes: Readonly<Partial<Record<'colour' | 'grey', string>>>;
  readonly has: {
    readonly source: boolean;
    readonly mode: boolean;
    readonly area: boolean;
    readonly duplexSwitch: boolean;
  };
}

interface Option {
  readonly name: string;
  readonly values: string;
  readonly active: boolean;
}

/** Lines such as `    --resolution 75|150|300dpi [75]` or `    -x 0..215.9mm [215.9]`. */
const optionsOf = (text: string): ReadonlyMap<string, Option> => {
  const found = new Map<string, Option>();
  for (const line of text.split('\n')) {
    const match = /^ {4}(--?[a-zA-Z][\w-]*)(?:\[=\(([^)]*)\)\])?\s*(.*?)(?:\s*\[([^[\]]*)\])?\s*$/.exec(line);
    if (!match) continue;
    const [, name = '', yesNo, values = '', current = ''] = match;
    found.set(name.replace(/^-+/, ''), { name, values: yesNo ?? values, active: !/inactive|read-only/.test(current) });
  }
  return found;
};

const listOf = (option: Option | undefined): readonly string[] =>
  option?.active ? option.values.split('|').map((word) => word.trim()) : [];

const SOURCE_WORDS: readonly (readonly [ScanSource, RegExp])[] = [
  ['feeder-duplex', /duplex|both sides|front and back/i],
  ['feeder', /adf|feeder|front|sheet/i],
  ['flatbed', /flatbed|glass|platen|normal/i],
];

const dpiOf = (option: Option | undefined): ScannerDescription['dpi'] => {
  if (!option) return { min: 300, max: 300, only: [300] };
  const values = option.values.replace(/dpi.*/, '').replace(/^auto\|+/, '');
  const range = /^(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)/.exec(values);
  if (range) return { min: Number(range[1]), max: Number(range[2]) };
  const only = values
    .split('|')
    .map(Number)
    .filter((n) => Number.isFinite(n) && n > 0);
  if (only.length === 0) return { min: 300, max: 300, only: [300] };
  return { min: Math.min(...only), max: Math.max(...only), only };
};

const millimetres = (option: Option | undefined, otherwise: number): number => {
  const range = /\.\.(\d+(?:\.\d+)?)mm/.exec(option?.values ?? '');
  return range ? Number(range[1]) : otherwise;
};

export const parseSaneOptions = (name: string, text: string): SaneOptions | undefined => {
  const options = optionsOf(text);
  if (options.size === 0) return undefined;
  const sources: Partial<Record<ScanSource, string>> = {};
  for (const word of listOf(options.get('source'))) {
    const match = SOURCE_WORDS.find(([, pattern]) => pattern.test(word));
    if (match) sources[match[0]] ??= word;
  }
  const duplexSwitch = options.get('adf-mode') !== undefined || options.get('duplex') !== undefined;
  const known = Object.keys(sources) as ScanSource[];
  if (duplexSwitch && sources.feeder && !sources['feeder-duplex']) known.push('feeder-duplex');
  const modes: Partial<Record<'colour' | 'grey', string>> = {};
  for (const word of listOf(options.get('mode'))) {
    if (/colou?r/i.test(word)) modes.colour ??= word;
    else if (/gr[ae]y/i.test(word)) modes.grey ??= word;
  }
  const colours = Object.keys(modes) as ('colour' | 'grey')[];
  return {
    sources,
    modes,
    has: {
      source: known.length > 0,
      mode: colours.length > 0,
      area: options.has('x') && options.has('y'),
      duplexSwitch,
    },
    description: {
      name,
      sources: known.length > 0 ? known : ['flatbed'],
      dpi: dpiOf(options.get('resolution')),
      colours: colours.length > 0 ? colours : ['colour'],
      widthMm: millimetres(options.get('x'), 215.9),
      heightMm: millimetres(options.get('y'), 297),
    },
  };
};
