/** The site beside the guidance: sign-in, questions, a link to another site, help. */
import { onCaisse, onCourriel } from '../../pages/selectors.ts';
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
    caption: 'Elle ouvre sa boîte e-mail à côté : sa démarche reste ouverte, à la même page.',
    act: async ({ person }) => {
      await person.mailbox.openFromStep.click();
      await person.mailbox.keeper('Courriel d’exemple').click();
    },
    see: async ({ person, mailbox }) => {
      await person.siteIsShown();
      await onCourriel(await mailbox()).address.waitFor();
    },
  },
  {
    caption: 'Elle lit le message et note le code, ici, à gauche.',
    act: async ({ kiosk, person, mailbox }) => {
      const courriel = onCourriel(await mailbox());
      await courriel.address.fill('camille.exemple@courriel-exemple.test');
      await courriel.password.fill('demonstration');
      await courriel.signIn.click();
      await courriel.letter('Votre code de connexion').click();
      await courriel.code.filter({ hasText: kiosk.sites.mail.newestCode() }).waitFor();
      await person.mailbox.code.fill(kiosk.sites.mail.newestCode());
      await person.mailbox.keepCode.click();
    },
    see: ({ person }) => person.mailbox.kept.waitFor(),
  },
  {
    caption: 'De retour à sa démarche : la page l’attendait, et le code est écrit en grand.',
    act: ({ person }) => person.mailbox.demarche.click(),
    see: async ({ person, site }) => {
      await person.siteIsShown();
      await person.mailbox.kept.waitFor();
      await onCaisse(await site()).code.waitFor();
    },
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
