/**
 * The tour as data: what is said, what a person does, and what they must then see. A feature that comes later adds its
 * steps where a person would meet them.
 */
import type { Page } from 'playwright-core';
import type { RunningKiosk } from '../../harness/running-kiosk.ts';
import { until } from '../../harness/until.ts';
import { demo, type Person } from '../pages/person.ts';
import { onCaisse } from '../pages/selectors.ts';

export interface TourGuide {
  readonly kiosk: RunningKiosk;
  readonly person: Person;
  /** The page of the site; opened by an earlier step. */
  site(): Promise<Page>;
}

export interface TourStep {
  /** One French sentence under the picture. */
  readonly caption: string;
  readonly act: (guide: TourGuide) => Promise<unknown>;
  readonly see: (guide: TourGuide) => Promise<unknown>;
}

export const tourSteps: readonly TourStep[] = [
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
  {
    caption: 'Le vrai site s’ouvre, et l’on reste à côté d’elle, étape par étape.',
    act: ({ person }) => person.see.go.click(),
    see: async ({ person, site }) => {
      await person.siteIsShown();
      await onCaisse(await site()).refuseCookies.waitFor();
    },
  },
  {
    caption: 'Les cookies sont refusés, elle se connecte : l’étape suit la page.',
    act: async ({ site }) => {
      const caisse = onCaisse(await site());
      await caisse.refuseCookies.click();
      await caisse.signIn.click();
    },
    see: ({ person }) => person.stepIs('Entrez votre numéro de sécurité sociale'),
  },
  {
    caption: 'Elle entre dans son compte.',
    act: async ({ site }) => {
      const caisse = onCaisse(await site());
      await caisse.number.fill('2850703190042');
      await caisse.password.fill('demonstration');
      await caisse.continue.click();
    },
    see: ({ person }) => person.stepIs('Choisissez « Demander une aide au logement »'),
  },
  {
    caption: 'Elle commence sa demande.',
    act: async ({ site }) => {
      const caisse = onCaisse(await site());
      await caisse.askHousingAid.click();
      await caisse.startRequest.click();
    },
    see: ({ person }) => person.stepIs('Répondez aux questions'),
  },
  {
    caption: 'Elle répond à la première page de questions.',
    act: async ({ site }) => {
      const page = await site();
      const caisse = onCaisse(page);
      await caisse.field('foyer').first().check();
      await caisse.field('enfants').fill('0');
      await caisse.field('telephone').fill('0600000000');
      await caisse.continue.click();
    },
    see: async ({ site }) => (await site()).waitForURL('**/aide-au-logement/logement'),
  },
  {
    caption: 'Un lien sort de la démarche : la borne l’arrête poliment.',
    act: async ({ site }) => onCaisse(await site()).partners.click(),
    see: ({ person }) => person.coverIs('Cette page n’est pas proposée ici'),
  },
  {
    caption: 'Un bouton la ramène là où elle en était.',
    act: ({ person }) => person.see.coverButton('Revenir sur le site').click(),
    see: ({ person }) => person.siteIsShown(),
  },
  {
    caption: 'De l’aide est toujours au même endroit.',
    act: ({ person }) => person.see.help.click(),
    see: ({ person }) => person.see.dialog.waitFor(),
  },
  {
    caption: 'Elle a fini. La borne demande, et dit de quoi elle sera déconnectée.',
    act: async ({ person }) => {
      await person.see.closePanel.click();
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
