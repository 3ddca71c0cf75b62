import { defineMessages } from '../../client/i18n/define-messages.ts';

/** Documents that were neither printed, sent nor copied, and what the person can still do with them here. */
interface KeptDocuments {
  readonly count: number;
  readonly prints: boolean;
  readonly keys: boolean;
}
type OneOrMany = readonly [one: string, many: string];

const choices = (
  { count, prints, keys }: KeptDocuments,
  words: { readonly print: OneOrMany; readonly key: OneOrMany; readonly erase: OneOrMany; readonly or: string },
): string => {
  const at = count === 1 ? 0 : 1;
  const before = [...(prints ? [words.print[at]] : []), ...(keys ? [words.key[at]] : [])];
  return before.length === 0 ? words.erase[at] : `${before.join(', ')} ${words.or} ${words.erase[at]}`;
};

export const sessionMessages = defineMessages({
  hello: { fr: 'Bonjour', simple: 'Bonjour', en: 'Hello' },
  title: {
    fr: 'Vos démarches sur internet, pas à pas.',
    simple: 'Vos démarches sur internet, pas à pas.',
    en: 'Your online services, step by step.',
  },
  free: { fr: 'Gratuit. Sans inscription.', simple: 'C’est gratuit.', en: 'Free. No sign-up.' },
  messageInFrench: {
    fr: 'Le lieu l’a écrit en français.',
    simple: 'C’est écrit en français.',
    en: 'This place wrote it in French. The desk can tell you what it says.',
  },
  counted: {
    fr: 'On compte les visites, sans savoir qui vient.',
    simple: 'On compte les visites. On ne sait pas qui vient.',
    en: 'We count visits, without knowing who comes.',
  },
  nothingKept: {
    fr: 'Rien de ce que vous faites n’est gardé.',
    simple: 'Rien n’est gardé.',
    en: 'Nothing you do is kept.',
  },
  start: { fr: 'Commencer', simple: 'Commencer', en: 'Start' },
  needSomeone: {
    fr: 'Besoin d’une personne ? Demandez à l’accueil, ou appuyez sur « Aide ».',
    simple: 'Besoin d’aide ? Demandez à l’accueil.',
    en: 'Need someone? Ask at the desk, or press “Help”.',
  },
  printerTrouble: {
    fr: 'Pour l’instant, on ne peut pas imprimer. L’accueil peut s’en occuper.',
    simple: 'On ne peut pas imprimer. Dites-le à l’accueil.',
    en: 'Printing is not possible at the moment. The desk can see to it.',
  },
  restarted: {
    fr: 'La borne a redémarré. Rien n’a été gardé.',
    simple: 'La borne a redémarré. Rien n’est gardé.',
    en: 'The kiosk restarted. Nothing was kept.',
  },
  starting: { fr: 'La borne se prépare…', simple: 'La borne se prépare…', en: 'The kiosk is getting ready…' },
  startingLead: { fr: 'Encore quelques secondes.', simple: 'Attendez un peu.', en: 'Just a few seconds.' },
  warningTitle: { fr: 'Êtes-vous toujours là ?', simple: 'Vous êtes là ?', en: 'Are you still there?' },
  warningLead: {
    fr: 'Sans réponse, nous effaçons tout pour vous protéger.',
    simple: 'Sinon, tout sera effacé.',
    en: 'With no answer, we erase everything to protect you.',
  },
  seconds: {
    fr: ({ seconds }: { seconds: number }) => (seconds === 1 ? 'seconde' : 'secondes'),
    simple: ({ seconds }: { seconds: number }) => (seconds === 1 ? 'seconde' : 'secondes'),
    en: ({ seconds }: { seconds: number }) => (seconds === 1 ? 'second' : 'seconds'),
  },
  secondsLeft: {
    fr: ({ seconds }: { seconds: number }) => `Il reste ${seconds} secondes.`,
    simple: ({ seconds }: { seconds: number }) => `Il reste ${seconds} secondes.`,
    en: ({ seconds }: { seconds: number }) => `${seconds} seconds left.`,
  },
  stillHere: { fr: 'Je suis encore là', simple: 'Je suis là', en: 'I’m still here' },
  leavingTitle: {
    fr: 'Voulez-vous vraiment terminer ?',
    simple: 'Voulez-vous terminer ?',
    en: 'Do you really want to finish?',
  },
  leavingLead: {
    fr: 'Nous effacerons tout ce que vous avez fait ici. Nous compterons seulement une visite.',
    simple: 'Tout sera effacé. Nous comptons seulement une visite.',
    en: 'We will erase everything you did here. We only count one visit.',
  },
  leavingLeadOnSite: {
    fr: 'Nous effacerons tout ce que vous avez fait ici. Ce que vous avez envoyé reste envoyé.',
    simple: 'Tout sera effacé ici. Ce qui est envoyé reste envoyé.',
    en: 'We will erase everything you did here. What you have sent stays sent.',
  },
  notSent: {
    fr: ({ site }: { site: string }) =>
      `Votre demande n’est pas envoyée : ce que vous avez écrit sur ${site} serait perdu.`,
    simple: ({ site }: { site: string }) => `Vous n’avez pas envoyé votre demande sur ${site}. Elle serait perdue.`,
    en: ({ site }: { site: string }) => `Your request has not been sent: what you wrote on ${site} would be lost.`,
  },
  notSentAgain: {
    fr: ({ site }: { site: string }) =>
      `Ce que vous avez écrit ensuite sur ${site} n’est pas envoyé : ce serait perdu.`,
    simple: ({ site }: { site: string }) => `Ce que vous avez écrit ensuite sur ${site} serait perdu.`,
    en: ({ site }: { site: string }) => `What you wrote afterwards on ${site} has not been sent, and would be lost.`,
  },
  answered: {
    fr: ({ site }: { site: string }) =>
      `Vous avez envoyé une page au site ${site}. Regardez s’il dit que votre demande est terminée.`,
    simple: ({ site }: { site: string }) => `Regardez si le site ${site} dit que c’est terminé.`,
    en: ({ site }: { site: string }) =>
      `You sent a page to ${site}. Check whether it says that your request is complete.`,
  },
  sent: {
    fr: ({ site }: { site: string }) => `Le site ${site} a dit que votre demande est envoyée.`,
    simple: ({ site }: { site: string }) => `Le site ${site} a dit : la demande est envoyée.`,
    en: ({ site }: { site: string }) => `The site ${site} said that your request is sent.`,
  },
  goOn: { fr: 'Continuer ma démarche', simple: 'Continuer', en: 'Go on with it' },
  before: { fr: 'Avant de partir', simple: 'Avant de partir', en: 'Before you go' },
  documents: {
    fr: (kept: KeptDocuments) =>
      `Vous avez ${kept.count === 1 ? 'un document' : `${kept.count} documents`} : ${choices(kept, {
        print: ['l’imprimer', 'les imprimer'],
        key: ['le copier sur votre clé', 'les copier sur votre clé'],
        erase: ['l’effacer', 'les effacer'],
        or: 'ou',
      })} ?`,
    simple: ({ count }: KeptDocuments) =>
      count === 1 ? 'Vous avez un document. Il sera effacé.' : `Vous avez ${count} documents. Ils seront effacés.`,
    en: (kept: KeptDocuments) =>
      `You have ${kept.count === 1 ? 'one document' : `${kept.count} documents`}: ${choices(kept, {
        print: ['print it', 'print them'],
        key: ['copy it to your stick', 'copy them to your stick'],
        erase: ['erase it', 'erase them'],
        or: 'or',
      })}?`,
  },
  seeThem: { fr: 'Voir mes documents', simple: 'Voir mes documents', en: 'See my documents' },
  signedIn: {
    fr: ({ site }: { site: string }) => `Vous serez déconnecté de ${site}.`,
    simple: ({ site }: { site: string }) => `Vous serez déconnecté de ${site}.`,
    en: ({ site }: { site: string }) => `You will be signed out of ${site}.`,
  },
  onGlass: {
    fr: 'Regardez sous le couvercle du scanner : votre papier y est peut-être.',
    simple: 'Votre papier est peut-être dans le scanner.',
    en: 'Look under the scanner’s lid: your paper may still be there.',
  },
  inTray: {
    fr: 'Prenez vos feuilles dans l’imprimante.',
    simple: 'Prenez vos feuilles.',
    en: 'Take your pages from the printer.',
  },
  usbKey: { fr: 'Reprenez votre clé USB.', simple: 'Reprenez votre clé USB.', en: 'Take your USB stick.' },
  yesLeave: { fr: 'Oui, terminer', simple: 'Oui, terminer', en: 'Yes, finish' },
  noStay: { fr: 'Non, continuer', simple: 'Non, continuer', en: 'No, continue' },
  wiping: { fr: 'Nous effaçons tout…', simple: 'Nous effaçons tout…', en: 'We are erasing everything…' },
  wipingLead: {
    fr: 'Reprenez vos papiers. Merci, et à bientôt.',
    simple: 'Reprenez vos papiers. Merci.',
    en: 'Take your papers. Thank you, see you soon.',
  },
  erased: { fr: 'C’est effacé', simple: 'Tout est effacé', en: 'All is erased' },
  erasedLead: {
    fr: 'Il ne reste rien de vous ici. Reprenez vos papiers. Merci, et à bientôt.',
    simple: 'Il ne reste rien de vous. Reprenez vos papiers. Merci.',
    en: 'Nothing of you is left here. Take your papers. Thank you, see you soon.',
  },
  goodbye: { fr: 'Au revoir', simple: 'Au revoir', en: 'Goodbye' },
  outTitle: {
    fr: 'Cette borne est indisponible',
    simple: 'La borne ne marche pas',
    en: 'This kiosk is out of service',
  },
  outLead: {
    fr: 'Adressez-vous à l’accueil : quelqu’un va vous aider.',
    simple: 'Demandez à l’accueil.',
    en: 'Please go to the desk: someone will help you.',
  },
  outCode: {
    fr: ({ fault }: { fault: string }) => `Pour l’accueil : ${fault}`,
    simple: ({ fault }: { fault: string }) => `Pour l’accueil : ${fault}`,
    en: ({ fault }: { fault: string }) => `For the desk: ${fault}`,
  },
});
