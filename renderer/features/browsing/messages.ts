import { defineMessages } from '../../client/i18n/define-messages.ts';

export const browsingMessages = defineMessages({
  previousPage: { fr: 'Page d’avant', simple: 'Page d’avant', en: 'Previous page' },
  realSite: {
    fr: 'Vous êtes sur le vrai site :',
    simple: 'Vous êtes sur le vrai site :',
    en: 'You are on the real site:',
  },
  pageLoading: { fr: 'La page se charge…', simple: 'La page arrive…', en: 'The page is loading…' },
  guidance: { fr: 'Pas à pas', simple: 'Pas à pas', en: 'Step by step' },
  step: {
    fr: ({ at, of }: { at: number; of: number }) => `Étape ${at} sur ${of}`,
    simple: ({ at, of }: { at: number; of: number }) => `Étape ${at} sur ${of}`,
    en: ({ at, of }: { at: number; of: number }) => `Step ${at} of ${of}`,
  },
  thenPress: { fr: 'Appuyez ensuite sur', simple: 'Appuyez sur', en: 'Then press' },
  quoted: {
    fr: ({ words }: { words: string }) => `« ${words} ».`,
    simple: ({ words }: { words: string }) => `« ${words} ».`,
    en: ({ words }: { words: string }) => `“${words}”.`,
  },
  before: { fr: 'Avant', simple: 'Avant', en: 'Back' },
  next: { fr: 'Suite', simple: 'Suite', en: 'Next' },
  cannot: { fr: 'Je n’y arrive pas', simple: 'Je n’y arrive pas', en: 'I can’t do it' },
  fold: { fr: 'Réduire', simple: 'Réduire', en: 'Shrink' },
  unfold: { fr: 'Les étapes', simple: 'Les étapes', en: 'The steps' },
  youHave: { fr: 'Gardez sous la main', simple: 'Gardez avec vous', en: 'Keep at hand' },
  noSteps: {
    fr: 'Suivez les indications du site. Vous ne pouvez rien casser.',
    simple: 'Lisez le site. Vous ne pouvez rien casser.',
    en: 'Follow the site’s directions. You can’t break anything.',
  },
  leaveTitle: { fr: 'Quitter ce site ?', simple: 'Quitter ce site ?', en: 'Leave this site?' },
  leaveText: {
    fr: 'Ce que vous n’avez pas encore envoyé sur le site sera perdu.',
    simple: 'Ce que vous avez écrit sera perdu.',
    en: 'What you have not yet sent on the site will be lost.',
  },
  leaveStay: { fr: 'Rester sur le site', simple: 'Rester sur le site', en: 'Stay on the site' },
  leaveGo: { fr: 'Quitter le site', simple: 'Quitter le site', en: 'Leave the site' },
  openingTitle: { fr: 'Nous ouvrons le site…', simple: 'Le site s’ouvre…', en: 'We are opening the site…' },
  openingText: {
    fr: ({ site }: { site: string }) => `C’est le vrai site : ${site}.`,
    simple: ({ site }: { site: string }) => `C’est le vrai site : ${site}.`,
    en: ({ site }: { site: string }) => `It is the real site: ${site}.`,
  },
  refusedTitle: { fr: 'Le site ne s’est pas ouvert', simple: 'Le site ne s’ouvre pas', en: 'The site did not open' },
  blockedTitle: {
    fr: 'Cette page n’est pas proposée ici',
    simple: 'Cette page est fermée ici',
    en: 'This page is not available here',
  },
  blockedHost: {
    fr: ({ host }: { host: string }) => `Vous alliez vers : ${host}`,
    simple: ({ host }: { host: string }) => `Vous alliez vers : ${host}`,
    en: ({ host }: { host: string }) => `You were going to: ${host}`,
  },
  blockedWhy: {
    fr: 'Elle ne fait pas partie de votre démarche. Pour votre sécurité, nous ne l’avons pas ouverte.',
    simple: 'Elle n’est pas pour cette démarche. Nous ne l’ouvrons pas.',
    en: 'It is not part of what you came to do. For your safety, we did not open it.',
  },
  mailTitle: {
    fr: 'Écrivez à cette adresse e-mail',
    simple: 'Écrivez à cette adresse',
    en: 'Write to this e-mail address',
  },
  mailText: {
    fr: 'La borne n’envoie pas d’e-mail. Notez l’adresse, puis écrivez depuis votre messagerie.',
    simple: 'Notez l’adresse. Écrivez depuis votre messagerie.',
    en: 'This kiosk sends no e-mail. Note the address down, then write from your own mailbox.',
  },
  phoneTitle: { fr: 'Notez ce numéro', simple: 'Notez ce numéro', en: 'Note this number down' },
  phoneText: {
    fr: 'La borne ne téléphone pas. Appelez ce numéro avec un téléphone, ou demandez à l’accueil.',
    simple: 'Appelez avec un téléphone. Ou demandez à l’accueil.',
    en: 'This kiosk makes no calls. Call the number from a phone, or ask at the desk.',
  },
  textMessageText: {
    fr: 'La borne n’envoie pas de SMS. Écrivez à ce numéro depuis un téléphone.',
    simple: 'Envoyez un SMS depuis un téléphone.',
    en: 'This kiosk sends no text messages. Write to the number from a phone.',
  },
  backToSite: { fr: 'Revenir sur le site', simple: 'Revenir au site', en: 'Back to the site' },
  tryAgain: { fr: 'Réessayer', simple: 'Réessayer', en: 'Try again' },
  waitMore: { fr: 'Attendre encore', simple: 'Attendre', en: 'Wait a bit more' },
  startOver: { fr: 'Recommencer au début', simple: 'Recommencer', en: 'Start over' },
  reopen: { fr: 'Rouvrir le site', simple: 'Rouvrir le site', en: 'Reopen the site' },
  backToDemarche: { fr: 'Revenir à la démarche', simple: 'Revenir', en: 'Back to the service' },
  offlineTitle: { fr: 'Internet ne répond pas', simple: 'Pas d’internet', en: 'There is no internet' },
  offlineText: {
    fr: 'La borne n’a plus de connexion. Attendez une minute, puis réessayez. Sinon, prévenez l’accueil.',
    simple: 'Attendez un peu. Puis réessayez. Ou demandez à l’accueil.',
    en: 'The kiosk has lost its connection. Wait a minute and try again, or tell the desk.',
  },
  nameTitle: { fr: 'Nous ne trouvons pas ce site', simple: 'Site introuvable', en: 'We can’t find this site' },
  nameText: {
    fr: 'Son adresse ne répond pas en ce moment. Réessayez, ou utilisez une autre façon de faire.',
    simple: 'Le site ne répond pas. Réessayez.',
    en: 'Its address does not answer right now. Try again, or use another way.',
  },
  refusedByTitle: { fr: 'Le site ne répond pas', simple: 'Le site ne répond pas', en: 'The site does not answer' },
  refusedByText: {
    fr: 'Ce n’est pas de votre faute : le site est peut-être en panne. Réessayez dans une minute.',
    simple: 'Ce n’est pas votre faute. Réessayez dans une minute.',
    en: 'It is not your fault: the site may be down. Try again in a minute.',
  },
  certificateTitle: { fr: 'Ce site n’est pas sûr', simple: 'Ce site n’est pas sûr', en: 'This site is not safe' },
  certificateText: {
    fr: 'Nous ne pouvons pas vérifier que c’est le vrai site. Pour vous protéger, nous ne l’ouvrons pas.',
    simple: 'Ce n’est peut-être pas le vrai site. Nous ne l’ouvrons pas.',
    en: 'We can’t check that it is the real site. To protect you, we don’t open it.',
  },
  serverTitle: { fr: 'Le site est en panne', simple: 'Le site est en panne', en: 'The site is down' },
  serverText: {
    fr: 'Ce n’est pas de votre faute. Réessayez dans une minute, ou revenez plus tard.',
    simple: 'Ce n’est pas votre faute. Réessayez plus tard.',
    en: 'It is not your fault. Try again in a minute, or come back later.',
  },
  slowTitle: { fr: 'Le site est très lent', simple: 'Le site est lent', en: 'The site is very slow' },
  slowText: {
    fr: 'La page n’est pas encore arrivée. Rien n’est perdu : vous pouvez attendre encore.',
    simple: 'La page n’est pas là. Vous pouvez attendre.',
    en: 'The page has not arrived yet. Nothing is lost: you can wait a bit more.',
  },
  loginTitle: { fr: 'Cette page est fermée au public', simple: 'Page fermée', en: 'This page is not public' },
  loginText: {
    fr: 'Elle demande un code réservé à d’autres personnes. Revenez sur le site.',
    simple: 'Cette page n’est pas pour vous. Revenez au site.',
    en: 'It asks for a code meant for other people. Go back to the site.',
  },
  garbageTitle: { fr: 'Cette page est illisible', simple: 'Page illisible', en: 'This page can’t be read' },
  garbageText: {
    fr: 'Le site a envoyé quelque chose que nous ne savons pas montrer. Revenez, puis essayez autrement.',
    simple: 'Le site a un problème. Revenez en arrière.',
    en: 'The site sent something we can’t show. Go back, then try another way.',
  },
  crashedTitle: { fr: 'Le site s’est arrêté', simple: 'Le site s’est arrêté', en: 'The site stopped' },
  crashedText: {
    fr: 'Ce n’est pas de votre faute. Il faudra peut-être vous reconnecter.',
    simple: 'Ce n’est pas votre faute. Ouvrez-le encore.',
    en: 'It is not your fault. You may have to sign in again.',
  },
  stuckTitle: { fr: 'Le site est bloqué', simple: 'Le site est bloqué', en: 'The site is stuck' },
  stuckText: {
    fr: 'Il ne répond plus pour l’instant. Attendez un peu : cela suffit souvent.',
    simple: 'Attendez un peu. Cela suffit souvent.',
    en: 'It does not answer for now. Wait a little: that is often enough.',
  },
  attached: {
    fr: ({ n }: { n: number }) =>
      n === 1
        ? 'Votre document est joint. Continuez sur le site.'
        : `Vos ${n} documents sont joints. Continuez sur le site.`,
    simple: ({ n }: { n: number }) => (n === 1 ? 'Le document est joint.' : `${n} documents sont joints.`),
    en: ({ n }: { n: number }) =>
      n === 1
        ? 'Your document is attached. Go on with the site.'
        : `Your ${n} documents are attached. Go on with the site.`,
  },
  siteSays: {
    fr: ({ site }: { site: string }) => `Le site ${site} vous dit :`,
    simple: ({ site }: { site: string }) => `Le site ${site} dit :`,
    en: ({ site }: { site: string }) => `The site ${site} says:`,
  },
  siteAsks: {
    fr: ({ site }: { site: string }) => `Le site ${site} vous demande :`,
    simple: ({ site }: { site: string }) => `Le site ${site} demande :`,
    en: ({ site }: { site: string }) => `The site ${site} asks:`,
  },
  yes: { fr: 'Oui', simple: 'Oui', en: 'Yes' },
  no: { fr: 'Non', simple: 'Non', en: 'No' },
  send: { fr: 'Répondre', simple: 'Répondre', en: 'Answer' },
  cancel: { fr: 'Annuler', simple: 'Annuler', en: 'Cancel' },
  yourAnswer: { fr: 'Votre réponse', simple: 'Votre réponse', en: 'Your answer' },
  unloadTitle: { fr: 'Quitter cette page ?', simple: 'Quitter cette page ?', en: 'Leave this page?' },
  unloadText: {
    fr: 'Ce que vous avez écrit sur cette page risque d’être perdu.',
    simple: 'Ce que vous avez écrit peut être perdu.',
    en: 'What you wrote on this page may be lost.',
  },
  unloadStay: { fr: 'Rester sur la page', simple: 'Rester', en: 'Stay on the page' },
  unloadGo: { fr: 'Quitter la page', simple: 'Quitter', en: 'Leave the page' },
});
