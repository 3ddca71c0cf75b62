import { expect, it } from 'vitest';
import { makeTranslate } from '../../../main/contract/i18n/translate.ts';
import { ofTown } from '../../../renderer/features/directory/of-town.ts';
import { directoryMessages as m } from '../../../renderer/features/directory/messages.ts';

const t = makeTranslate(() => 'fr');

it.each([
  ['Vichy', 'près de Vichy'],
  ['Le Montet', 'près du Montet'],
  ['Les Cars', 'près des Cars'],
  ['La Ferté-Hauterive', 'près de La Ferté-Hauterive'],
  ['Lapalisse', 'près de Lapalisse'],
  ['Ébreuil', 'près d’Ébreuil'],
  ['Yzeure', 'près d’Yzeure'],
  ['Huriel', 'près d’Huriel'],
  ['Haut-Bocage', 'près de Haut-Bocage'],
])('%s: %s', (town, said) => {
  expect(t(m.foundNear, { n: 2, town, ofTown: ofTown(town) }).replaceAll('\u00a0', ' ')).toBe(`2 lieux ${said}`);
});
