import { describe, expect, it } from 'vitest';
import { makeNearestTheme } from '../../../renderer/features/catalogue/nearest-theme.ts';
import { shippedCatalogue } from './catalogue-files.ts';

const nearest = makeNearestTheme(shippedCatalogue().demarches);

describe('the theme nearest to a question that found nothing', () => {
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
