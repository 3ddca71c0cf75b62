/** Which keys of a French (AZERTY) keyboard type a character, in the order of pressing. Pure. */

/** `hold`: kept down while the next one is pressed. */
export interface Key {
  readonly cap: 'shift' | 'alt-gr' | 'space' | 'letter';
  /** What is printed on the key; empty for the named ones. */
  readonly sign: string;
  readonly hold: boolean;
}

const key = (sign: string): Key => ({ cap: 'letter', sign, hold: false });
const shift: Key = { cap: 'shift', sign: '', hold: true };
const altGr: Key = { cap: 'alt-gr', sign: '', hold: true };

/** The number row: the character alone, with Shift (Maj), and with AltGr. */
const ROW = ['&1', 'é2~', '"3#', "'4{", '(5[', '-6|', 'è7`', '_8\\', 'ç9^', 'à0@', ')°]', '=+}'] as const;
/** The keys to the right of the letters. */
const OTHERS = ['$£¤', 'ù%', '*µ', ',?', ';.', ':/', '!§', '<>'] as const;
const DEAD: Readonly<Record<string, readonly [dead: string, held: boolean]>> = {
  '\u0302': ['^', false],
  '\u0308': ['¨', true],
};

const onRow = (sign: string): readonly Key[] | undefined => {
  for (const cap of [...ROW, ...OTHERS]) {
    const at = [...cap].indexOf(sign);
    if (at < 0) continue;
    const shown = key([...cap].slice(0, 2).join(' '));
    return at === 0 ? [shown] : [at === 1 ? shift : altGr, { ...shown, sign: [...cap].join(' ') }];
  }
  return undefined;
};

export const keysFor = (sign: string): readonly Key[] => {
  if (sign === ' ' || sign === '\u00a0') return [{ cap: 'space', sign: '', hold: false }];
  if (sign === '’') return keysFor("'");
  if (sign === '€') return [altGr, key('E')];
  const found = onRow(sign);
  if (found) return found;
  if (/^[a-z]$/.test(sign)) return [key(sign.toUpperCase())];
  if (/^[A-Z]$/.test(sign)) return [shift, key(sign)];
  const [letter = '', accent = ''] = [...sign.normalize('NFD')];
  const dead = DEAD[accent];
  if (dead) return [...(dead[1] ? [shift] : []), key('^ ¨'), ...keysFor(letter)];
  // An accented capital has no key of its own, and its plain letter is accepted.
  if (letter !== sign && letter !== '') return keysFor(letter);
  return [key(sign)];
};

const plainCapital = (sign: string): string =>
  /^\p{Lu}$/u.test(sign) ? (sign.normalize('NFD')[0] ?? sign) : sign === '’' ? "'" : sign === '\u00a0' ? ' ' : sign;

/** Accept a capital without its accent and a straight apostrophe. */
export const sameSign = (a: string, b: string): boolean => plainCapital(a) === plainCapital(b);

export type Typed =
  | { readonly state: 'done' }
  /** `next`: the next character to type. */
  | { readonly state: 'going'; readonly right: number; readonly next: string }
  /** `extra`: how many characters must be erased at the end. */
  | { readonly state: 'wrong'; readonly right: number; readonly next: string; readonly extra: number };

export const compareTyped = (text: string, typed: string): Typed => {
  const wanted = [...text];
  const signs = [...typed];
  let right = 0;
  while (right < signs.length && right < wanted.length && sameSign(signs[right] ?? '', wanted[right] ?? '')) right += 1;
  const extra = signs.length - right;
  const next = wanted[right] ?? '';
  if (extra > 0) return { state: 'wrong', right, next, extra };
  return right === wanted.length ? { state: 'done' } : { state: 'going', right, next };
};
