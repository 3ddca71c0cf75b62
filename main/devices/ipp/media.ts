/** Chooses the paper to request: what is loaded, and never a size that the printer can't feed. Pure. */
import { A4_MM } from '../../pdf/a4.ts';

export type MediaChoice =
  /** `name` undefined: the printer declares no paper, and uses what it has. */
  | { readonly kind: 'ask'; readonly name: string | undefined; readonly widthMm: number; readonly heightMm: number }
  /** Labels, photo paper, receipt rolls: only a strip of the page would be printed, or nothing. */
  | { readonly kind: 'too-small' };

/** Names older than PWG 5101.1, still used by some queues and printers. */
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
/** RFC 8011 §5.1.4. */
const MAX_KEYWORD = 255;
/** Tolerance: some printers round A4 to the tenth of an inch. */
const NEAR_MM = 2;
/** A page scaled below 80 % is hard to read, and offices refuse forms of that size. */
const LEAST = { widthMm: 0.8 * A4_MM.widthMm, heightMm: 0.8 * A4_MM.heightMm };

interface Sheet {
  readonly name: string;
  readonly widthMm: number;
  readonly heightMm: number;
}

/** PWG 5101.1: `class_name_WIDTHxHEIGHTunit`. Undefined for a name without a size (`custom_max_…`, a tray, a type). */
const sheetOf = (name: string): Sheet | undefined => {
  if (name.length > MAX_KEYWORD) return undefined;
  // Limits of custom sizes, not actual sheets.
  if (/^(custom|roll|om)_(min|max)_/i.test(name)) return undefined;
  const legacy = Object.hasOwn(LEGACY, name.toLowerCase()) ? LEGACY[name.toLowerCase()] : undefined;
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

/** `ready` is empty when the printer does not report what is loaded, or reports it unreliably. */
export const chooseMedia = (ready: readonly string[], supported: readonly string[]): MediaChoice => {
  const sheets = (names: readonly string[]): Sheet[] => names.map(sheetOf).filter((sheet) => sheet !== undefined);
  const loaded = sheets(ready);
  const possible = sheets(supported);
  const best = (list: readonly Sheet[]): Sheet | undefined =>
    [...list].filter(holdsAPage).sort((a, b) => distance(a) - distance(b))[0];
  // The plain name first: a printer may also list A4 with several paper types.
  const exact = (list: readonly Sheet[]): Sheet | undefined =>
    list.find(({ name }) => name === 'iso_a4_210x297mm') ?? list.find(isA4);
  const found = loaded.length > 0 ? (exact(loaded) ?? best(loaded)) : (exact(possible) ?? best(possible));
  if (found !== undefined) return { kind: 'ask', ...found };
  if (loaded.length > 0 || possible.length > 0) return { kind: 'too-small' };
  return { kind: 'ask', name: undefined, ...A4_MM };
};
