/** The end: a reminder of what may be forgotten, then everything is erased. */
import type { TourStep } from '../tour-guide.ts';

export const leaving: readonly TourStep[] = [
  {
    caption: 'Elle a fini. La borne dit ce qu’elle pourrait oublier : ses feuilles, son papier sous le couvercle.',
    async act({ person }) {
      await person.print.goOn.click();
      await person.see.finished.click();
    },
    see: ({ person }) => person.see.yesLeave.waitFor(),
  },
  {
    caption: 'Tout est effacé. La borne attend la personne suivante.',
    act: ({ person }) => person.see.yesLeave.click(),
    see: async ({ person }) => {
      await person.see.begin.waitFor();
      await person.siteIsHidden();
    },
  },
];
