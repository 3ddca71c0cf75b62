import { describe, expect, it } from 'vitest';
import { makeNearestTheme } from '../../../renderer/features/catalogue/nearest-theme.ts';
import { shippedCatalogue } from './catalogue-files.ts';

const nearest = makeNearestTheme(shippedCatalogue().demarches);

describe('the theme suggested for a search without results', () => {
  it.each([
    ['passeporterie', 'papiers'],
    ['logementation', 'logement'],
    ['impotsation', 'impots'],
    ['xkqzw', 'none'],
    ['', 'none'],
    ['de la', 'none'],
  ])('%s: %s', (question, theme) => {
    expect(nearest(question)).toBe(theme);
  });
});
