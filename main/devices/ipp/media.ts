/** Which paper to ask for: what lies in the trays, and never a sheet that the machine can't feed. Pure. */
import { A4_MM } from '../../pdf/a4.ts';

export type MediaChoice =
  /** `name` undefined: the printer declares no paper at all, and uses what it has. */
  | { readonly kind: 'ask'; readonly name: string | undefined; readonly widthMm: number; readonly heightMm: number }
  /** Labels, photo paper, till rolls: a page would come out as a strip of a page, or not at all. */
  | { readonly kind: 'too-small' };

/** Names of before PWG 5101.1, still given by some queues and printers. */
const LEGACY: Readonly<Record<string, readonly [number, number]>> = {
  a3: [297, 420],
  a4: [210, 297],
  'iso-a3': [297, 420],
  'iso-a4': [210, 297],
  'iso-a4-white': [210, 297],
  letter: [215.9, 279.4],
  'na-letter': [215.9, 279.4],
  legal: [215.9, 355.6],
  'na-legal': [215.9, 355.6],
};
const INCH_MM = 25.4;
/** Some printers round A4 to the tenth of an inch. */
const NEAR_MM = 2;
/** A page shrunk below four fifths is hard to read, and official forms are refused. */
const LEAST = { widthMm: 0.8 * A4_MM.widthMm, heightMm: 0.8 * A4_MM.heightMm };

interface Sheet {
  readonly name: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** PWG 5101.1: `class_name_WIDTHxHEIGHTunit`. Undefined for a name that tells no size (`custom_max_…`, a tray, a type). */
const sheetOf = (name: string): Sheet | undefined => {
  // Ranges of sizes that the machine could be told of, not sheets.
  if (/^(custom|roll|om)_(min|max)_/i.test(name)) return undefined;
  const legacy = LEGACY[name.toLowerCase()];
  if (legacy !== undefined) return { name, widthMm: legacy[0], heightMm: legacy[1] };
  const found = /_(\d+(?:\.\d+)?)x(\d+(?:\.\d+)?)(mm|in)(?:[._-][\w.-]+)?$/i.exec(name);
  if (found === null) return undefined;
  const unit = found[3]?.toLowerCase() === 'in' ? INCH_MM : 1;
  const [a, b] = [Number(found[1]) * unit, Number(found[2]) * unit];
  return { name, widthMm: Math.min(a, b), heightMm: Math.max(a, b) };
};

const isA4 = ({ widthMm, heightMm }: Sheet): boolean =>
  Math.abs(widthMm - A4_MM.widthMm) <= NEAR_MM && Math.abs(heightMm - A4_MM.heightMm) <= NEAR_MM;
const holdsAPage = ({ widthMm, heightMm }: Sheet): boolean => widthMm >= LEAST.widthMm && heightMm >= LEAST.heightMm;
const distance = ({ widthMm, heightMm }: Sheet): number =>
  Math.abs(widthMm - A4_MM.widthMm) + Math.abs(heightMm - A4_MM.heightMm);

/** `ready` is empty where the printer doesn't say what is loaded, or where its word is worth nothing. */
export const chooseMedia = (ready: readonly string[], supported: readonly string[]): MediaChoice => {
  const sheets = (names: readonly string[]): Sheet[] => names.map(sheetOf).filter((sheet) => sheet !== undefined);
  const loaded = sheets(ready);
  const possible = sheets(supported);
  const best = (list: readonly Sheet[]): Sheet | undefined =>
    [...list].filter(holdsAPage).sort((a, b) => distance(a) - distance(b))[0];
  // The plain name first: a printer may know A4 as several kinds of paper too.
  const exact = (list: readonly Sheet[]): Sheet | undefined =>
    list.find(({ name }) => name === 'iso_a4_210x297mm') ?? list.find(isA4);
  const found = loaded.length > 0 ? (exact(loaded) ?? best(loaded)) : (exact(possible) ?? best(possible));
  if (found !== undefined) return { kind: 'ask', ...found };
  if (loaded.length > 0 || possible.length > 0) return { kind: 'too-small' };
  return { kind: 'ask', name: undefined, ...A4_MM };
};
