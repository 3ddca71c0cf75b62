import { describe, expect, it } from 'vitest';
import { inLanguage, isTranslated } from '../../../renderer/features/catalogue/in-language.ts';

const step = {
  title: 'Recopiez votre IBAN',
  text: 'Il commence par FR.',
  press: 'Continuer',
  simple: { title: 'Recopiez l’IBAN', text: 'Il commence par FR.' },
  en: null,
};

describe('the texts of a démarche in the language of the session', () => {
  it('are the French ones in French', () => {
    expect(inLanguage(step, 'fr').title).toBe('Recopiez votre IBAN');
  });

  it('are translated where a translation exists, except the site’s own words', () => {
    expect(inLanguage(step, 'simple')).toMatchObject({ title: 'Recopiez l’IBAN', press: 'Continuer' });
  });

  it('stay French without a translation', () => {
    expect(inLanguage(step, 'en').title).toBe('Recopiez votre IBAN');
  });

  it('are said to be French only where the session’s language has none', () => {
    expect([isTranslated(step, 'fr'), isTranslated(step, 'simple'), isTranslated(step, 'en')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});
