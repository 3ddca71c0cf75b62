import { existsSync } from 'node:fs';
import library from '@gouvfr-anct/lieux-de-mediation-numerique';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNational, type Taken } from '../../../main/features/directory/import/national.ts';
import { MAX_FILE_BYTES } from '../../../main/features/directory/import/decode.ts';
import type { Refused } from '../../../main/features/directory/import/report.ts';
import { context, csv, openDesk, row, type Desk } from './import-fixture.ts';

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
  it('is taken as it is when nothing is wrong', () => {
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
  it('drops what is no e-mail and no address of a site, and says so', () => {
    const read = taken(row({ courriels: 'a.b@ville.fr;pas-un-mail', site_web: 'www.ville.fr|javascript:alert(1)' }));
    expect(read.place.emails).toEqual(['a.b@ville.fr']);
    expect(read.place.websites).toEqual(['https://www.ville.fr']);
    expect(repairsOf(read)).toContain('« pas-un-mail »');
    expect(repairsOf(read)).toContain('« javascript:alert(1) »');
  });
  it('takes both separators, and both spellings of « Étapes numériques (La Poste) »', () => {
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
  it('keeps « Se présenter » of a place that names no service: it does receive people', () => {
    const { place } = taken(row({ services: '', modalites_acces: 'Se présenter|Téléphoner' }));
    expect(place.services).toEqual([]);
    expect(place.accesses).toEqual(['Se présenter', 'Téléphoner']);
    // What the library alone would make of it.
    const theirs = library.fromSchemaLieuDeMediationNumerique({
      ...row(),
      pivot: '00000000000000',
      modalites_acces: 'Se présenter',
    } as never);
    expect(theirs.modalites_acces).toEqual(["Ce lieu n'accueille pas de public"]);
  });
  it('removes labels that the schema does not know, and says which', () => {
    const read = taken(row({ services: 'Aide aux démarches administratives|Faire le café' }));
    expect(read.place.services).toEqual(['Aide aux démarches administratives']);
    expect(repairsOf(read)).toContain('services: « Faire le café »');
  });
  it('gives a postcode back its zero, and tells 03190 the postcode from 03190 the INSEE code', () => {
    expect(taken(row({ code_postal: '3000' })).place.postcode).toBe('03000');
    expect(taken(row({ code_postal: '03190' })).place).toMatchObject({ postcode: '03000', insee: '03190' });
    const vallon = taken(
      row({ commune: 'Vallon en Sully', code_postal: '03190', code_insee: '', latitude: '', longitude: '' }),
    );
    expect(vallon.place).toMatchObject({ postcode: '03190', insee: '03297', commune: 'Vallon-en-Sully' });
  });
  it('believes the name of the commune over an INSEE code of another', () => {
    const read = taken(
      row({ commune: 'Vichy', code_postal: '03200', code_insee: '03190', latitude: '', longitude: '' }),
    );
    expect(read.place.insee).toBe('03310');
    expect(repairsOf(read)).toContain('code_insee: 03190 est Moulins');
  });
  it('turns swapped coordinates round', () => {
    const read = taken(row({ latitude: '3.3324', longitude: '46.5646' }));
    expect(read.place).toMatchObject({ lat: 46.5646, lon: 3.3324, exact: true });
    expect(repairsOf(read)).toContain('échangées');
  });
  it.each([
    ['0', '0'],
    ['46.5646', '-23.3324'],
    ['46,5646', '-7'],
  ])('puts the place at its town where its point is in the sea (%s, %s)', (latitude, longitude) => {
    const read = taken(row({ latitude, longitude }));
    expect(read.place).toMatchObject({ lat: 46.56459, lon: 3.33243, exact: false });
    expect(repairsOf(read)).toContain('en mer');
  });
  it('recognises metres of Lambert-93 that stand where degrees should', () => {
    const read = taken(row({ latitude: '6560000', longitude: '733000' }));
    expect(read.place).toMatchObject({ lat: 46.56459, lon: 3.33243, exact: false });
    expect(repairsOf(read)).toContain('Lambert-93 ?), exportez en WGS 84');
  });
  it('does the same where its point is in another town', () => {
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
  it('takes « 00:00 - 00:00 » for no hours, and a range given twice once', () => {
    expect(taken(row({ horaires: '00:00 - 00:00' })).place).toMatchObject({ hours: null, hoursAsWritten: null });
    expect(taken(row({ horaires: 'We 09:00-12:00,09:00-12:00' })).place.hours).toBe('We 09:00-12:00');
  });
  it('reads « 1er samedi du mois » of the comment', () => {
    const read = taken(row({ horaires: 'Mo-Sa 09:00-12:00', presentation_detail: 'Ouvert le 1er samedi du mois' }));
    expect(read.place.hours).toBe('Mo-Fr 09:00-12:00; Sa[1] 09:00-12:00');
    const only = taken(
      row({ horaires: 'Mo 09:00-12:00', presentation_detail: 'et le premier samedi du mois de 9h à 12h' }),
    );
    expect(only.place.hours).toBe('Mo 09:00-12:00; Sa[1] 09:00-12:00');
  });
  it('leaves no markup in what people read', () => {
    const read = taken(row({ nom: '<b>Maison</b> du num&eacute;rique<script>alert(1)</script>' }));
    expect(read.place.name).toBe('Maison du numérique');
    expect(repairsOf(read)).toContain('HTML');
    expect(refusal(row({ nom: '<img src=x onerror=alert(1)>' }))).toMatchObject({ line: 2, column: 'nom' });
  });
  it('keeps a place outside the département, and says so', () => {
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
  ])('refuses %o by naming the column', (parts, column) => {
    expect(refusal(row(parts))).toMatchObject({ line: 2, column });
    expect(refusal(row(parts)).why).not.toBe('');
  });
  it('does not believe a date to come, nor one that is none', () => {
    expect(taken(row({ date_maj: '2031-01-01' })).place.updatedOn).toBe('2026-11-26');
    expect(taken(row({ date_maj: '01/08/2024' })).place.updatedOn).toBe('2024-08-01');
    expect(taken(row({ date_maj: 'hier' })).place.updatedOn).toBe('1970');
  });
});

describe('importing files', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = openDesk();
  });
  afterEach(() => desk.close());
  const names = async (): Promise<readonly string[]> =>
    (await desk.store.imported())?.places.map(({ name }) => name) ?? [];
  const imported = async (
    name: string,
    content: string | Uint8Array,
    ...more: string[]
  ): Promise<{ code: number; out: string; err: string }> => desk.run(['import', desk.file(name, content), ...more]);

  it.each([',', ';', '\t'])('takes a CSV with « %s » between its cells', async (separator) => {
    expect((await imported('a.csv', csv([row()], separator))).code).toBe(0);
    expect(await names()).toEqual(['Maison du numérique']);
  });
  it('takes UTF-8 with its mark, UTF-16 and Windows-1252', async () => {
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
  it('takes the national JSON, with lists written as lists', async () => {
    const { code } = await imported(
      'a.json',
      JSON.stringify([{ ...row(), services: ['Aide aux démarches administratives'] }]),
    );
    expect(code).toBe(0);
    expect((await desk.store.imported())?.places[0]?.services).toEqual(['Aide aux démarches administratives']);
  });
  it('takes our own YAML, and names the line of what is wrong in it', async () => {
    const yaml = `source: essai\ncheckedOn: '2026'\nplaces:\n  - id: un\n    name: Un lieu\n    commune: '03190'\n    town: Moulins\n    postcode: '03000'\n`;
    expect((await imported('a.yaml', yaml)).code).toBe(0);
    expect(await names()).toEqual(['Un lieu']);
    const wrong = await imported('b.yaml', yaml.replace("'03000'", 'Moulins'));
    expect(wrong.code).toBe(1);
    expect(wrong.out).toContain('ligne 8');
    expect(await names()).toEqual(['Un lieu']);
  });
  it.each([
    ['an empty file', 'vide.csv', '', 'vide'],
    ['wrong columns', 'faux.csv', 'a,b\n1,2\n', 'colonnes manquantes : nom, commune, code_postal'],
    ['wrong columns, naming those it found', 'faux.csv', 'a,b\n1,2\n', 'la ligne 1 a : a, b'],
    ['columns nearly right', 'faux.csv', 'nom,comune,code_postal\na,b,03000\n', '« comune » est-il « commune »'],
    ['half a file, cut in a cell', 'demi.csv', csv([row(), row({ id: 'deux' })]).slice(0, -20), 's’arrête au milieu'],
    ['half a JSON', 'demi.json', JSON.stringify([row()]).slice(0, -20), 'fichier coupé'],
    ['a JSON that is no list', 'objet.json', '{"a":1}', 'une liste'],
    ['a spreadsheet', 'tableur.csv', new Uint8Array([0x50, 0x4b, 3, 4, 0, 0]), 'pas un fichier de texte'],
  ])('refuses %s whole, and keeps what was there', async (_, name, content, why) => {
    await imported('avant.csv', csv([row()]));
    const { code, out, err } = await imported(name, content);
    expect(code).toBe(1);
    expect(out).toContain(why);
    expect(err).toContain('Rien n’a changé');
    expect(await names()).toEqual(['Maison du numérique']);
  });
  it('refuses a row that is cut between two cells, by its line', async () => {
    const cut = `${csv([row()])}\n"deux","","Autre lieu"`;
    const { out } = await imported('demi.csv', cut);
    expect(out).toMatch(/ligne 3, \S+ : la ligne s’arrête avant la fin/);
    expect(await names()).toEqual(['Maison du numérique']);
  });
  it('refuses a file of 200 MB without reading it', async () => {
    const path = desk.file('gros.csv', '');
    const { truncateSync } = await import('node:fs');
    truncateSync(path, 200_000_000);
    const { code, out } = await desk.run(['import', path]);
    expect(code).toBe(1);
    expect(out).toContain(`200 Mo, ${MAX_FILE_BYTES / 1e6} Mo au plus`);
  });
  it('gives two places of one id two ids, and says so', async () => {
    const { code, out } = await imported(
      'a.csv',
      csv([row(), row({ nom: 'Autre lieu', commune: 'Vichy', code_postal: '03200', code_insee: '03310' })]),
    );
    expect(code).toBe(0);
    expect(out).toContain(
      '1 identifiant donné à deux lieux :\n  « Autre lieu » : « un-2 » à la place de « un », déjà pris',
    );
    expect((await desk.store.imported())?.places.map(({ id }) => id)).toEqual(['un', 'un-2']);
  });
  it('reports what it took, mended and refused, each with its line and column', async () => {
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
  it('counts the places of a JSON: it has no lines that people see', async () => {
    const { out } = await imported('a.json', JSON.stringify([row(), row({ id: 'deux', code_postal: '' })]));
    expect(out).toContain('2 fiches : 1 prise');
    expect(out).toContain('fiche 2, code_postal : le code postal manque : cinq chiffres, comme 03000');
  });
  it('counts what it mended many times, and says so when it only gives an example', async () => {
    const towns = [row({ commune: 'MOULINS' }), row({ id: 'deux', commune: 'moulins' })];
    const phones = towns.map((one) => ({ ...one, telephone: '0470344103' }));
    const { out } = await imported('a.csv', csv(phones));
    expect(out).toContain('2 lignes, commune : par exemple « MOULINS » écrit « Moulins » (la première : ligne 2)');
    expect(out).toContain('2 lignes, telephone : numéro mis au format national (la première : ligne 2)');
  });
  it('tells of codes that it filled in once, whatever the towns', async () => {
    const rows = [row({ code_insee: '' }), row({ id: 'deux', commune: 'Vichy', code_postal: '03200', code_insee: '' })];
    const { out } = await imported('a.csv', csv(rows));
    expect(out).toContain('2 lignes, code_insee : par exemple complété d’après la commune : « 03190 » (la première');
  });
  it('counts lines of the file, not rows: a cell may hold several', async () => {
    const { out } = await imported(
      'a.csv',
      csv([row({ presentation_detail: 'une\ndeux\ntrois' }), row({ id: 'deux', code_postal: 'x' })]),
    );
    expect(out).toContain('ligne 5, code_postal');
  });
  it('asks before an import that is much smaller than the last', async () => {
    const many = Array.from({ length: 10 }, (_, at) => row({ id: `n${at}`, nom: `Lieu ${at}` }));
    await imported('a.csv', csv(many));
    const small = await imported('b.csv', csv(many.slice(0, 2)));
    expect(small.code).toBe(1);
    expect(small.err).toContain('2 lieux au lieu de 10');
    expect(await names()).toHaveLength(10);
    expect((await imported('b.csv', csv(many.slice(0, 2)), '--force')).code).toBe(0);
    expect(await names()).toHaveLength(2);
  });
  it('changes nothing when it is a trial', async () => {
    const { code, out } = await imported('a.csv', csv([row()]), '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain('Rien n’a changé');
    expect(await desk.store.imported()).toBeUndefined();
  });
  it('goes back to the import before, and forth again', async () => {
    await imported('a.csv', csv([row({ nom: 'Premier' })]));
    await imported('b.csv', csv([row({ nom: 'Second' })]));
    expect((await desk.run(['restore'])).code).toBe(0);
    expect(await names()).toEqual(['Premier']);
    await desk.run(['restore']);
    expect(await names()).toEqual(['Second']);
  });
  it('says that there is nothing to go back to', async () => {
    const { code, err } = await desk.run(['restore']);
    expect(code).toBe(1);
    expect(err).toContain('pas d’import précédent');
  });
  it('moves a damaged directory aside, and lets the one before come back', async () => {
    await imported('a.csv', csv([row({ nom: 'Premier' })]));
    await imported('b.csv', csv([row({ nom: 'Second' })]));
    const file = `${desk.folder}/state/directory/imported.json`;
    desk.file('state/directory/imported.json', '{"version":1,');
    expect(await desk.store.imported()).toBeUndefined();
    expect(desk.damaged).toEqual(['imported']);
    expect(existsSync(`${file}.damaged`)).toBe(true);
    await desk.run(['restore']);
    expect(await names()).toEqual(['Premier']);
  });
  it('says how it is used', async () => {
    expect((await desk.run([])).code).toBe(2);
    expect((await desk.run(['--help'])).out).toContain('directory import');
    expect((await desk.run(['importer'])).err).toContain('« importer »');
    expect((await desk.run(['import', '--vite'])).err).toContain('--vite');
    expect((await desk.run(['import'])).code).toBe(2);
  });
});

describe('the same place from two sources', () => {
  let desk: Desk;
  beforeEach(() => {
    desk = openDesk();
  });
  afterEach(() => desk.close());

  const both = async (older: Record<string, string>, newer: Record<string, string>): Promise<string> => {
    const paths = [desk.file('vieux.csv', csv([older])), desk.file('neuf.csv', csv([newer]))];
    return (await desk.run(['import', ...paths])).out;
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

  it('becomes one: the newer wins field by field, what it leaves empty stays, and the report shows it', async () => {
    const out = await both(older, newer);
    const places = (await desk.store.imported())?.places ?? [];
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
  it('gives the same whatever the order of the files', async () => {
    const paths = [desk.file('neuf.csv', csv([newer])), desk.file('vieux.csv', csv([older]))];
    await desk.run(['import', ...paths]);
    expect((await desk.store.imported())?.places[0]).toMatchObject({
      name: 'France services Moulins',
      phone: '+33470000002',
      emails: ['ancien@moulins.fr'],
    });
  });
  it('stays two when the kind or the town differs, and within one file', async () => {
    await both(older, { ...newer, typologie: 'BIB' });
    expect((await desk.store.imported())?.places).toHaveLength(2);
    await desk.run(['import', '--force', desk.file('un.csv', csv([older, newer]))]);
    expect((await desk.store.imported())?.places).toHaveLength(2);
  });
});
