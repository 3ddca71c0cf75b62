import { describe, expect, it } from 'vitest';
import { MAX_SPOKEN_CHARS } from '../../../main/devices/speech.ts';
import { sentenceGroups as groupsOf } from '../../../main/features/speech/sentence-groups.ts';

const sentenceGroups = (texts: readonly string[], tag = 'fr'): readonly string[] =>
  groupsOf(texts.map((words) => ({ words, tag }))).map(({ words }) => words);

const sentence = (n: number): string =>
  `Ceci est la phrase numéro ${n}, qui dit quelque chose de plus que la précédente.`;
const words = (text: string): string[] => text.match(/[\p{L}\p{N}’]+/gu) ?? [];

describe('a document cut for reading aloud', () => {
  it('begins with a short group, so that it is heard at once', () => {
    const groups = sentenceGroups([Array.from({ length: 30 }, (_, n) => sentence(n)).join(' ')]);
    expect(groups[0]).toBe(sentence(0));
    expect(groups.length).toBeGreaterThan(5);
  });

  it('keeps every word in order, and every group short enough for a voice', () => {
    const pages = [1, 2, 3].map((page) => Array.from({ length: 25 }, (_, n) => sentence(page * 100 + n)).join(' '));
    const groups = sentenceGroups(pages);
    expect(words(groups.join(' '))).toEqual(words(pages.join(' ')));
    for (const group of groups) expect(group.length).toBeLessThanOrEqual(MAX_SPOKEN_CHARS);
  });

  it('ends groups where sentences end, not at an abbreviation or a number', () => {
    const text = `${'Le montant est de 1.250 euros, cf. art. 5 du code. '.repeat(12)}Fin.`;
    for (const group of sentenceGroups([text])) expect(group).toMatch(/(?:code|Fin)\.$/);
  });

  it('puts the lines of a paragraph together again', () => {
    const page = [
      'Nous vous informons que votre demande a bien été enregistrée par la',
      'Caf de l’Allier et que vous recevrez une réponse avant la fin du mois.',
    ].join('\n');
    expect(sentenceGroups([page]).join(' ')).toContain('par la Caf de l’Allier');
  });

  it('pauses between the fields of a form, and after a title', () => {
    expect(sentenceGroups(['Attestation de paiement\nNom : Exemple\nPrénom : Camille'])).toEqual([
      'Attestation de paiement\n\nNom : Exemple\n\nPrénom : Camille',
    ]);
  });

  it('does not run one page into the next', () => {
    expect(sentenceGroups(['suite au verso', 'de votre lettre'])).toEqual(['suite au verso', 'de votre lettre']);
  });

  it('says no dotted line, no rule, no box; « n° » is a word', () => {
    expect(sentenceGroups(['Nom ................ Prénom ________\n----------\n☐ Dossier n° 12\u0007'])).toEqual([
      'Nom Prénom\n\n☐ Dossier numéro 12',
    ]);
  });

  it('« M. » is a word too', () => {
    expect(sentenceGroups(['À l’attention de M. Exemple, art. M. 12'])).toEqual([
      'À l’attention de Monsieur Exemple, art. M. 12',
    ]);
  });

  it.each([
    ['M. A. Exemple', 'Monsieur A. Exemple'],
    ['M.Exemple', 'Monsieur Exemple'],
    ['la M.D.P.H. de l’Allier', 'la M.D.P.H. de l’Allier'],
    ['la M.S.A. Auvergne', 'la M.S.A. Auvergne'],
    ['un H.L.M. Moulins', 'un H.L.M. Moulins'],
    ['le S.M.I.C. horaire', 'le S.M.I.C. horaire'],
  ])('reads « %s » as « %s »', (text, said) => {
    expect(sentenceGroups([text]).join(' ')).toBe(said);
  });

  it('cuts a sentence without end at a comma, else between words, else anywhere', () => {
    const commas = sentenceGroups([`${'un mot de plus, '.repeat(60)}fin.`]);
    for (const group of commas.slice(0, -1)) expect(group).toMatch(/,$/);
    const spaces = sentenceGroups(['mot '.repeat(300)]);
    for (const group of spaces) expect(group).toMatch(/^mot(?: mot)*$/);
    const nothing = sentenceGroups(['a'.repeat(1_000)]);
    expect(nothing.join('').replaceAll(' ', '')).toBe('a'.repeat(1_000));
    for (const group of [...commas, ...spaces, ...nothing]) expect(group.length).toBeLessThanOrEqual(MAX_SPOKEN_CHARS);
  });

  it('has nothing to say of nothing', () => {
    expect(sentenceGroups([])).toEqual([]);
    expect(sentenceGroups(['', ' \n ', '.....', '— * —'])).toEqual([]);
  });

  it('may have a page of any number of lines', () => {
    expect(sentenceGroups([`${'\n'.repeat(200_000)}Fin.`])).toEqual(['Fin.']);
  });

  it('stops somewhere', () => {
    const groups = sentenceGroups([`${sentence(1)} `.repeat(10_000)]);
    expect(groups.join('').length).toBeLessThan(61_000);
    expect(groups.length).toBeLessThan(1_000);
  });

  it('keeps texts apart: each part says which text it is from, and in which language', () => {
    const texts = [
      { words: 'Préparez vos papiers.', tag: 'fr' },
      { words: '…', tag: 'fr' },
      { words: `${'Bring your papers. '.repeat(10)}No. 3`, tag: 'en' },
    ];
    const groups = groupsOf(texts);
    expect(groups[0]).toEqual({ words: 'Préparez vos papiers.', tag: 'fr', of: 0 });
    expect(groups.slice(1).map(({ of, tag }) => [of, tag])).toEqual([
      [2, 'en'],
      [2, 'en'],
    ]);
  });

  it('is no more work for a text without end, which no voice would read to the end', () => {
    const said = sentenceGroups([`B${'by'.repeat(1_000_000)}`]).join('').length;
    expect(said).toBeGreaterThan(59_000);
    expect(said).toBeLessThan(61_000);
  });

  it('says abbreviations in French only in French', () => {
    expect(sentenceGroups(['Dossier N° 7 de M. Exemple'])).toEqual(['Dossier numéro 7 de Monsieur Exemple']);
    expect(sentenceGroups(['File N° 7'], 'en')).toEqual(['File N° 7']);
  });
});
