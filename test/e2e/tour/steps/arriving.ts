/** From the accueil to the list of papers. */
import { until } from '../../../harness/until.ts';
import { demo } from '../../pages/person.ts';
import type { TourStep } from '../tour-guide.ts';

export const arriving: readonly TourStep[] = [
  {
    caption: 'La borne attend. Gratuit, sans inscription, et rien n’est gardé.',
    act: async () => undefined,
    see: ({ person }) => person.see.begin.waitFor(),
  },
  {
    caption: 'La personne appuie sur « Commencer » et choisit ce qu’elle veut faire.',
    act: ({ person }) => person.see.begin.click(),
    see: ({ person }) => person.see.search.waitFor(),
  },
  {
    caption: 'Elle écrit comme elle parle : « apl ».',
    act: ({ person }) => person.see.search.pressSequentially(demo.housing.words),
    see: ({ person }) => person.see.demarche(demo.housing.title).waitFor(),
  },
  {
    caption: 'Avant de commencer : les papiers à avoir, le temps, le compte.',
    act: ({ person }) => person.see.demarche(demo.housing.title).click(),
    see: ({ person }) => person.see.go.waitFor(),
  },
  {
    caption: 'Elle coche ce qu’elle a avec elle.',
    act: ({ person }) => person.see.paper('Un RIB').click(),
    see: ({ person }) => until('the ticked paper', () => person.see.paper('Un RIB').isChecked()),
  },
];
