/** How the texts of the tutorials are weighed. */
import { describe, expect, it } from 'vitest';
import {
  hardWordFinder,
  longSentences,
  readingEase,
  sentencesOf,
  syllablesOf,
  wordsOf,
} from '../../../main/config/plain-french.ts';

describe('sentences and words', () => {
  it('ends a sentence at a sign followed by a space, not inside an address', () => {
    expect(sentencesOf('Ouvrez impots.gouv.fr. Lisez. Est-ce lui\u00a0? Oui\u00a0!')).toEqual([
      'Ouvrez impots.gouv.fr.',
      'Lisez.',
      'Est-ce lui\u00a0?',
      'Oui\u00a0!',
    ]);
  });

  it('takes a line for a sentence, and « … » with its sign', () => {
    expect(sentencesOf('12 rue du Marché\n03000 Moulins')).toEqual(['12 rue du Marché', '03000 Moulins']);
    expect(sentencesOf('Dites «\u00a0Oui.\u00a0» Puis partez.')).toEqual(['Dites «\u00a0Oui.\u00a0»', 'Puis partez.']);
  });

  it('counts words as a reader does: «\u00a0l’écran\u00a0» is one, a dash alone is none', () => {
    expect(wordsOf('L’écran — c’est lui\u00a0: 2 mots-clés, camille@exemple.fr')).toEqual([
      'L’écran',
      'c’est',
      'lui',
      '2',
      'mots-clés',
      'camille@exemple.fr',
    ]);
  });

  it('tells a sentence of twenty-one words, not of twenty', () => {
    const of = (count: number): string => `${Array.from({ length: count }, () => 'mot').join(' ')}.`;
    expect(longSentences(of(20))).toEqual([]);
    expect(longSentences(`Court. ${of(21)}`)).toEqual([{ sentence: of(21), words: 21 }]);
  });
});

describe('hard words', () => {
  const find = hardWordFinder();

  it.each([
    ['Veuillez saisir votre code.', ['Veuillez', 'saisir']],
    ['Effectuez la démarche dans le cadre de votre demande.', ['Effectuez', 'dans le cadre de']],
    ['Vous sélectionnerez ensuite.', ['sélectionnerez']],
    ['L’ANTAI vous écrit.', ['ANTAI']],
  ])('are told: %s', (text, words) => {
    expect(
      find(text)
        .map(({ word }) => word)
        .toSorted(),
    ).toEqual(words.toSorted());
    expect(find(text).every(({ plain }) => plain !== '')).toBe(true);
  });

  it.each([
    'Écrivez votre code, puis cliquez sur «\u00a0Valider\u00a0».',
    'Le RIB, la MSA et un SMS.',
    'Une maison close.',
    'via@exemple.fr',
  ])('leave alone names of buttons, known letters, other words: %s', (text) => {
    expect(find(text)).toEqual([]);
  });
});

describe('the figure of Kandel and Moles', () => {
  it.each([
    ['la', 1],
    ['table', 1],
    ['écran', 2],
    ['souris', 2],
    ['imprimante', 3],
    ['réel', 2],
    ['message', 2],
    ['12', 2],
  ])('counts the syllables of %s', (word, count) => {
    expect(syllablesOf(word)).toBe(count);
  });

  it('is their formula', () => {
    // Four words in two sentences, six syllables: 207 − 1.015 × 2 − 73.6 × 1.5.
    expect(readingEase(['La souris. Le papier.'])).toBe(Math.round(207 - 1.015 * 2 - 73.6 * 1.5));
    expect(readingEase([])).toBeNull();
  });

  it('tells an administration’s sentence from a plain one', () => {
    const plain = readingEase(['Posez la main sur la souris. Appuyez une fois.']) ?? 0;
    const hard =
      readingEase([
        'L’établissement d’un justificatif d’identification préalable conditionne l’instruction ultérieure de la demande.',
      ]) ?? 100;
    expect(plain).toBeGreaterThan(90);
    expect(hard).toBeLessThan(30);
  });
});
