/** How the exercises judge answers: keys, fields, the password game. */
import { describe, expect, it } from 'vitest';
import type { FormField } from '../../../main/contract/tutorial-content.ts';
import { faultOf, sameText } from '../../../renderer/features/tutorials/practices/form-check.ts';
import { keysFor, compareTyped } from '../../../renderer/features/tutorials/practices/keys.ts';
import { isForeign, isStrong, strengthOf } from '../../../renderer/features/tutorials/practices/password-game.ts';
import { shuffled } from '../../../renderer/features/tutorials/practices/shuffle.ts';

const keyText = (sign: string): string =>
  keysFor(sign)
    .map(({ cap, sign: printed, hold }) => `${cap === 'letter' ? printed : cap}${hold ? ' held' : ''}`)
    .join(' + ');

describe('the keys of a character', () => {
  it.each([
    ['a', 'A'],
    ['B', 'shift held + B'],
    ['é', 'é 2'],
    ['7', 'shift held + è 7 `'],
    ['@', 'alt-gr held + à 0 @'],
    ['.', 'shift held + ; .'],
    [' ', 'space'],
    ['ê', '^ ¨ + E'],
    ['ï', 'shift held + ^ ¨ + I'],
    ['É', 'shift held + E'],
    ['’', "' 4"],
    ['€', 'alt-gr held + E'],
    ['-', '- 6'],
    ['_', '_ 8'],
    ['ù', 'ù %'],
  ])('%s is typed with %s', (sign, keys) => expect(keyText(sign)).toBe(keys));
});

describe('typed text', () => {
  it('is compared character by character, with the next one', () => {
    expect(compareTyped('Été', '')).toEqual({ state: 'going', right: 0, next: 'É' });
    expect(compareTyped('Été', 'É')).toEqual({ state: 'going', right: 1, next: 't' });
    expect(compareTyped('Été', 'Été')).toEqual({ state: 'done' });
  });
  it('may have a capital without its accent, and a straight apostrophe', () => {
    expect(compareTyped('À l’été', "A l'été")).toEqual({ state: 'done' });
    expect(compareTyped('été', 'ete')).toMatchObject({ state: 'wrong', right: 0 });
  });
  it('has a number of characters to delete after a wrong key, also past the end', () => {
    expect(compareTyped('bonjour', 'bonkj')).toEqual({ state: 'wrong', right: 3, next: 'j', extra: 2 });
    expect(compareTyped('oui', 'ouii')).toEqual({ state: 'wrong', right: 3, next: '', extra: 1 });
  });
});

describe('a field of the form', () => {
  const said = { fr: 'x', simple: 'x', en: 'x' };
  const field = (as: FormField['as'], value: string | null, more: Partial<FormField> = {}): FormField => ({
    label: said,
    as,
    value,
    options: [],
    required: true,
    hint: null,
    ...more,
  });
  it.each([
    ['date', '14/03/1958', '03/14/1958', 'date-order'],
    ['date', '14/03/1958', '14 mars 58', 'date-signs'],
    ['date', '14/03/1958', '14.03.1958', undefined],
    ['date', '14/03/1958', '15/03/1958', 'other'],
    ['email', 'a.b@exemple.fr', 'a.b.exemple.fr', 'email-at'],
    ['email', 'a.b@exemple.fr', 'a.b@exemple', 'email-dot'],
    ['email', 'a.b@exemple.fr', 'a b@exemple.fr', 'email-space'],
    ['email', 'a.b@exemple.fr', 'A.B@exemple.fr', undefined],
    ['phone', '06 12 34 56 78', '0612345678', undefined],
    ['phone', '06 12 34 56 78', '06 12 34', 'phone-digits'],
    ['postcode', '03000', '3000', 'postcode-digits'],
    ['number', '2', 'deux', 'number-signs'],
    ['name', 'Lefèvre', 'LEFEVRE', undefined],
    ['name', 'Lefèvre', '  ', 'empty'],
    ['choice', 'Retraité', '', 'choice'],
  ] as const)('%s: « %s » written « %s » has the fault %s', (as, value, written, fault) =>
    expect(faultOf(field(as, value), written)).toBe(fault),
  );
  it('may be left empty if not required, and a required box must be ticked', () => {
    expect(faultOf(field('phone', '06 12 34 56 78', { required: false }), '')).toBeUndefined();
    expect(faultOf(field('tick', null), false)).toBe('tick');
    expect(faultOf(field('tick', null), true)).toBeUndefined();
  });
  it('accepts a code with or without spaces', () => {
    expect(sameText('482 913', '482913')).toBe(true);
    expect(sameText('482914', '482913')).toBe(false);
  });
});

describe('the password game', () => {
  const words = ['girafe', 'violette', 'marmite', 'nuage'];
  it.each(['g', 'girafe', 'Girafe-violette', 'girafeviol', 'girafe7!nuage', 'marmitenuage42'])(
    'accepts « %s »',
    (typed) => expect(isForeign(typed, words)).toBe(false),
  );
  it.each(['minou', 'girafx', 'girafe minou', 'gira-fe', '14031958', 'azerty', 'violettes!'])(
    'refuses « %s », which may be a person’s real password',
    (typed) => expect(isForeign(typed, words)).toBe(true),
  );
  it('requires three different words, a digit and a sign for a strong password', () => {
    expect(isStrong(strengthOf('girafe-violette-nuage7', words))).toBe(true);
    expect(isStrong(strengthOf('girafe-violette7', words))).toBe(false);
    expect(isStrong(strengthOf('girafeviolettenuage7', words))).toBe(false);
    expect(isStrong(strengthOf('girafe-girafe-girafe7', words))).toBe(false);
    expect(strengthOf('7-', words).level).toBe(0);
  });
});

describe('shuffling', () => {
  it('keeps all the items and never their original order', () => {
    for (let n = 2; n <= 7; n += 1) {
      const given = Array.from({ length: n }, (_, at) => at);
      const mixed = shuffled(given);
      expect([...mixed].sort()).toEqual(given);
      expect(mixed).not.toEqual(given);
    }
  });
});
