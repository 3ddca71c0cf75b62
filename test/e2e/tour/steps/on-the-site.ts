/** The real site beside the guidance: sign-in, questions, a link that leads elsewhere, help. */
import { onCaisse } from '../../pages/selectors.ts';
import type { TourStep } from '../tour-guide.ts';

export const onTheSite: readonly TourStep[] = [
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
    caption: 'Le site lui envoie un code par e-mail : l’étape le dit.',
    act: async ({ site }) => {
      const caisse = onCaisse(await site());
      await caisse.number.fill('2850703190042');
      await caisse.password.fill('demonstration');
      await caisse.continue.click();
    },
    see: ({ person }) => person.stepIs('Recopiez le code reçu par e-mail'),
  },
  {
    caption: 'Elle recopie le code et entre dans son compte.',
    act: async ({ person, site }) => person.enterCodeAtCaisse(await site()),
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
    act: async ({ person, site }) => person.answerAboutHousehold(await site()),
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
    caption: 'Elle répond aux autres questions. Le site demande maintenant ses papiers.',
    act: async ({ person, site }) => {
      await person.see.closePanel.click();
      await person.answerTheRest(await site());
    },
    see: ({ person }) => person.stepIs('Joignez vos papiers'),
  },
];
