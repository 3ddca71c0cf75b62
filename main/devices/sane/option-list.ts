/**
 * Parses the output of `scanimage --all-options`, line by line. A line has the option's name, its possible values, its
 * current value in brackets and last its state in brackets:
 *
 *     --mode True Gray|24bit Color[Fast] [24bit Color[Fast]] [advanced]
 *     -y 0..355.6mm (in steps of 0.1) [297]
 *     --duplex[=(yes|no)] [inactive]
 *
 * Some drivers use brackets inside their values, and the current value is missing when the option is inactive, so
 * brackets alone don't show where the possible values end.
 */

export type OptionState = 'active' | 'inactive' | 'fixed';

interface Common {
  readonly name: string;
  /** `fixed`: it can't be set, because it is `read-only` or set by a button of the device (`hardware`). */
  readonly state: OptionState;
  /** As printed; undefined when there is none. */
  readonly current: string | undefined;
}

export type SaneOption =
  | (Common & { readonly kind: 'words'; readonly words: readonly string[] })
  | (Common & { readonly kind: 'list'; readonly numbers: readonly number[]; readonly unit: string })
  | (Common & {
      readonly kind: 'range';
      readonly min: number;
      readonly max: number;
      /** 0: any value in between. */
      readonly step: number;
      readonly unit: string;
    })
  | (Common & { readonly kind: 'switch' })
  /** A button, a table of numbers, free text: never set by us. */
  | (Common & { readonly kind: 'other' });

export type SaneOptionList = ReadonlyMap<string, SaneOption>;

const NUMBER = String.raw`-?\d+(?:\.\d+)?(?:e[+-]?\d+)?`;
const UNIT = '(pel|bit|mm|dpi|%|us)?';
const NAME = /^ {4}--?([a-zA-Z][\w-]*)(?=$|[\s[])/;
const STATE = / \[(inactive|hardware|read-only|advanced)\]$/;
const SWITCH = /^\[=\((?:auto\|)?yes\|no\)\](?: \[(.*)\])?$/;
/** `auto||75|150dpi`: scanimage prints the second bar for the length entry of the list. */
const LIST = new RegExp(String.raw`^(?:auto\|{1,2})?(${NUMBER}(?:\|${NUMBER})*)${UNIT}$`);
/** "quants" in older versions. */
const RANGE = new RegExp(
  String.raw`^(?:auto\|)?(${NUMBER})\.\.(${NUMBER})${UNIT}(?: \(in (?:steps|quants) of (${NUMBER})\))?$`,
);

const STATES: Readonly<Record<string, OptionState>> = {
  inactive: 'inactive',
  hardware: 'fixed',
  'read-only': 'fixed',
  advanced: 'active',
};

/** scanimage adds a leading `auto` to options that can be left to the driver. */
const wordsOf = (values: string): readonly string[] =>
  values
    .split('|')
    .map((word) => word.trim())
    .filter((word, at) => word !== '' && !(at === 0 && word === 'auto'));

/**
 * Finds where the possible values end and the current value starts: the current value is one of the possible ones, even
 * if both contain brackets.
 */
const splitWords = (rest: string): { words: readonly string[]; current: string | undefined } => {
  if (!rest.endsWith(']')) return { words: wordsOf(rest), current: undefined };
  for (let at = rest.indexOf(' ['); at >= 0; at = rest.indexOf(' [', at + 1)) {
    const words = wordsOf(rest.slice(0, at));
    const current = rest.slice(at + 2, -1).trim();
    if (words.includes(current)) return { words, current };
  }
  // The current value is not among the possible ones (empty, or from another firmware).
  const at = rest.lastIndexOf(' [');
  return at < 0
    ? { words: wordsOf(rest), current: undefined }
    : { words: wordsOf(rest.slice(0, at)), current: rest.slice(at + 2, -1) };
};

const readOption = (name: string, printed: string): SaneOption => {
  const stateMatch = STATE.exec(printed);
  const state = stateMatch ? (STATES[stateMatch[1] ?? ''] ?? 'active') : 'active';
  const rest = printed.slice(0, stateMatch ? stateMatch.index : undefined).trimEnd();
  const asSwitch = SWITCH.exec(rest);
  if (asSwitch) return { kind: 'switch', name, state, current: asSwitch[1] };
  const value = / \[([^[\]]*)\]$/.exec(rest);
  const values = rest.slice(0, value ? value.index : undefined).trim();
  const list = LIST.exec(values);
  if (list) {
    const numbers = (list[1] ?? '').split('|').map(Number);
    return { kind: 'list', name, state, current: value?.[1], numbers, unit: list[2] ?? '' };
  }
  const range = RANGE.exec(values);
  if (range) {
    const [, min, max, unit = '', step = '0'] = range;
    const limits = { min: Number(min), max: Number(max), step: Number(step), unit };
    return { kind: 'range', name, state, current: value?.[1], ...limits };
  }
  const { words, current } = splitWords(rest.trim());
  const isOther = values === '' || words.length === 0 || /^<(?:int|float|string)>|,\.\.\./.test(values);
  return isOther ? { kind: 'other', name, state, current } : { kind: 'words', name, state, current, words };
};

export const readOptionList = (text: string): SaneOptionList => {
  const found = new Map<string, SaneOption>();
  for (const line of text.split(/\r?\n/)) {
    const name = NAME.exec(line);
    if (name?.[1] !== undefined) found.set(name[1], readOption(name[1], line.slice(name[0].length).trimEnd()));
  }
  return found;
};
