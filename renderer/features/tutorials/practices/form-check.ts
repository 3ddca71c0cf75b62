/** What is still wrong in a form field, by its kind. Pure. */
import type { FormField } from '../../../../main/contract/tutorial-content.ts';

export const formFaults = [
  'empty',
  'tick',
  'date-order',
  'date-signs',
  'email-at',
  'email-dot',
  'email-space',
  'phone-digits',
  'postcode-digits',
  'number-signs',
  'choice',
  'other',
] as const;
export type FormFault = (typeof formFaults)[number];

/** Case, accents, spaces and apostrophes are no mistake: a site that insists on them is wrong, not the person. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('’', "'")
    .replace(/[\s.\-/]+/g, '')
    .toLowerCase();

const shape = (field: FormField, text: string): FormFault | undefined => {
  const digits = text.replace(/\D/g, '');
  switch (field.as) {
    case 'date':
      if (!/^\d{1,2}\D\d{1,2}\D\d{4}$|^\d{8}$/.test(text)) return 'date-signs';
      return Number(digits.slice(2, 4)) > 12 ? 'date-order' : undefined;
    case 'email':
      if (/\s/.test(text)) return 'email-space';
      if (!/^[^@]+@[^@]+$/.test(text)) return 'email-at';
      return /@.+\..+/.test(text) ? undefined : 'email-dot';
    case 'phone':
      return digits.length === 10 && /^[\d\s.]+$/.test(text) ? undefined : 'phone-digits';
    case 'postcode':
      return /^\d{5}$/.test(text.replace(/\s/g, '')) ? undefined : 'postcode-digits';
    case 'number':
      return /^[\d\s.,]+$/.test(text) ? undefined : 'number-signs';
    case 'text':
    case 'name':
    case 'choice':
    case 'tick':
      return undefined;
  }
};

export const faultOf = (field: FormField, written: string | boolean): FormFault | undefined => {
  if (field.as === 'tick') return field.required && written !== true ? 'tick' : undefined;
  const text = String(written === false ? '' : written).trim();
  if (text === '') return field.required ? (field.as === 'choice' ? 'choice' : 'empty') : undefined;
  return shape(field, text) ?? (folded(text) === folded(field.value ?? '') ? undefined : 'other');
};

/** For copied texts: a code, an answer. */
export const sameText = (a: string, b: string): boolean => folded(a) === folded(b);
