import { describe, expect, it } from 'vitest';
import { fold, readDemarches, readSynonyms } from './read-content.ts';

const synonyms = readSynonyms();
const entries = Object.entries(synonyms);
const demarches = readDemarches();
const haystacks = demarches.map(({ demarche: { title, sentence, organism, words } }) =>
  fold([title, sentence, organism, ...words].join(' | ')),
);

describe('the synonyms', () => {
  it('are many enough to meet how people speak', () => {
    expect(entries.length).toBeGreaterThanOrEqual(80);
  });

  it('have keys as the search folds them: no accent, no capital', () => {
    expect(entries.map(([said]) => said).filter((said) => said !== fold(said))).toEqual([]);
  });

  it('lead to words that some démarche really uses', () => {
    const lost = entries.flatMap(([said, meant]) =>
      meant
        .filter((words) => !haystacks.some((text) => text.includes(fold(words))))
        .map((words) => `${said} → ${words}`),
    );
    expect(lost).toEqual([]);
  });

  it('are not empty turns: a key never means only itself', () => {
    expect(entries.filter(([said, meant]) => meant.every((words) => fold(words) === said))).toEqual([]);
  });

  it.each([
    ['apl', 'caf-aide-logement'],
    ['secu', 'ameli-compte'],
    ['pole emploi', 'ft-inscription'],
    ['carte grise', 'ants-carte-grise'],
    ['papiers d’identite', 'ants-carte-identite'],
    ['cmu', 'ameli-c2s'],
    ['chomage', 'ft-inscription'],
    ['assedic', 'ft-inscription'],
    ['cesu', 'cesu'],
    ['aah', 'mda-handicap'],
    ['mdph', 'mda-handicap'],
    ['minimum vieillesse', 'aspa'],
  ])('lead from "%s" to %s', (said, id) => {
    const found = demarches.find(({ stem }) => stem === id);
    const { title, organism, words } = found?.demarche ?? { title: '', organism: '', words: [] };
    const text = fold([title, organism, ...words].join(' | '));
    expect((synonyms[said] ?? []).some((meant) => text.includes(fold(meant)))).toBe(true);
  });
});
