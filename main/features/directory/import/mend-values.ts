/** Normalises one cell to the format of the schema, and says what changed. Pure; it never guesses. */
import { isDay } from '../hours/days.ts';

/** `value` is undefined when the cell can't be used. */
export interface Mended<T> {
  readonly value: T | undefined;
  /** What was changed; absent when nothing was. */
  readonly how?: string;
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: '’',
  nbsp: ' ',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  rsquo: '’',
};

/** Removes HTML markup: our screens would show it as text, and other programs might execute it. */
export const plainText = (text: string): string =>
  (/[<>&]/.test(text) ? withoutMarkup(text) : text).replace(BLANK, ' ').trim();

const BLANK = /[\p{Cc}\p{Cf}\s]+/gu;

const withoutMarkup = (text: string): string =>
  text
    .replace(/<(script|style)\b[^>]*>.*?<\/\1\s*>/gis, ' ')
    .replace(/<\/?[a-z!][^>]*>?/gi, ' ')
    .replace(/&(#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]+);/gi, (whole, name: string) => {
      if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = name[1]?.toLowerCase() === 'x' ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code > 31 && code < 0x110000 ? String.fromCodePoint(code) : ' ';
    })
    .replace(/[<>]/g, ' ');

/** The schema has used both `|` and `;` as separators. */
export const listIn = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(/[|;]/)
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  ),
];

export const comparable = (label: string): string =>
  label
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .replace(/[’‘`´]/g, "'")
    .replace(/[^a-z0-9]+/gi, ' ')
    .trim()
    .toLowerCase();

const BETWEEN_PHONES = /\s*(?:\||;|\/|,|\bou\b)\s*/;

/** `04.70.00.00.00`, `0033 (0)4 70…`, `470000000` → `+33470000000`. A short number (3949) stays unchanged. */
export const mendPhone = (text: string): Mended<string> => {
  const first = text.split(BETWEEN_PHONES)[0] ?? '';
  const digits = first
    .replace(/\(0\)/g, '')
    .replace(/[^\d+]/g, '')
    .replace(/^00/, '+');
  const more = first.trim() !== text.trim() ? ' (le premier de plusieurs)' : '';
  const french = /^(?:\+?33|0)?([1-9]\d{8})$/.exec(digits);
  if (french?.[1] !== undefined) {
    const value = `+33${french[1]}`;
    return value === text ? { value } : { value, how: `numéro mis au format national${more}` };
  }
  if (/^\+(262|508|590|594|596|681|687|689)\d{6,9}$/.test(digits)) return { value: digits };
  if (/^(1\d\d|11\d{4}|10\d\d|3\d{3})$/.test(digits)) return { value: digits, how: 'numéro court gardé tel quel' };
  return { value: undefined, how: `« ${text} » n’est pas un numéro, laissé vide` };
};

/** A number as a person typed it; undefined when it is none, or several: which one to show is theirs to say. */
export const onePhone = (text: string): string | undefined =>
  BETWEEN_PHONES.test(text) ? undefined : mendPhone(text).value;

const EMAIL =
  /^[a-z0-9_][a-z0-9.!#$%&'*+\\=?^_`{|}~-]*@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9][a-z0-9-]{0,61}[a-z0-9])+$/i;

export const mendEmails = (text: string): Mended<readonly string[]> => {
  const given = text
    .split(/[|;,\s]+/)
    .map((one) => one.replace(/^mailto:/i, ''))
    .filter((one) => one !== '');
  const value = [...new Set(given.map((one) => one.toLowerCase()))].filter((one) => EMAIL.test(one) && one.length > 5);
  const lost = given.find((one) => !EMAIL.test(one));
  return lost === undefined ? { value } : { value, how: `« ${lost} » n’est pas une adresse e-mail, retirée` };
};

export const mendUrls = (text: string): Mended<readonly string[]> => {
  const given = text.split(/[|;\s]+/).filter((one) => one !== '');
  const hows: string[] = [];
  const value = given.flatMap((one) => {
    const whole = /^[a-z][a-z0-9+.-]*:/i.test(one) ? one : `https://${one.replace(/^\/+/, '')}`;
    const url = URL.parse(whole);
    if (url === null || !/^https?:$/.test(url.protocol) || !url.hostname.includes('.') || url.username !== '') {
      hows.push(`« ${one} » n’est pas une adresse de site, retirée`);
      return [];
    }
    if (whole !== one) hows.push(`« ${one} » complété en https://`);
    return [whole];
  });
  return hows.length === 0 ? { value } : { value, how: hows.join(', ') };
};

/** Spreadsheets turn `03000` into `3000` or `03000.0`. */
export const mendPostcode = (text: string): Mended<string> => {
  const digits = text.replace(/\.0$/, '').replace(/\s/g, '');
  if (/^\d{5}$/.test(digits)) return digits === text ? { value: digits } : { value: digits, how: 'espaces retirés' };
  if (/^[1-9]\d{3}$/.test(digits)) return { value: `0${digits}`, how: `le zéro du début avait disparu : 0${digits}` };
  return { value: undefined };
};

/** A four-digit INSEE code has lost its leading zero in the same way. */
export const mendInsee = (text: string): Mended<string> => {
  const code = text.replace(/\.0$/, '').replace(/\s/g, '').toUpperCase();
  if (/^(?:[013-9]\d|2[AB1-9])\d{3}$/.test(code)) return { value: code };
  if (/^[1-9]\d{3}$/.test(code)) return { value: `0${code}`, how: `le zéro du début avait disparu : 0${code}` };
  return { value: undefined, how: `« ${text} » n’est pas un code INSEE, laissé vide` };
};

export const mendNumber = (text: string): number | undefined => {
  const number = Number(text.replace(',', '.').replace(/\s/g, ''));
  return text.trim() === '' || !Number.isFinite(number) ? undefined : number;
};

/** `2024-08-01`, `2024-08-01T…`, `01/08/2024`. */
export const mendDate = (text: string): Mended<string> => {
  const iso = text.slice(0, 10);
  if (isDay(iso)) return { value: iso };
  const french = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})\b/.exec(text);
  const turned = french
    ? `${french[3] ?? ''}-${(french[2] ?? '').padStart(2, '0')}-${(french[1] ?? '').padStart(2, '0')}`
    : '';
  return isDay(turned) ? { value: turned, how: `date lue à la française : ${turned}` } : { value: undefined };
};
