import { defineMessages } from '../../client/i18n/define-messages.ts';

export const troubleMessages = defineMessages({
  title: { fr: 'À cette étape', simple: 'À cette étape', en: 'At this step' },
  noAccount: { fr: 'Je n’ai pas de compte', simple: 'Je n’ai pas de compte', en: 'I have no account' },
  noAccountText: {
    fr: 'Cherchez « Créer un compte » sur la page. Si le site propose FranceConnect, un autre compte suffit : impôts ou ameli, par exemple.',
    simple: 'Cherchez « Créer un compte ». Ou « FranceConnect », avec un autre compte.',
    en: 'Look for “Créer un compte” on the page. Where the site offers FranceConnect, another account will do: taxes or ameli, for example.',
  },
  forgotten: {
    fr: 'J’ai oublié mon mot de passe',
    simple: 'J’ai oublié mon mot de passe',
    en: 'I have forgotten my password',
  },
  forgottenText: {
    fr: 'Cherchez « Mot de passe oublié » sous la case. Le site vous aide à en choisir un autre.',
    simple: 'Cherchez « Mot de passe oublié ». Vous en choisirez un autre.',
    en: 'Look for “Mot de passe oublié” under the box. The site helps you choose another one.',
  },
  notSeen: {
    fr: 'Je ne vois pas cela sur la page',
    simple: 'Je ne vois pas cela',
    en: 'I can’t see that on the page',
  },
  notSeenText: {
    fr: 'C’est peut-être plus bas : descendez avec la molette de la souris, ou la touche ↓. Sinon, appuyez sur « Page précédente ».',
    simple: 'C’est peut-être plus bas. Descendez avec la molette. Ou la touche ↓.',
    en: 'It may be further down: go down with the wheel of the mouse, or the ↓ key. If not, press “Previous page”.',
  },
  siteRefuses: {
    fr: 'Le site ne me laisse pas continuer',
    simple: 'Le site ne veut pas continuer',
    en: 'The site does not let me go on',
  },
  siteRefusesText: {
    fr: 'Une case est souvent vide ou mal écrite. Cherchez la ligne en rouge, corrigez, puis appuyez à nouveau.',
    simple: 'Une case est vide ou fausse. Cherchez la ligne rouge.',
    en: 'A box is often empty or not written as it should be. Look for the line in red, mend it, then press again.',
  },
  noNumber: { fr: 'Je ne trouve pas mon numéro', simple: 'Je n’ai pas mon numéro', en: 'I can’t find my number' },
  noNumberText: {
    fr: 'Il est sur votre carte Vitale et sur les courriers de l’organisme.',
    simple: 'Il est sur votre carte Vitale. Et sur les courriers.',
    en: 'It is on your carte Vitale and on the letters that you were sent.',
  },
  noMail: { fr: 'Le code n’arrive pas', simple: 'Je n’ai pas le code', en: 'The code does not come' },
  noMailText: {
    fr: 'Attendez deux minutes. Regardez aussi dans les courriers indésirables, puis demandez un nouveau code au site.',
    simple: 'Attendez deux minutes. Regardez dans « indésirables ». Demandez un autre code.',
    en: 'Wait two minutes. Look in the junk folder too, then ask the site for a new code.',
  },
  oldAddress: {
    fr: 'Je n’ouvre plus cette adresse e-mail',
    simple: 'Je n’ai plus cette adresse',
    en: 'I no longer have that e-mail address',
  },
  oldAddressText: {
    fr: 'Cherchez « Je n’ai plus accès à cette adresse » sur la page, ou appelez l’organisme. L’accueil peut vous aider.',
    simple: 'Appelez l’organisme. Ou demandez à l’accueil.',
    en: 'Look for a link about a lost address on the page, or call them. The desk can help you.',
  },
  noSms: { fr: 'Le SMS n’arrive pas', simple: 'Je n’ai pas le SMS', en: 'The text message does not come' },
  noSmsText: {
    fr: 'Attendez deux minutes. Vérifiez que le téléphone capte, puis demandez un nouveau code au site.',
    simple: 'Attendez deux minutes. Demandez un autre code.',
    en: 'Wait two minutes. Check that the phone has a signal, then ask the site for a new code.',
  },
  oldPhone: {
    fr: 'Ce n’est plus mon numéro',
    simple: 'Ce n’est plus mon numéro',
    en: 'That is no longer my number',
  },
  oldPhoneText: {
    fr: 'Le site propose parfois un code par e-mail. Sinon, appelez l’organisme pour changer de numéro.',
    simple: 'Cherchez un code par e-mail. Sinon, appelez l’organisme.',
    en: 'The site sometimes offers a code by e-mail. Otherwise, call them to change the number.',
  },
  paperOnly: { fr: 'Mon papier n’est pas sur la borne', simple: 'J’ai un papier', en: 'I have it on paper' },
  paperOnlyText: {
    fr: 'Appuyez sur le bouton du site pour ajouter un fichier : la borne vous propose de scanner le papier.',
    simple: 'Appuyez sur le bouton du site. La borne scanne le papier.',
    en: 'Press the site’s button to add a file: the kiosk offers to scan the paper.',
  },
  tooLarge: { fr: 'Le site refuse mon document', simple: 'Le site dit non', en: 'The site refuses my document' },
  tooLargeText: {
    fr: 'Lisez ce que dit le site : souvent le document est trop lourd ou d’un autre genre. Scannez-le à nouveau ici.',
    simple: 'Lisez le message du site. Scannez encore le papier.',
    en: 'Read what the site says: often the document is too large or of another kind. Scan it again here.',
  },
  nothingPrinted: { fr: 'Rien ne s’imprime', simple: 'Rien ne sort', en: 'Nothing comes out' },
  nothingPrintedText: {
    fr: 'Appuyez sur « Imprimer », en haut de l’écran : vous verrez ce que dit l’imprimante.',
    simple: 'Appuyez sur « Imprimer », en haut.',
    en: 'Press “Print” at the top of the screen: you will see what the printer says.',
  },
  noRib: { fr: 'Je n’ai pas mon RIB', simple: 'Je n’ai pas mon RIB', en: 'I don’t have my bank details' },
  noRibText: {
    fr: 'Il est sur le site ou l’application de votre banque, au dos du chéquier, ou au guichet.',
    simple: 'Demandez-le à votre banque.',
    en: 'They are on your bank’s site or app, in your cheque book, or at the counter.',
  },
  notFound: { fr: 'Le site ne trouve pas', simple: 'Le site ne trouve pas', en: 'The site finds nothing' },
  notFoundText: {
    fr: 'Écrivez moins de mots : la commune seule, puis choisissez dans la liste.',
    simple: 'Écrivez la ville seule. Choisissez dans la liste.',
    en: 'Write fewer words: the town alone, then choose from the list.',
  },
  noDate: { fr: 'Aucune date ne convient', simple: 'Aucune date ne va', en: 'No date suits me' },
  noDateText: {
    fr: 'Regardez le mois suivant ou un autre lieu.',
    simple: 'Regardez un autre mois. Ou un autre lieu.',
    en: 'Look at the next month or another place.',
  },
});
