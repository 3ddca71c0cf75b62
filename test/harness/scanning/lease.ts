/** A lease of two pages, for tests that need several pages. All persons are made up. */
import type { Line, Paper } from './papers.ts';

const rows = (from: number, texts: readonly string[], bold = false): readonly Line[] =>
  texts.map((text, i) => ({ text, x: 60, y: from + i * 20, sizePt: 11.5, font: 'Nimbus Roman', bold }));

export const leasePages: readonly Paper[] = [
  {
    name: 'bail-1',
    kind: 'lease',
    drawing: '<rect x="50" y="96" width="495" height="2" fill="#333"/>',
    lines: [
      { text: 'CONTRAT DE LOCATION', x: 60, y: 82, sizePt: 20, font: 'Nimbus Sans', bold: true },
      ...rows(140, ['Entre les soussignés'], true),
      ...rows(164, [
        'Le bailleur : Dominique MODÈLE, 3 place du Marché, 03000 Moulins',
        'Le locataire : Camille EXEMPLE, 12 rue des Tilleuls, 03100 Montluçon',
      ]),
      ...rows(230, ['Article 1. Le logement'], true),
      ...rows(254, [
        'Le bailleur loue au locataire un appartement vide de deux pièces, de 41 mètres carrés,',
        'situé au 12 rue des Tilleuls, deuxième étage, avec une cave.',
      ]),
      ...rows(320, ['Article 2. La durée'], true),
      ...rows(344, [
        'Le bail est conclu pour trois ans. Il commence le 1er septembre 2026.',
        'Un état des lieux est fait le jour de la remise des clés.',
      ]),
      ...rows(410, ['Article 3. Le loyer'], true),
      ...rows(434, [
        'Le loyer est de 432,00 euros par mois, payable le 5 de chaque mois.',
        'Les charges sont de 48,00 euros par mois.',
        'Le dépôt de garantie est de 432,00 euros.',
      ]),
    ],
  },
  {
    name: 'bail-2',
    kind: 'lease',
    drawing:
      '<path d="M340 560 c 12 -40 20 -30 14 0 s 18 -34 26 -12 s 10 18 22 -6" fill="none" stroke="#1b2a6b" stroke-width="1.6"/>',
    lines: [
      ...rows(100, ['Article 4. Les obligations du locataire'], true),
      ...rows(124, [
        'Le locataire paie le loyer et les charges aux dates convenues.',
        'Il use paisiblement des lieux et les entretient.',
        'Il s’assure contre les risques locatifs.',
      ]),
      ...rows(210, ['Article 5. Les obligations du bailleur'], true),
      ...rows(234, [
        'Le bailleur remet au locataire un logement décent et en bon état.',
        'Il remet gratuitement une quittance au locataire qui la demande.',
      ]),
      ...rows(300, ['Fait en deux exemplaires, à Moulins.']),
      ...rows(500, ['Le bailleur                                        Le locataire']),
    ],
  },
];
