/**
 * Simulates the option handling of `scanimage` from the published options of a real driver: prints them in its syntax,
 * and applies arguments one after the other as scanimage and libsane do. Compared with the real program on SANE's
 * `test` device in `test/contract/scanner/sane.test.ts`.
 *
 * libsane silently rounds and clamps values, which truncates pages. scanimage aborts at an inactive, read-only or
 * unknown option, which loses all pages. Both are reported in `complaints`.
 */
import type { SaneDevice, SaneFact, SaneFacts } from './sane-devices.ts';

export interface StandInRun {
  /** The output of `-A` after the arguments were applied. */
  readonly listing: string;
  /** Messages in scanimage's wording. */
  readonly complaints: readonly string[];
  /** Final value of each option that is not inactive, by name. */
  readonly values: ReadonlyMap<string, string>;
}

const AREA = ['l', 't', 'x', 'y'];
/** Options for the sheet size, with the scan area option that each limits. */
const LIMITED: Readonly<Record<string, string>> = {
  'page-width': 'x',
  pagewidth: 'x',
  'page-height': 'y',
  pageheight: 'y',
};
/** Options that hpaio and pixma reset when the source is set afterwards. */
const RESET_BY_SOURCE = ['mode', 'resolution'];

const withUnit = (fact: { unit?: string | undefined }): string => fact.unit ?? '';
const constraintOf = (fact: SaneFact): string => {
  const auto = fact.auto === true ? 'auto|' : '';
  if ('switch' in fact) return `[=(${auto}yes|no)]`;
  if ('button' in fact) return '';
  if ('words' in fact) return ` ${auto}${fact.words.join('|')}`;
  if ('free' in fact) return ` ${auto}${fact.free}`;
  // scanimage prints a second bar after `auto` in a list.
  if ('list' in fact) return ` ${fact.auto ? 'auto||' : ''}${fact.list.join('|')}${withUnit(fact)}`;
  const step = fact.step === undefined ? '' : ` (in steps of ${fact.step})`;
  return ` ${auto}${fact.range[0]}..${fact.range[1]}${withUnit(fact)}${step}`;
};

const lineOf = (name: string, fact: SaneFact): string => {
  const dashes = AREA.includes(name) ? '-' : '--';
  const value = 'switch' in fact ? (fact.is ?? fact.switch) : fact.is;
  const current = fact.state === 'inactive' || value === undefined ? '' : ` [${value}]`;
  const state = fact.state === undefined ? '' : ` [${fact.state}]`;
  return `    ${dashes}${name}${constraintOf(fact)}${current}${state}`;
};

export const printOptions = (device: string, facts: SaneFacts): string =>
  [
    '',
    `All options specific to device \`${device}':`,
    '  Options:',
    ...Object.entries(facts).flatMap(([name, fact]) => [lineOf(name, fact), '        What the driver says of it.']),
    '',
  ].join('\n');

const asNumber = (value: string): number => Number.parseFloat(value);

/** The value that libsane sets for a requested one, or undefined when it refuses. */
const constrain = (fact: SaneFact, value: string): string | undefined => {
  if ('words' in fact) return fact.words.includes(value) ? value : undefined;
  if ('switch' in fact) return value === 'yes' || value === 'no' ? value : undefined;
  if ('list' in fact) {
    const wanted = asNumber(value);
    const nearest = [...fact.list].sort((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0];
    return nearest === undefined ? undefined : String(nearest);
  }
  if (!('range' in fact)) return value;
  const [min, max] = fact.range;
  const clamped = Math.min(Math.max(asNumber(value), min), max);
  if (fact.step === undefined || fact.step === 0) return String(clamped);
  const onStep = min + Math.round((clamped - min) / fact.step) * fact.step;
  return String(onStep > max ? onStep - fact.step : onStep);
};

/** Driver arithmetic is 16.16 fixed point. */
const isSame = (a: string, b: string): boolean =>
  a === b || Math.abs(asNumber(a) - asNumber(b)) < 0.001 * Math.max(1, Math.abs(asNumber(b)));

const ARGUMENT = /^--([^=]+)=(.*)$/s;

export const standIn = (device: SaneDevice, args: readonly string[]): StandInRun => {
  const complaints: string[] = [];
  let facts: SaneFacts = structuredClone(device.options);
  const initial = structuredClone(device.options);
  const chosen = new Map<string, string>();

  const follow = (set: string): void => {
    for (const { when, options } of device.under) {
      if (when[set] === undefined) continue;
      const applies = Object.entries(when).every(([name, values]) => values.includes(chosen.get(name) ?? ''));
      if (!applies) continue;
      for (const [name, fact] of Object.entries(options)) {
        const value = chosen.get(name);
        facts[name] = value === undefined ? fact : { ...fact, is: value };
      }
    }
  };

  const set = (name: string, value: string): void => {
    const fact = facts[name];
    if (!fact) return void complaints.push(`unrecognized option '--${name}'`);
    if (fact.state === 'inactive') return void complaints.push(`attempted to set inactive option ${name}`);
    if (fact.state === 'read-only' || fact.state === 'hardware')
      return void complaints.push(`attempted to set readonly option ${name}`);
    const made = constrain(fact, value);
    if (made === undefined) return void complaints.push(`setting of option --${name} failed (Invalid argument)`);
    if (!isSame(made, value)) complaints.push(`rounded value of ${name} from ${value} to ${made}`);
    facts = { ...facts, [name]: { ...fact, is: made } };
    chosen.set(name, made);
    const limited = LIMITED[name];
    const area = limited === undefined ? undefined : facts[limited];
    if (limited !== undefined && area && 'range' in area)
      facts = { ...facts, [limited]: { ...area, range: [area.range[0], asNumber(made)], is: made } };
    if (name === 'source')
      for (const lost of RESET_BY_SOURCE) {
        const before = initial[lost];
        if (chosen.delete(lost) && before) facts = { ...facts, [lost]: before };
      }
    follow(name);
  };

  const areaLater: [string, string][] = [];
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const long = ARGUMENT.exec(arg);
    if (long) set(long[1] ?? '', long[2] ?? '');
    else if (/^-[ltxy]$/.test(arg)) areaLater.push([arg.slice(1), args[(at += 1)] ?? '']);
    else complaints.push(`unrecognized argument '${arg}'`);
  }
  for (const [name, value] of areaLater) set(name, value);

  const values = new Map(
    Object.entries(facts).flatMap(([name, fact]) => {
      const value = 'switch' in fact ? (fact.is ?? fact.switch) : fact.is;
      return fact.state === 'inactive' || value === undefined ? [] : [[name, String(value)] as const];
    }),
  );
  return { listing: printOptions(`${device.driver}:stand-in`, facts), complaints, values };
};
