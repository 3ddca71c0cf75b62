import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Commune } from '../../../main/contract/directory.ts';
import { makeCommuneSearch, prefixDistance } from '../../../renderer/features/directory/communes.ts';

/** The register of communes that the kiosk uses. */
const communes = (
  JSON.parse(
    readFileSync(
      join(import.meta.dirname, '../../../node_modules/@etalab/decoupage-administratif/data/communes.json'),
      'utf8',
    ),
  ) as { code: string; nom: string; departement?: string; type: string; codesPostaux?: string[]; population?: number }[]
)
  .filter(({ departement, type }) => departement === '03' && type === 'commune-actuelle')
  .map(({ code, nom, codesPostaux, population }): Commune => ({
    code,
    name: nom,
    postcodes: codesPostaux ?? [],
    at: null,
    precision: 'exact',
    epci: null,
    population: population ?? 0,
  }));
const search = makeCommuneSearch(communes);
const first = (typed: string): string | undefined => search(typed, 8)[0]?.name;

describe('finding a commune', () => {
  it('does not offer towns that do not match', () => {
    expect(search('bourbon l archambo', 4).map(({ name }) => name)).toEqual(["Bourbon-l'Archambault"]);
  });
  it('knows the 317 communes', () => {
    expect(communes).toHaveLength(317);
  });
  it.each([
    ['bourbon l archambo', "Bourbon-l'Archambault"],
    ['Bourbon l’Archambault', "Bourbon-l'Archambault"],
    ['archambault', "Bourbon-l'Archambault"],
    ['st pourcain', 'Saint-Pourçain-sur-Sioule'],
    ['saint poursain sur sioule', 'Saint-Pourçain-sur-Sioule'],
    ['ste therence', 'Sainte-Thérence'],
    ['MONTLUCON', 'Montluçon'],
    ['monlusson', 'Montluçon'],
    ['moulin', 'Moulins'],
    ['ebreuil', 'Ébreuil'],
    ['vichi', 'Vichy'],
    ['cosne d allier', "Cosne-d'Allier"],
    ['jaligny s besbre', 'Jaligny-sur-Besbre'],
    ['dompiere', 'Dompierre-sur-Besbre'],
    ['03000 Moulins', 'Moulins'],
    ['moulins sur allier', 'Moulins'],
    ['j’habite à Vichy', 'Vichy'],
    ['montluçon ville', 'Montluçon'],
    ['mairie de st pourcain sur sioule', 'Saint-Pourçain-sur-Sioule'],
    ['3200', 'Vichy'],
  ])('« %s » is %s', (typed, name) => {
    expect(first(typed)).toBe(name);
  });
  it('finds every commune by its own name, and by its name without accents, hyphens or apostrophes', () => {
    for (const { name } of communes) {
      expect(first(name)).toBe(name);
      const bare = name
        .normalize('NFD')
        .replace(/\p{Diacritic}/gu, '')
        .replace(/[-'’]/g, ' ')
        .toLowerCase();
      expect(first(bare), bare).toBe(name);
    }
  });
  it('reads 03190 as a postcode, not as the INSEE code of Moulins', () => {
    const found = search('03190', 50).map(({ name }) => name);
    expect(found).toContain('Vallon-en-Sully');
    expect(found).not.toContain('Moulins');
  });
  it('finds nothing for text that is no commune of the département', () => {
    expect(search('Strasbourg', 8)).toEqual([]);
    expect(search('a', 8)).toEqual([]);
    expect(search('99999', 8)).toEqual([]);
    expect(search('chez moi', 8)).toEqual([]);
  });
  it('counts the typing errors against the nearest prefix', () => {
    expect(prefixDistance('mouln', 'moulins', 2)).toBe(1);
    expect(prefixDistance('muolins', 'moulins', 2)).toBe(1);
    expect(prefixDistance('paris', 'moulins', 1)).toBe(2);
  });
});
