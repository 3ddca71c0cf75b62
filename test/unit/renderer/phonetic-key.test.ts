import { describe, expect, it } from 'vitest';
import { fold } from '../../../renderer/features/catalogue/fold.ts';
import { makeSearch } from '../../../renderer/features/catalogue/search.ts';
import { phoneticKey } from '../../../renderer/features/catalogue/phonetic-key.ts';
import { shippedCatalogue } from './catalogue-files.ts';

const sound = (word: string): string => phoneticKey(fold(word));

describe('the phonetic form of a word', () => {
  it.each([
    ['retraite', 'retrete'],
    ['impôts', 'impo'],
    ['impôts', 'inpots'],
    ['logement', 'lojeman'],
    ['photo', 'foto'],
    ['chômage', 'chomaje'],
    ['caisse', 'kesse'],
    ['permis', 'permi'],
    ['passeport', 'paseport'],
    ['cadeau', 'kado'],
    ['pension', 'pansion'],
    ['travail', 'travaille'],
    ['naissance', 'nesance'],
  ])('of %s equals that of %s', (right, typed) => {
    expect(sound(typed)).toBe(sound(right));
  });

  it.each([
    ['caf', 'cave'],
    ['rsa', 'msa'],
    ['apl', 'apa'],
    ['carte', 'caisse'],
    ['permis', 'premier'],
    ['impôt', 'emploi'],
  ])('of %s differs from that of %s', (one, other) => {
    expect(sound(one)).not.toBe(sound(other));
  });

  it('keeps digits', () => {
    expect(phoneticKey('2042')).toBe('2042');
  });
});

describe('a phonetic search', () => {
  const { demarches, synonyms } = shippedCatalogue();
  const search = makeSearch(demarches, synonyms);
  it.each([
    ['fransse travaye', 'ft-inscription'],
    ['pasepor', 'ants-passeport'],
    ['déclarassion impo', 'impots-declaration'],
    ['chomaje', 'ft-inscription'],
  ])('%s', (typed, id) => {
    expect(search(typed, 3).map((one) => one.id)).toContain(id);
  });
});
