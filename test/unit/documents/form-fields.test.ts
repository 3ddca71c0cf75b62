/** The fields of a form as a person fills them in, and the letters that can be written there. */
import { describe, expect, it } from 'vitest';
import { FORM_LIMITS } from '../../../main/contract/document-form.ts';
import { fieldsOf } from '../../../main/features/documents/work/form-fields.ts';
import type { Widget } from '../../../main/features/documents/work/form-widgets.ts';
import { inLetters } from '../../../main/pdf/plain-letters.ts';

const widget = (change: Partial<Widget>): Widget => ({
  id: '1R',
  name: '',
  kind: 'text',
  label: '',
  page: 1,
  box: { x: 0.1, y: 0.1, width: 0.2, height: 0.02 },
  value: '',
  on: '',
  multiline: false,
  comb: false,
  maxLength: null,
  letterSize: null,
  options: [],
  ...change,
});
const fields = (...widgets: readonly Partial<Widget>[]) => fieldsOf(widgets.map(widget)).map(({ field }) => field);

describe('the fields of a form', () => {
  it('a name written on two pages is one field with two boxes', () => {
    const made = fields({ name: 'nom', value: 'Œuvré' }, { name: 'nom', value: 'Œuvré', page: 2 });
    expect(made).toMatchObject([
      {
        value: 'Œuvré',
        boxes: [
          { page: 1, option: null },
          { page: 2, option: null },
        ],
      },
    ]);
  });

  it('fields without a name are not one', () => {
    expect(fields({ id: '1R' }, { id: '2R' })).toHaveLength(2);
  });

  it('boxes of one answer are its options; two boxes of the same value are ticked together', () => {
    const tick = { kind: 'tick', name: 'logement' } as const;
    const made = fields({ ...tick, on: 'Oui' }, { ...tick, on: 'Non', value: 'Non' }, { ...tick, on: 'Oui', page: 2 });
    expect(made).toMatchObject([{ value: 1, boxes: [{ option: 0 }, { option: 1 }, { option: 0, page: 2 }] }]);
  });

  it('a value that is none of the options chooses nothing', () => {
    const options = [{ stored: 'T', shown: 'Travail' }];
    expect(fields({ kind: 'list', value: 'X', options })).toMatchObject([{ value: null, options: ['Travail'] }]);
    expect(fields({ kind: 'list', value: 'T', options })).toMatchObject([{ value: 0 }]);
  });

  it('a tick that cannot be set is left out', () => {
    expect(fields({ kind: 'tick', on: '' }, { kind: 'radio', on: '' })).toEqual([]);
  });

  it('a form that is larger than the screens take has no fields', () => {
    const many = (count: number) => Array.from({ length: count }, (_, at) => ({ id: `${at}R` }));
    expect(fields(...many(FORM_LIMITS.fields))).toHaveLength(FORM_LIMITS.fields);
    expect(fields(...many(FORM_LIMITS.fields + 1))).toEqual([]);
    expect(fields(...many(FORM_LIMITS.boxes + 1).map((one) => ({ ...one, name: 'nom' })))).toEqual([]);
  });

  it('a text is at most as long as the screens take', () => {
    const most = FORM_LIMITS.letters;
    expect(fields({ maxLength: 8 }, { id: '2R', maxLength: most * 2 }, { id: '3R' })).toMatchObject([
      { maxLength: 8 },
      { maxLength: most },
      { maxLength: most },
    ]);
  });

  it('one that holds more than the screens take is left as it is', () => {
    const long = 'x'.repeat(FORM_LIMITS.letters + 1);
    expect(fields({ name: 'a', value: long }, { name: 'b' })).toHaveLength(1);
  });
});

describe('letters that a font lacks', () => {
  const latin1 = (letter: string): boolean => (letter.codePointAt(0) ?? 0) < 0x100 || letter === 'œ';
  it.for([
    ['Élodie œuvre', 'Élodie œuvre'],
    ['Błażej Şahin', 'Blazej Sahin'],
    ['Nguyễn Đức', 'Nguyen Duc'],
    ['Ağrı', 'Agri'],
    ['E\u0301lodie', 'Élodie'],
    ['ﬁn', 'fin'],
    ['Ольга 1', ' 1'],
  ] as const)('%s is written %s', ([text, written]) => {
    expect(inLetters(text, latin1)).toBe(written);
  });
});
