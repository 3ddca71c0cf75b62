import { expect, it } from 'vitest';
import { contactDetailsSheet } from '../../../main/features/printing/contact-details-sheet.ts';

const place = { place: 'Médiathèque', opening: '9 h – 18 h' };

it('an address to write to goes onto paper in large letters, with the site that gave it', () => {
  const sheet = contactDetailsSheet({ by: 'mail', to: 'aide@caisse.exemple' }, 'Ma caisse', place);
  expect(sheet.title).toBe('aide@caisse.exemple');
  expect(JSON.stringify(sheet.sections)).toContain('Ma caisse');
  expect(sheet.footer).toContain('Médiathèque');
});

it('a number says what to do with it', () => {
  const heading = (by: 'phone' | 'text') =>
    JSON.stringify(contactDetailsSheet({ by, to: '04 70 00 00 00' }, 'x', place));
  expect(heading('phone')).toContain('Appelez ce numéro');
  expect(heading('text')).toContain('SMS');
});
