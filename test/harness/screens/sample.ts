/** A catalogue for viewing the screens: enough entries to show each layout. Its content need not be kept up to date. */
import type { DemarcheSheet, ThemeId, UrgentHelp } from '../../../main/contract/catalogue.ts';

type Short = readonly [title: string, organism: string, priority: number, words?: readonly string[]];

const shorts: Readonly<Record<ThemeId, readonly Short[]>> = {
  papiers: [
    ['Refaire ma carte d’identité ou mon passeport', 'France Titres', 1, ['papiers', 'cni', 'passeport']],
    ['Demander un acte de naissance', 'Mairie', 1, ['acte', 'naissance']],
    ['M’inscrire sur les listes électorales', 'Service-public.fr', 2, ['vote', 'élections']],
  ],
  social: [
    ['Déclarer mes ressources pour le RSA', 'Caf', 1, ['rsa', 'déclaration trimestrielle']],
    ['Demander la prime d’activité', 'Caf', 1, ['prime']],
    ['Télécharger une attestation de paiement', 'Caf', 1, ['attestation', 'quotient familial']],
    ['Voir mes paiements', 'MSA', 2, ['msa', 'agricole']],
    ['Demander une aide pour un enfant handicapé', 'MDPH de l’Allier', 2, ['aeeh', 'mdph']],
    ['Demander l’allocation personnalisée d’autonomie', 'Département de l’Allier', 2, ['apa']],
    ['Faire une simulation de mes droits', 'Mes droits sociaux', 3],
    ['Signaler un changement de situation', 'Caf', 3],
    ['Demander une avance sur pension alimentaire', 'Aripa', 3],
    ['Contacter une assistante sociale', 'Département de l’Allier', 3],
  ],
  sante: [
    ['Télécharger mon attestation de droits', 'Assurance Maladie', 1, ['ameli', 'carte vitale', 'sécurité sociale']],
  ],
  travail: [['Actualiser ma situation de demandeur d’emploi', 'France Travail', 1, ['actualisation', 'chômage']]],
  logement: [['Demander un logement social', 'Demande de logement social', 1, ['hlm']]],
  transports: [['Demander ma carte grise', 'France Titres', 1, ['immatriculation', 'voiture']]],
  impots: [['Déclarer mes revenus', 'Impôts', 1, ['déclaration']]],
  famille: [['Payer la cantine', 'Portail famille', 2, ['école', 'repas']]],
  apprendre: [['Apprendre à se servir d’une souris', 'Point numérique', 1]],
};

const apl: DemarcheSheet = {
  id: 'caf-aide-logement',
  title: 'Demander une aide au logement (APL)',
  sentence: 'Une aide pour payer votre loyer. On remplit un questionnaire sur le site de la Caf.',
  simple: { title: 'Demander l’APL', sentence: 'Une aide pour payer votre loyer.' },
  en: { title: 'Ask for help with the rent (APL)', sentence: 'Money towards your rent, from the Caf.' },
  organism: 'Caf',
  theme: 'logement',
  priority: 1,
  words: ['apl', 'loyer', 'als', 'alf'],
  minutes: 30,
  papers: ['Le bail ou l’attestation de loyer', 'Un RIB'],
  toKnow: ['Vos revenus (déjà connus de la Caf)', 'Votre numéro de sécurité sociale'],
  account: { name: 'compte Caf', franceConnect: 'plus' },
  signInCode: 'email',
  mailbox: null,
  verifiedOn: '2026-11-26',
  beside: [],
  siteName: 'caf.fr',
  steps: [
    ['Choisissez « Se connecter »', 'Le bouton est en haut, à droite de la page.', 'Se connecter', 'document'],
    [
      'Entrez votre numéro de sécurité sociale',
      'Il a 13 chiffres. Il est sur votre carte Vitale.',
      'Continuer',
      'vitale',
    ],
    [
      'Entrez votre mot de passe',
      'Celui de votre compte Caf. L’œil permet de le voir.',
      'Se connecter',
      'mot-de-passe',
    ],
    ['Recopiez le code reçu par e-mail', 'Il a 6 chiffres. Il est dans vos e-mails.', 'Valider', 'email'],
    ['Vérifiez, puis envoyez', 'Relisez vos réponses avant d’envoyer.', null, 'courrier'],
  ].map(([title, text, press, drawing]) => ({
    title: title ?? '',
    text: text ?? '',
    press: press ?? null,
    drawing: drawing ?? null,
    points: press !== null,
    simple: null,
    en: null,
  })),
  saysWhenSent: false,
  planB: {
    phone: '32 30',
    phoneNote: 'Du lundi au vendredi, de 9 h à 16 h 30. Prix d’un appel local.',
    paper: 'Le formulaire s’obtient à l’accueil de la Caf.',
    place: 'Caf de l’Allier, à Moulins, sur rendez-vous.',
  },
};

const mailboxes = [
  ['Orange', 'orange.fr', 'wanadoo.fr'],
  ['Gmail', 'gmail.com'],
  ['Outlook, Hotmail', 'outlook.fr', 'hotmail.fr', 'live.fr'],
  ['Free', 'free.fr'],
  ['SFR', 'sfr.fr', 'neuf.fr'],
  ['La Poste', 'laposte.net'],
  ['Yahoo', 'yahoo.fr', 'yahoo.com'],
  ['Bouygues Telecom', 'bbox.fr'],
  ['iCloud', 'icloud.com'],
] as const;

export const sheets: readonly DemarcheSheet[] = [
  apl,
  ...mailboxes.map(([organism, ...endings], at): DemarcheSheet => ({
    ...apl,
    id: `mail-${at}`,
    title: `Lire mes e-mails ${organism}`,
    simple: null,
    en: null,
    organism,
    siteName: `messagerie.${endings[0] ?? ''}`,
    words: ['mail'],
    theme: 'papiers',
    signInCode: null,
    mailbox: endings,
    steps: [
      {
        title: 'Entrez votre adresse e-mail',
        text: 'En entier, avec « @ ». Puis votre mot de passe.',
        press: null,
        drawing: 'email',
        points: false,
        simple: null,
        en: null,
      },
      {
        title: 'Ouvrez le message',
        text: 'Le plus récent est en haut.',
        press: null,
        drawing: 'email',
        points: false,
        simple: null,
        en: null,
      },
      {
        title: 'Notez le code, puis revenez',
        text: 'Votre démarche est restée ouverte. Elle vous attend sous « La démarche ».',
        press: null,
        drawing: 'email',
        points: false,
        simple: null,
        en: null,
      },
    ],
  })),
  ...Object.entries(shorts).flatMap(([theme, list]) =>
    list.map(([title, organism, priority, words = []], at): DemarcheSheet => ({
      ...apl,
      id: `${theme}-${at}`,
      title,
      organism,
      priority,
      words,
      theme: theme as ThemeId,
      sentence: 'Cela se fait sur le site, en quelques pages.',
      simple: null,
      en: null,
      steps: [],
      account: null,
      signInCode: null,
      minutes: 15,
      papers: at % 2 === 0 ? ['Une pièce d’identité', 'Un justificatif de domicile'] : [],
      toKnow: [],
    })),
  ),
];

export const synonyms: Readonly<Record<string, readonly string[]>> = {
  sécu: ['assurance maladie', 'sécurité sociale'],
  'pôle emploi': ['france travail'],
};

const inEachLanguage = (fr: string, en: string) => ({ fr, simple: fr, en });
const always = inEachLanguage('Gratuit, jour et nuit', 'Free, day and night');
export const urgentHelp: readonly UrgentHelp[] = [
  {
    title: inEachLanguage('Ce n’est pas votre faute. On peut vous aider', 'It is not your fault. You can get help'),
    text: inEachLanguage(
      'Danger tout de suite ? Appelez le 17. Ici, à l’accueil, dites seulement « j’ai besoin d’aide ».',
      'In danger right now? Call 17. Here, at the desk, just say “I need help”.',
    ),
    numbers: [
      { number: '39 19', who: inEachLanguage('Violences Femmes Info', 'Helpline for women'), hours: always },
      { number: '17', who: inEachLanguage('Police ou gendarmerie', 'Police'), hours: always },
      {
        number: '114',
        who: inEachLanguage('Par SMS, si vous ne pouvez pas parler', 'By text message, if you cannot speak'),
        hours: always,
      },
    ],
    always: [],
    when: ['frappe'],
    unless: [],
  },
];
