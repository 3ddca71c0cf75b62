/**
 * French papers drawn by the project, each with its true text, for the tests and the bench. All persons are made up. A
 * page is A4 in points (595 × 842).
 */

export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly sizePt: number;
  readonly bold?: boolean;
  readonly font?: string;
  readonly colour?: string;
}

export interface Paper {
  readonly name: string;
  readonly kind: string;
  readonly lines: readonly Line[];
  /** SVG drawn under the text: rules, boxes, stamps. In points. */
  readonly drawing: string;
}

const SANS = 'Nimbus Sans';
const SERIF = 'Nimbus Roman';

const column = (
  x: number,
  y: number,
  sizePt: number,
  texts: readonly string[],
  more: Partial<Line> = {},
  stepPt = sizePt * 1.45,
): readonly Line[] => texts.map((text, i) => ({ text, x, y: y + i * stepPt, sizePt, ...more }));

const stamp = (x: number, y: number, words: string): string =>
  `<g transform="rotate(-14 ${x} ${y})" fill="none" stroke="#2a3fa8" stroke-width="2" opacity="0.8"><circle cx="${x}" cy="${y}" r="42"/><circle cx="${x}" cy="${y}" r="34"/></g><text transform="rotate(-14 ${x} ${y})" x="${x}" y="${y + 3}" text-anchor="middle" font-size="9" fill="#2a3fa8" font-family="${SANS}">${words}</text>`;

const signature = (x: number, y: number): string =>
  `<path d="M${x} ${y} c 12 -40 20 -30 14 0 s 18 -34 26 -12 s 10 18 22 -6 s 12 -14 26 4 s 30 -10 40 -6" fill="none" stroke="#1b2a6b" stroke-width="1.6"/>`;

export const attestationCaf: Paper = {
  name: 'attestation-caf',
  kind: 'attestation-caf',
  drawing: `<rect x="50" y="300" width="495" height="150" fill="none" stroke="#555"/>${stamp(440, 660, 'SERVICE ALLOCATAIRES')}${signature(380, 720)}`,
  lines: [
    ...column(50, 60, 13, ['Caisse d’allocations familiales de l’Allier'], {
      bold: true,
      font: SANS,
      colour: '#123a6b',
    }),
    ...column(50, 82, 10, ['Centre d’exemple, 1 rue du Modèle', '03000 Moulins'], { font: SANS }),
    ...column(330, 130, 11, ['Madame Camille EXEMPLE', '12 rue des Tilleuls', '03100 Montluçon'], { font: SANS }),
    ...column(50, 210, 17, ['Attestation de paiement et de quotient familial'], { bold: true, font: SANS }),
    ...column(
      50,
      245,
      11,
      ['Numéro allocataire : 0123456', 'Le directeur de la Caf certifie que vous avez reçu, pour le mois de'],
      { font: SANS },
    ),
    ...column(50, 278, 11, ['octobre 2026, les prestations suivantes :'], { font: SANS }),
    ...column(
      64,
      325,
      11,
      [
        'Allocation de logement familiale : 287,41 euros',
        'Allocations familiales : 148,52 euros',
        'Prime d’activité : 196,08 euros',
        'Retenue sur un trop-perçu : 35,00 euros',
        'Total payé le 5 novembre 2026 : 597,01 euros',
      ],
      { font: SANS },
      25,
    ),
    ...column(
      50,
      490,
      11,
      [
        'Le quotient familial de votre foyer est de 643 euros pour ce mois.',
        'Ce document est établi pour servir et faire valoir ce que de droit.',
        'Toute fausse déclaration est passible de sanctions pénales.',
        'Vous pouvez vérifier cette attestation auprès de nos services.',
      ],
      { font: SANS },
    ),
    ...column(50, 600, 11, ['Fait à Moulins, le 9 novembre 2026', 'Le directeur'], { font: SANS }),
  ],
};

export const letter: Paper = {
  name: 'lettre',
  kind: 'other',
  drawing: signature(360, 690),
  lines: [
    ...column(60, 70, 11, ['Mairie d’Exempleville', 'Service des affaires scolaires', 'Place de l’Hôtel-de-Ville'], {
      font: SERIF,
    }),
    ...column(330, 150, 11, ['À l’attention des parents d’élèves'], { font: SERIF }),
    ...column(60, 210, 12, ['Objet : inscription à la cantine pour l’année à venir'], { font: SERIF, bold: true }),
    ...column(
      60,
      250,
      11.5,
      [
        'Madame, Monsieur,',
        'Nous vous informons que les inscriptions au restaurant scolaire seront',
        'ouvertes à partir du lundi prochain. Le dossier complet doit être déposé',
        'au guichet unique avant la fin du mois, accompagné d’une copie du livret',
        'de famille, d’un justificatif de domicile récent et de votre dernier avis',
        'd’imposition. Sans ces pièces, le tarif le plus élevé sera appliqué.',
        'Les enfants qui suivent un régime particulier peuvent être accueillis,',
        'à condition qu’un protocole ait été signé avec le médecin scolaire.',
        'Le prix du repas est calculé selon le quotient familial ; il varie entre',
        'un euro et quatre euros quatre-vingts. Les absences signalées au moins',
        'deux jours à l’avance ne sont pas facturées.',
        'Nous restons à votre disposition pour tout renseignement, du mardi au',
        'samedi, de neuf heures à midi et de quatorze heures à dix-sept heures.',
        'Veuillez agréer, Madame, Monsieur, l’expression de nos salutations',
        'distinguées.',
      ],
      { font: SERIF },
      23,
    ),
    ...column(360, 650, 11.5, ['La responsable du service'], { font: SERIF }),
  ],
};

export const payslip: Paper = {
  name: 'bulletin-paie',
  kind: 'payslip',
  drawing: Array.from(
    { length: 11 },
    (_, i) => `<line x1="45" x2="550" y1="${262 + i * 28}" y2="${262 + i * 28}" stroke="#777" stroke-width="0.7"/>`,
  ).join(''),
  lines: [
    ...column(50, 60, 18, ['BULLETIN DE PAIE'], { bold: true, font: SANS }),
    ...column(
      50,
      90,
      10.5,
      [
        'Période du 1er au 31 octobre 2026',
        'Employeur : Boulangerie Modèle SARL',
        'Siret : 123 456 789 00012',
        'Salarié : Dominique EXEMPLE',
        'Emploi : vendeuse qualifiée',
      ],
      { font: SANS },
      19,
    ),
    ...[
      ['Salaire de base', '151,67', '1 801,84'],
      ['Heures supplémentaires', '8,00', '118,80'],
      ['Salaire brut', '', '1 920,64'],
      ['Sécurité sociale maladie', '', '0,00'],
      ['Retraite plafonnée', '6,90', '132,52'],
      ['Retraite complémentaire', '4,01', '77,02'],
      ['CSG déductible', '6,80', '128,32'],
      ['Total des cotisations', '', '421,18'],
      ['Net imposable', '', '1 554,90'],
      ['Net payé en euros', '', '1 499,46'],
    ].flatMap(([a = '', b = '', c = ''], i): Line[] => {
      const y = 281 + i * 28;
      const row: Line[] = [{ text: a, x: 52, y, sizePt: 10.5, font: SANS }];
      if (b) row.push({ text: b, x: 330, y, sizePt: 10.5, font: SANS });
      row.push({ text: c, x: 470, y, sizePt: 10.5, font: SANS });
      return row;
    }),
    ...column(
      50,
      600,
      9.5,
      [
        'Congés payés acquis : 12,5 jours',
        'Dans votre intérêt, conservez ce bulletin de paie sans limitation de durée.',
      ],
      { font: SANS },
    ),
  ],
};

export const taxNotice: Paper = {
  name: 'avis-impot',
  kind: 'tax-notice',
  drawing: `<rect x="45" y="255" width="505" height="170" fill="#eef2f7" stroke="#345"/>`,
  lines: [
    ...column(50, 60, 12, ['Direction générale des finances publiques'], { bold: true, font: SANS }),
    ...column(50, 100, 18, ['Avis d’impôt sur les revenus'], { bold: true, font: SANS }),
    ...column(
      50,
      130,
      11,
      [
        'Impôt sur les revenus de l’année 2025',
        'Numéro fiscal : 12 34 567 890 123',
        'Référence de l’avis : 26 03 1234567 89',
      ],
      { font: SANS },
      20,
    ),
    ...column(
      60,
      285,
      11.5,
      [
        'Revenu fiscal de référence : 14 862 euros',
        'Nombre de parts : 2,50',
        'Impôt avant corrections : 0 euro',
        'Montant de votre impôt : 0 euro',
        'Vous n’avez rien à payer.',
      ],
      { font: SANS },
      29,
    ),
    ...column(
      50,
      470,
      11,
      [
        'Cet avis justifie de vos revenus auprès des organismes qui vous le',
        'demandent. Conservez-le. Une copie peut être demandée à tout moment dans',
        'votre espace particulier. Si votre situation de famille a changé, signalez',
        'ce changement dans les soixante jours.',
      ],
      { font: SANS },
      20,
    ),
    ...column(50, 580, 11, ['Date d’établissement : 31 juillet 2026'], { font: SANS }),
  ],
};

export const rib: Paper = {
  name: 'rib',
  kind: 'rib',
  drawing: `<rect x="45" y="90" width="505" height="230" fill="none" stroke="#222" stroke-width="1.2"/>`,
  lines: [
    ...column(60, 70, 15, ['RELEVÉ D’IDENTITÉ BANCAIRE'], { bold: true, font: SANS }),
    ...column(
      60,
      120,
      11,
      [
        'Titulaire du compte : Claude EXEMPLE',
        'Domiciliation : Banque Modèle Vichy',
        'Code banque 12345 Code guichet 67890',
        'IBAN FR76 1234 5678 9012 3456 7890 123',
        'BIC MODEFRPPXXX',
      ],
      { font: SANS },
      32,
    ),
    ...column(60, 360, 10.5, ['Remettez ce relevé à tout organisme qui demande vos coordonnées bancaires.'], {
      font: SANS,
    }),
  ],
};

export const handwritten: Paper = {
  name: 'lettre-manuscrite',
  kind: 'handwritten-letter',
  drawing: signature(330, 560),
  lines: column(
    70,
    120,
    19,
    [
      'Madame, Monsieur,',
      'Je soussigné Claude Exemple, certifie',
      'sur l’honneur héberger à mon domicile',
      'Camille Exemple depuis le premier',
      'septembre. Fait pour valoir ce que',
      'de droit.',
      'À Vichy, le 3 novembre',
    ],
    { font: 'Z003', colour: '#1b2a6b' },
    44,
  ),
};

export const allPapers: readonly Paper[] = [attestationCaf, letter, payslip, taxNotice, rib];

const escapeXml = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

export const trueText = (paper: Paper): string =>
  [...new Map(paper.lines.map((line) => [line.y, paper.lines.filter((other) => other.y === line.y)])).entries()]
    .sort(([a], [b]) => a - b)
    .map(([, row]) => row.map((line) => line.text).join(' '))
    .join('\n');

/** The sheet as SVG at `dpi` pixels per inch; `background` is the colour of the paper. */
export const paperSvg = (paper: Paper, dpi: number, background = '#ffffff'): string => {
  const width = Math.round((210 / 25.4) * dpi);
  const height = Math.round((297 / 25.4) * dpi);
  const text = paper.lines
    .map(
      (line) =>
        `<text x="${line.x}" y="${line.y}" font-size="${line.sizePt}" font-family="${line.font ?? SANS}" fill="${line.colour ?? '#1a1a1a'}"${line.bold ? ' font-weight="bold"' : ''}>${escapeXml(line.text)}</text>`,
    )
    .join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 595.276 841.89"><rect width="596" height="842" fill="${background}"/>${paper.drawing}${text}</svg>`;
};

/** One side of an identity card in true size, 85.6 × 54 mm. */
export const cardSvg = (face: 'front' | 'back', dpi: number): string => {
  const width = Math.round((85.6 / 25.4) * dpi);
  const height = Math.round((53.98 / 25.4) * dpi);
  const words =
    face === 'front'
      ? [
          [30, 8, 3.4, 'CARTE NATIONALE D’IDENTITÉ'],
          [30, 17, 2.6, 'Nom : EXEMPLE'],
          [30, 23, 2.6, 'Prénom : Camille'],
          [30, 29, 2.6, 'Née le 01.02.1980 à Moulins'],
          [30, 35, 2.6, 'Nationalité française'],
        ]
      : [
          [5, 10, 2.6, 'Adresse : 12 rue des Tilleuls, Montluçon'],
          [5, 17, 2.6, 'Délivrée le 03.04.2024'],
          [4, 40, 3.2, 'IDFRAEXEMPLE&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;&lt;'],
          [4, 46, 3.2, '240403123456CAMILLE&lt;&lt;8002013F1'],
        ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 85.6 53.98"><rect width="85.6" height="54" rx="3" fill="#cfe3ee"/>${face === 'front' ? '<rect x="5" y="14" width="20" height="27" fill="#9a8576"/><circle cx="15" cy="24" r="6" fill="#d9b79a"/>' : ''}${words.map(([x, y, size, text]) => `<text x="${x}" y="${y}" font-size="${size}" font-family="${SANS}" fill="#14213d">${text}</text>`).join('')}</svg>`;
};
