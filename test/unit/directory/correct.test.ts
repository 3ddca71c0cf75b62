import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import library from '@gouvfr-anct/lieux-de-mediation-numerique';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { placesSchema } from '../../../main/config/schema/places.ts';
import { openFixture, type ImportFixture } from './import-fixture.ts';

const place = (id: string, name: string, town: string, more: object = {}) => ({
  id,
  name,
  commune: '03190',
  town,
  postcode: '03000',
  address: '1 rue de la Gare',
  ...more,
});
const configured = [
  placesSchema.parse({
    source: 'essai',
    checkedOn: '2019',
    places: [
      place('a', 'Médiathèque', 'Moulins', { checkedOn: '2024' }),
      place('b', 'Centre social', 'Moulins', { presentation: '=HYPERLINK(1)' }),
      place('c', 'Café', 'Moulins', { address: null }),
    ],
  }),
];

let fixture: ImportFixture;
beforeEach(() => {
  fixture = openFixture(configured);
});
afterEach(() => fixture.close());

describe('directory correct', () => {
  it('asks about one place after another: reported ones first, then those checked longest ago', async () => {
    await fixture.store.saveDoubts({ a: 2 });
    const { out } = await fixture.run(['correct'], ['', '', '']);
    const order = [...out.matchAll(/^\d\/3 {2}(.+), Moulins/gm)].map(([, name]) => name);
    expect(order).toEqual(['Médiathèque', 'Centre social', 'Café']);
    expect(out).toContain('signalé 2 fois');
  });
  it('keeps what was typed, and exports only what changed', async () => {
    const path = join(fixture.folder, 'corriges.json');
    const typed = ['c', '04 70 00 00 01', '', '-', '', 'o', '9h-12h', '9h-12h 14h-17h30', '', '', '', '', '', 'v', 'q'];
    const { code, out } = await fixture.run(['correct', 'Moulins', '--out', path], typed);
    expect(code, out).toBe(0);
    expect(out).toContain('1 lieu corrigé, 1 confirmé.');
    const rows = JSON.parse(readFileSync(path, 'utf8')) as {
      nom: string;
      telephone: string;
      horaires: string;
      date_maj: string;
    }[];
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      nom: 'Centre social',
      telephone: '+33470000001',
      horaires: 'Mo 09:00-12:00; Tu 09:00-12:00,14:00-17:30',
      date_maj: '2026-11-26',
    });
    expect(library.fromSchemaLieuxDeMediationNumerique(rows as never)).toHaveLength(1);
  });
  it('reads hours as people type them', async () => {
    const days = [
      '9h à midi',
      'de 9h à 12h et de 14h à 17h30',
      '9-12',
      'fermé',
      '8 h 30 - 12 h / 13h30-17h',
      'Fermée',
      '',
    ];
    await fixture.run(['correct', 'social'], ['c', '', '', '', '', 'oui', ...days, 'q']);
    expect((await fixture.store.corrections())['b']?.correction.hours).toEqual({
      mo: ['09:00-12:00'],
      tu: ['09:00-12:00', '14:00-17:30'],
      we: ['09:00-12:00'],
      th: [],
      fr: ['08:30-12:00', '13:30-17:00'],
      sa: [],
      su: [],
    });
  });
  it.each(['le matin', '2019-2020', '04-70-45', '9h-12h sauf juin', '9', 'fermé sauf 9h-12h', 'après-midi'])(
    'does not guess what « %s » means',
    async (typed) => {
      const { out } = await fixture.run(
        ['correct', 'social'],
        ['c', '', '', '', '', 'o', typed, '', '', '', '', '', '', '', 'q'],
      );
      expect(out).toContain('Pas compris');
    },
  );
  it('asks again for invalid hours', async () => {
    const typed = ['c', '', '', '', '', 'o', 'le matin', '12h-9h', '9h-12h', '', '', '', '', '', '', 'q'];
    await fixture.run(['correct', 'social'], typed);
    expect((await fixture.store.corrections())['b']?.correction.hours?.mo).toEqual(['09:00-12:00']);
  });
  it('asks again for an invalid phone number, and keeps the answers that follow', async () => {
    const typed = ['c', '12', '--', '0470000000 / 0612345678', '04 70 00 00 03', '2 rue Neuve', '', '', ''];
    const { out } = await fixture.run(['correct', 'social'], typed);
    expect(out.match(/Écrivez un seul numéro français/g)).toHaveLength(3);
    expect((await fixture.store.corrections())['b']?.correction).toEqual({
      phone: '+33470000003',
      address: '2 rue Neuve',
    });
  });
  it('writes no file when nothing was corrected, and says so', async () => {
    const path = join(fixture.folder, 'rien.csv');
    const { code, out } = await fixture.run(['correct', '--out', path], ['v', 'q']);
    expect(code).toBe(0);
    expect(out).toContain(`0 lieu corrigé, 1 confirmé. Rien à écrire dans ${path}.`);
    expect(existsSync(path)).toBe(false);
  });
  it('keeps the answers so far when the input ends', async () => {
    await fixture.run(['correct'], ['v']);
    expect(Object.keys(await fixture.store.corrections())).toEqual(['b']);
  });
  it('clears the reports of a place marked as gone, and leaves it out of the export', async () => {
    await fixture.store.saveDoubts({ a: 1 });
    await fixture.run(['correct', 'Médiathèque'], ['f']);
    expect(await fixture.store.doubts()).toEqual({});
    await fixture.run(['export', join(fixture.folder, 'tout.csv')]);
    expect(fixture.read('tout.csv')).not.toContain('Médiathèque');
  });
  it('says when no place has that name', async () => {
    expect(await fixture.run(['correct', 'Strasbourg'])).toMatchObject({ code: 1, err: 'Aucun lieu de ce nom.\n' });
  });
});

describe('directory export', () => {
  it('leaves out places that the national schema cannot represent, and says why', async () => {
    const { code, out } = await fixture.run(['export', join(fixture.folder, 'tout.csv')]);
    expect(code).toBe(0);
    expect(out).toContain('2 lieux dans le schéma national');
    expect(out).toContain('Café : son adresse n’est pas connue');
  });
  it('with --changed exports only the corrected places, not the confirmed ones', async () => {
    await fixture.store.saveCorrections({
      a: { on: '2026-11-25', correction: {} },
      b: { on: '2026-11-25', correction: { phone: '+33470000002' } },
    });
    const { out } = await fixture.run(['export', join(fixture.folder, 'un.json'), '--changed']);
    expect(out).toContain('1 lieu dans');
    expect(JSON.parse(fixture.read('un.json'))).toMatchObject([{ id: 'b', telephone: '+33470000002' }]);
  });
  it('writes no cell that a spreadsheet would run as a formula', async () => {
    await fixture.run(['export', join(fixture.folder, 'tout.csv')]);
    expect(fixture.read('tout.csv')).toContain(`"'=HYPERLINK(1)"`);
    expect(fixture.read('tout.csv')).not.toMatch(/"=/);
  });
  it('requires a name in .csv or .json, and an existing folder', async () => {
    expect((await fixture.run(['export', 'a.xlsx'])).code).toBe(2);
    expect((await fixture.run(['export'])).code).toBe(2);
    expect((await fixture.run(['export', join(fixture.folder, 'nulle-part/a.csv')])).code).toBe(1);
  });
});
