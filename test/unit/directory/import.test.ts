import { existsSync } from 'node:fs';
import library from '@gouvfr-anct/lieux-de-mediation-numerique';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNational, type Taken } from '../../../main/features/directory/import/national.ts';
import { MAX_FILE_BYTES } from '../../../main/features/directory/import/decode.ts';
import type { Refused } from '../../../main/features/directory/import/report.ts';
import { context, csv, openFixture, row, type ImportFixture } from './import-fixture.ts';

const taken = (cells: Record<string, string>): Taken => {
  const read = readNational(cells, 2, context);
  if (!read.ok) throw new Error(read.error.why);
  return read.value;
};
const refusal = (cells: Record<string, string>): Refused => {
  const read = readNational(cells, 2, context);
  if (read.ok) throw new Error('taken');
  return read.error;
};
const repairsOf = ({ repairs: all }: Taken): string => all.map(({ column, what }) => `${column}: ${what}`).join('\n');

describe('a row of the national schema', () => {
  it('is imported unchanged when nothing is wrong', () => {
    expect(taken(row()).repairs).toEqual([]);
  });
  it.each([
    ['04 70 34 41 03', '+33470344103'],
    ['04.70.34.41.03', '+33470344103'],
    ['0033 (0)4 70 34 41 03', '+33470344103'],
    ['+33 4 70 34 41 03', '+33470344103'],
    ['470344103', '+33470344103'],
    ['04 70 34 41 03 / 06 00 00 00 00', '+33470344103'],
    ['3949', '3949'],
    ['sur place', null],
    ['04 70', null],
  ])('normalises the phone « %s »', (given, phone) => {
    expect(taken(row({ telephone: given })).place.phone).toBe(phone);
  });
  it('drops invalid e-mail and site addresses, and reports them', () => {
    const read = taken(row({ courriels: 'a.b@ville.fr;pas-un-mail', site_web: 'www.ville.fr|javascript:alert(1)' }));
    expect(read.place.emails).toEqual(['a.b@ville.fr']);
    expect(read.place.websites).toEqual(['https://www.ville.fr']);
    expect(repairsOf(read)).toContain('« pas-un-mail »');
    expect(repairsOf(read)).toContain('« javascript:alert(1) »');
  });
  it('accepts both list separators, and both spellings of « Étapes numériques (La Poste) »', () => {
    for (const label of ['Étapes numériques(La Poste)', 'Étapes numériques (La Poste)']) {
      const read = taken(
        row({
          formations_labels: `${label}|Fabriques de Territoire`,
          services: 'Aide aux démarches administratives;Loisirs et créations numériques',
        }),
      );
      expect(read.place.labels).toEqual(['Étapes numériques (La Poste)', 'Fabriques de Territoire']);
      expect(read.place.services).toHaveLength(2);
    }
  });
  it('keeps « Se présenter » for a place without services, because it does receive people', () => {
    const { place } = taken(row({ services: '', modalites_acces: 'Se présenter|Téléphoner' }));
    expect(place.services).toEqual([]);
    expect(place.accesses).toEqual(['Se présenter', 'Téléphoner']);
    // The library alone would turn it into “receives no public”.
    const theirs = library.fromSchemaLieuDeMediationNumerique({
      ...row(),
      pivot: '00000000000000',
      modalites_acces: 'Se présenter',
    } as never);
    expect(theirs.modalites_acces).toEqual(["Ce lieu n'accueille pas de public"]);
  });
  it('removes labels that the schema does not have, and reports them', () => {
    const read = taken(row({ services: 'Aide aux démarches administratives|Faire le café' }));
    expect(read.place.services).toEqual(['Aide aux démarches administratives']);
    expect(repairsOf(read)).toContain('services: « Faire le café »');
  });
  it('restores a postcode’s leading zero, and distinguishes 03190 as postcode and as INSEE code', () => {
    expect(taken(row({ code_postal: '3000' })).place.postcode).toBe('03000');
    expect(taken(row({ code_postal: '03190' })).place).toMatchObject({ postcode: '03000', insee: '03190' });
    const vallon = taken(
      row({ commune: 'Vallon en Sully', code_postal: '03190', code_insee: '', latitude: '', longitude: '' }),
    );
    expect(vallon.place).toMatchObject({ postcode: '03190', insee: '03297', commune: 'Vallon-en-Sully' });
  });
  it('trusts the commune’s name over the INSEE code of another commune', () => {
    const read = taken(
      row({ commune: 'Vichy', code_postal: '03200', code_insee: '03190', latitude: '', longitude: '' }),
    );
    expect(read.place.insee).toBe('03310');
    expect(repairsOf(read)).toContain('code_insee: 03190 est Moulins');
  });
  it('corrects swapped coordinates', () => {
    const read = taken(row({ latitude: '3.3324', longitude: '46.5646' }));
    expect(read.place).toMatchObject({ lat: 46.5646, lon: 3.3324, exact: true });
    expect(repairsOf(read)).toContain('échangées');
  });
  it.each([
    ['0', '0'],
    ['46.5646', '-23.3324'],
    ['46,5646', '-7'],
  ])('uses the town’s point when the coordinates are in the sea (%s, %s)', (latitude, longitude) => {
    const read = taken(row({ latitude, longitude }));
    expect(read.place).toMatchObject({ lat: 46.56459, lon: 3.33243, exact: false });
    expect(repairsOf(read)).toContain('en mer');
  });
  it('recognises Lambert-93 metres given instead of degrees', () => {
    const read = taken(row({ latitude: '6560000', longitude: '733000' }));
    expect(read.place).toMatchObject({ lat: 46.56459, lon: 3.33243, exact: false });
    expect(repairsOf(read)).toContain('Lambert-93 ?), exportez en WGS 84');
  });
  it('uses the town’s point when the coordinates are in another town', () => {
    const read = taken(row({ latitude: '46.1271', longitude: '3.4257' }));
    expect(read.place.exact).toBe(false);
    expect(repairsOf(read)).toMatch(/à 49 km de Moulins/);
  });
  it('reads numbers with a comma', () => {
    expect(taken(row({ latitude: '46,5646', longitude: '3,3324' })).place.lat).toBe(46.5646);
  });
  it('shows hours in prose as they were written', () => {
    const read = taken(row({ horaires: 'Le mardi matin, sur rendez-vous' }));
    expect(read.place).toMatchObject({ hours: null, hoursAsWritten: 'Le mardi matin, sur rendez-vous' });
  });
  it('reads « 00:00 - 00:00 » as no hours, and drops a repeated range', () => {
    expect(taken(row({ horaires: '00:00 - 00:00' })).place).toMatchObject({ hours: null, hoursAsWritten: null });
    expect(taken(row({ horaires: 'We 09:00-12:00,09:00-12:00' })).place.hours).toBe('We 09:00-12:00');
  });
  it('reads « 1er samedi du mois » from the comment', () => {
    const read = taken(row({ horaires: 'Mo-Sa 09:00-12:00', presentation_detail: 'Ouvert le 1er samedi du mois' }));
    expect(read.place.hours).toBe('Mo-Fr 09:00-12:00; Sa[1] 09:00-12:00');
    const only = taken(
      row({ horaires: 'Mo 09:00-12:00', presentation_detail: 'et le premier samedi du mois de 9h à 12h' }),
    );
    expect(only.place.hours).toBe('Mo 09:00-12:00; Sa[1] 09:00-12:00');
  });
  it('removes markup from the text', () => {
    const read = taken(row({ nom: '<b>Maison</b> du num&eacute;rique<script>alert(1)</script>' }));
    expect(read.place.name).toBe('Maison du numérique');
    expect(repairsOf(read)).toContain('HTML');
    expect(refusal(row({ nom: '<img src=x onerror=alert(1)>' }))).toMatchObject({ line: 2, column: 'nom' });
  });
  it('keeps a place outside the département, and reports it', () => {
    const read = taken(
      row({ commune: 'Nevers', code_postal: '58000', code_insee: '58194', latitude: '46.99', longitude: '3.16' }),
    );
    expect(read.place.commune).toBe('Nevers');
    expect(repairsOf(read)).toContain('hors du département');
  });
  it.each([
    [{ nom: '' }, 'nom'],
    [{ code_postal: '' }, 'code_postal'],
    [{ code_postal: 'Moulins' }, 'code_postal'],
    [{ commune: '' }, 'commune'],
  ])('refuses %o, and names the column', (parts, column) => {
    expect(refusal(row(parts))).toMatchObject({ line: 2, column });
    expect(refusal(row(parts)).why).not.toBe('');
  });
  it('replaces future and invalid dates', () => {
    expect(taken(row({ date_maj: '2031-01-01' })).place.updatedOn).toBe('2026-11-26');
    expect(taken(row({ date_maj: '01/08/2024' })).place.updatedOn).toBe('2024-08-01');
    expect(taken(row({ date_maj: 'hier' })).place.updatedOn).toBe('1970');
  });
});

describe('importing files', () => {
  let fixture: ImportFixture;
  beforeEach(() => {
    fixture = openFixture();
  });
  afterEach(() => fixture.close());
  const names = async (): Promise<readonly string[]> =>
    (await fixture.store.imported())?.places.map(({ name }) => name) ?? [];
  const imported = async (
    name: string,
    content: string | Uint8Array,
    ...more: string[]
  ): Promise<{ code: number; out: string; err: string }> =>
    fixture.run(['import', fixture.file(name, content), ...more]);

  it.each([',', ';', '\t'])('accepts a CSV separated by « %s »', async (separator) => {
    expect((await imported('a.csv', csv([row()], separator))).code).toBe(0);
    expect(await names()).toEqual(['Maison du numérique']);
  });
  it('accepts UTF-8 with a byte order mark, UTF-16 and Windows-1252', async () => {
    const text = csv([row()]);
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    for (const [name, bytes] of [
      ['bom.csv', `\uFEFF${text}`],
      ['wide.csv', wide],
      ['windows.csv', Buffer.from(text, 'latin1')],
    ] as const) {
      expect((await imported(name, bytes)).code, name).toBe(0);
      expect(await names()).toEqual(['Maison du numérique']);
    }
  });
  it('accepts the national JSON, with lists as arrays', async () => {
    const { code } = await imported(
      'a.json',
      JSON.stringify([{ ...row(), services: ['Aide aux démarches administratives'] }]),
    );
    expect(code).toBe(0);
    expect((await fixture.store.imported())?.places[0]?.services).toEqual(['Aide aux démarches administratives']);
  });
  it('accepts our own YAML, and gives the line of a mistake', async () => {
    const yaml = `source: essai\ncheckedOn: '2026'\nplaces:\n  - id: un\n    name: Un lieu\n    commune: '03190'\n    town: Moulins\n    postcode: '03000'\n`;
    expect((await imported('a.yaml', yaml)).code).toBe(0);
    expect(await names()).toEqual(['Un lieu']);
    const wrong = await imported('b.yaml', yaml.replace("'03000'", 'Moulins'));
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('ligne 8');
    expect(await names()).toEqual(['Un lieu']);
  });
  it('keeps the previous import when one of several files is refused as a whole', async () => {
    const yaml = `source: essai\ncheckedOn: '2026'\nplaces:\n  - id: un\n    name: Un lieu\n    commune: '03310'\n    town: Vichy\n    postcode: '03200'\n`;
    const table = fixture.file('a.csv', csv([row()]));
    expect((await fixture.run(['import', table, fixture.file('b.yaml', yaml)])).code).toBe(0);
    const both = await names();
    expect(both).toHaveLength(2);
    const { code, out, err } = await fixture.run([
      'import',
      table,
      fixture.file('b.yaml', yaml.replace("'03200'", 'Vichy')),
    ]);
    expect(code).toBe(1);
    expect(out).toContain('ligne 8');
    expect(err).toContain('b.yaml : aucun lieu pris');
    expect(await names()).toEqual(both);
  });
  it.each([
    ['an empty file', 'vide.csv', '', 'vide'],
    ['wrong columns', 'faux.csv', 'a,b\n1,2\n', 'colonnes manquantes : nom, commune, code_postal'],
    ['wrong columns, naming those it found', 'faux.csv', 'a,b\n1,2\n', 'la ligne 1 a : a, b'],
    ['columns nearly right', 'faux.csv', 'nom,comune,code_postal\na,b,03000\n', '« comune » est-il « commune »'],
    ['a CSV cut inside a cell', 'demi.csv', csv([row(), row({ id: 'deux' })]).slice(0, -20), 's’arrête au milieu'],
    ['a truncated JSON', 'demi.json', JSON.stringify([row()]).slice(0, -20), 'fichier coupé'],
    ['a JSON that is not an array', 'objet.json', '{"a":1}', 'une liste'],
    ['a spreadsheet', 'tableur.csv', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'pas un fichier de texte'],
  ])('refuses %s entirely, and keeps the previous import', async (_, name, content, why) => {
    await imported('avant.csv', csv([row()]));
    const { code, out, err } = await imported(name, content);
    expect(code).toBe(1);
    expect(out).toContain(why);
    expect(err).toContain('Rien n’a changé');
    expect(await names()).toEqual(['Maison du numérique']);
  });
  it('refuses a row that is cut between two cells, and gives its line', async () => {
    const cut = `${csv([row()])}\n"deux","","Autre lieu"`;
    const { out } = await imported('demi.csv', cut);
    expect(out).toMatch(/ligne 3, \S+ : la ligne s’arrête avant la fin/);
    expect(await names()).toEqual(['Maison du numérique']);
  });
  it('refuses a file of 200 MB without reading it', async () => {
    const path = fixture.file('gros.csv', '');
    const { truncateSync } = await import('node:fs');
    truncateSync(path, 200_000_000);
    const { code, out } = await fixture.run(['import', path]);
    expect(code).toBe(1);
    expect(out).toContain(`200 Mo, ${MAX_FILE_BYTES / 1e6} Mo au plus`);
  });
  it('gives a new id to the second of two places with the same id, and reports it', async () => {
    const { code, out } = await imported(
      'a.csv',
      csv([row(), row({ nom: 'Autre lieu', commune: 'Vichy', code_postal: '03200', code_insee: '03310' })]),
    );
    expect(code).toBe(0);
    expect(out).toContain(
      '1 identifiant donné à deux lieux :\n  « Autre lieu » : « un-2 » à la place de « un », déjà pris',
    );
    expect((await fixture.store.imported())?.places.map(({ id }) => id)).toEqual(['un', 'un-2']);
  });
  it('reports what it imported, repaired and refused, with line and column', async () => {
    const { out } = await imported(
      'a.csv',
      csv([
        row(),
        row({ id: 'deux', telephone: '04 70 34 41 03' }),
        row({ id: 'trois', code_postal: '3' }),
        row({ id: 'quatre', horaires: 'le matin' }),
      ]),
    );
    expect(out).toContain('4 lignes : 3 prises, dont 2 corrigées ; 1 refusée');
    expect(out).toContain('ligne 3, telephone');
    expect(out).toContain('ligne 5, horaires');
    expect(out).toContain('ligne 4, code_postal : « 3 »');
  });
  it('numbers the records of a JSON, because its lines mean nothing to people', async () => {
    const { out } = await imported('a.json', JSON.stringify([row(), row({ id: 'deux', code_postal: '' })]));
    expect(out).toContain('2 fiches : 1 prise');
    expect(out).toContain('fiche 2, code_postal : le code postal manque : cinq chiffres, comme 03000');
  });
  it('counts repeated repairs, and gives one of them as an example', async () => {
    const towns = [row({ commune: 'MOULINS' }), row({ id: 'deux', commune: 'moulins' })];
    const phones = towns.map((one) => ({ ...one, telephone: '0470344103' }));
    const { out } = await imported('a.csv', csv(phones));
    expect(out).toContain('2 lignes, commune : par exemple « MOULINS » écrit « Moulins » (la première : ligne 2)');
    expect(out).toContain('2 lignes, telephone : numéro mis au format national (la première : ligne 2)');
  });
  it('reports filled-in INSEE codes together, even of different towns', async () => {
    const rows = [row({ code_insee: '' }), row({ id: 'deux', commune: 'Vichy', code_postal: '03200', code_insee: '' })];
    const { out } = await imported('a.csv', csv(rows));
    expect(out).toContain('2 lignes, code_insee : par exemple complété d’après la commune : « 03190 » (la première');
  });
  it('counts lines of the file, not rows, because a cell may contain several lines', async () => {
    const { out } = await imported(
      'a.csv',
      csv([row({ presentation_detail: 'une\ndeux\ntrois' }), row({ id: 'deux', code_postal: 'x' })]),
    );
    expect(out).toContain('ligne 5, code_postal');
  });
  it('requires --force for an import that is much smaller than the last', async () => {
    const many = Array.from({ length: 10 }, (_, at) => row({ id: `n${at}`, nom: `Lieu ${at}` }));
    await imported('a.csv', csv(many));
    const small = await imported('b.csv', csv(many.slice(0, 2)));
    expect(small.code).toBe(1);
    expect(small.err).toContain('2 lieux au lieu de 10');
    expect(await names()).toHaveLength(10);
    expect((await imported('b.csv', csv(many.slice(0, 2)), '--force')).code).toBe(0);
    expect(await names()).toHaveLength(2);
  });
  it('changes nothing with --dry-run', async () => {
    const { code, out } = await imported('a.csv', csv([row()]), '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('Rien n’a changé');
    expect(await fixture.store.imported()).toBeUndefined();
  });
  it('restores the previous import, and the later one again', async () => {
    await imported('a.csv', csv([row({ nom: 'Premier' })]));
    await imported('b.csv', csv([row({ nom: 'Second' })]));
    expect((await fixture.run(['restore'])).code).toBe(0);
    expect(await names()).toEqual(['Premier']);
    await fixture.run(['restore']);
    expect(await names()).toEqual(['Second']);
  });
  it('reports that there is no previous import to restore', async () => {
    const { code, err } = await fixture.run(['restore']);
    expect(code).toBe(1);
    expect(err).toContain('pas d’import précédent');
  });
  it('moves a damaged file aside, and can restore the previous import', async () => {
    await imported('a.csv', csv([row({ nom: 'Premier' })]));
    await imported('b.csv', csv([row({ nom: 'Second' })]));
    const file = `${fixture.folder}/state/directory/imported.json`;
    fixture.file('state/directory/imported.json', '{"version":1,');
    expect(await fixture.store.imported()).toBeUndefined();
    expect(fixture.damaged).toEqual(['imported']);
    expect(existsSync(`${file}.damaged`)).toBe(true);
    await fixture.run(['restore']);
    expect(await names()).toEqual(['Premier']);
  });
  it('explains its usage', async () => {
    expect((await fixture.run([])).code).toBe(2);
    expect((await fixture.run(['--help'])).out).toContain('directory import');
    expect((await fixture.run(['importer'])).err).toContain('« importer »');
    expect((await fixture.run(['import', '--vite'])).err).toContain('--vite');
    expect((await fixture.run(['import'])).code).toBe(2);
  });
});

describe('the same place from two sources', () => {
  let fixture: ImportFixture;
  beforeEach(() => {
    fixture = openFixture();
  });
  afterEach(() => fixture.close());

  const both = async (older: Record<string, string>, newer: Record<string, string>): Promise<string> => {
    const paths = [fixture.file('vieux.csv', csv([older])), fixture.file('neuf.csv', csv([newer]))];
    return (await fixture.run(['import', ...paths])).out;
  };
  const older = row({
    id: 'a',
    nom: 'MSAP de Moulins',
    typologie: 'MSAP',
    telephone: '04 70 00 00 01',
    date_maj: '2019-01-01',
    courriels: 'ancien@moulins.fr',
  });
  const newer = row({
    id: 'b',
    nom: 'France services Moulins',
    typologie: 'RFS',
    telephone: '04 70 00 00 02',
    date_maj: '2024-08-01',
  });

  it('is merged field by field: the newer value wins unless it is empty, and the report shows it', async () => {
    const out = await both(older, newer);
    const places = (await fixture.store.imported())?.places ?? [];
    expect(places).toHaveLength(1);
    expect(places[0]).toMatchObject({
      id: 'a',
      name: 'France services Moulins',
      phone: '+33470000002',
      emails: ['ancien@moulins.fr'],
      updatedOn: '2024-08-01',
    });
    expect(out).toContain('téléphone : 04 70 00 00 02 (2024-08-01) plutôt que 04 70 00 00 01 (2019-01-01)');
  });
  it('is merged the same way in any order of the files', async () => {
    const paths = [fixture.file('neuf.csv', csv([newer])), fixture.file('vieux.csv', csv([older]))];
    await fixture.run(['import', ...paths]);
    expect((await fixture.store.imported())?.places[0]).toMatchObject({
      name: 'France services Moulins',
      phone: '+33470000002',
      emails: ['ancien@moulins.fr'],
    });
  });
  it('stays separate when the kind differs, and within one file', async () => {
    await both(older, { ...newer, typologie: 'BIB' });
    expect((await fixture.store.imported())?.places).toHaveLength(2);
    await fixture.run(['import', '--force', fixture.file('un.csv', csv([older, newer]))]);
    expect((await fixture.store.imported())?.places).toHaveLength(2);
  });
});
