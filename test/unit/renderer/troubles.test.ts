import { expect, it } from 'vitest';
import { troublesOf } from '../../../renderer/features/browsing/troubles.ts';

const titles = (title: string, drawing: string | null): readonly string[] =>
  troublesOf({ title, drawing }).map((one) => one.title.textIn('fr'));

it.each([
  ['Entrez votre numéro, puis mot de passe', 'vitale'],
  ['Tapez votre numéro, puis mot de passe', 'courrier'],
  ['Connectez-vous, ou créez un compte', 'identite'],
  ['Avec FranceConnect, choisissez un compte', 'franceconnect'],
])('« %s » lists the missing account and the forgotten password first', (title, drawing) => {
  expect(titles(title, drawing).slice(0, 2)).toEqual(['Je n’ai pas de compte', 'J’ai oublié mon mot de passe']);
});

it.each([
  ['Recopiez votre IBAN', 'rib'],
  ['Prouvez votre identité', 'identite'],
  ['Lancez la demande', null],
])('« %s » has two or three troubles', (title, drawing) => {
  expect([2, 3]).toContain(titles(title, drawing).length);
});

it('the trouble specific to the step comes first', () => {
  expect(titles('Recopiez votre IBAN', 'rib')[0]).toBe('Je n’ai pas mon RIB');
});
