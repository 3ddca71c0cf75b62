import { describe, expect, it } from 'vitest';
import { documentKinds, type DocumentKind } from '../../../main/contract/document-kinds.ts';
import { classify, periodOf, proposeName } from '../../../main/features/scanning/classify.ts';
import { allPapers, handwritten, trueText } from '../../harness/scanning/papers.ts';

const now = new Date('2026-11-25T10:00:00Z');

/** OCR results of real papers: capitals, missing accents, joined words. */
const SAYINGS: readonly (readonly [DocumentKind, string])[] = [
  ['identity-card', 'REPUBLIQUE FRANCAISE CARTE NATIONALE D’IDENTITÉ / IDENTITY CARD Nom EXEMPLE Prénoms Camille'],
  ['identity-card', 'IDFRAEXEMPLE<<<<<<<<<<<<<<<<<<<<<<<< 240403123456CAMILLE<<8002013F1'],
  ['passport', 'PASSEPORT PASSPORT P<FRAEXEMPLE<<CAMILLE<<<<<<<<<<<'],
  ['residence-permit', 'TITRE DE SÉJOUR Carte de résident autorise son titulaire à travailler'],
  ['health-card', 'Carte Vitale Émise le 12/03/2019'],
  ['attestation-cpam', 'l’Assurance Maladie CPAM de l’Allier Attestation de droits à l’assurance maladie'],
  ['attestation-france-travail', 'France Travail Avis de situation Identifiant 1234567A demandeur d’emploi'],
  ['attestation-msa', 'MSA Auvergne Mutualité sociale agricole Attestation de paiement'],
  ['lease', 'CONTRAT DE LOCATION Le bailleur et le locataire conviennent d’un loyer et d’un dépôt de garantie'],
  ['rent-receipt', 'QUITTANCE DE LOYER mois de septembre 2026 Loyer 412,00 Provision sur charges 45,00'],
  ['energy-bill', 'Facture d’électricité EDF consommation 1 204 kWh Point de livraison 09 123'],
  ['school-certificate', 'Collège Modèle Certificat de scolarité année scolaire 2026-2027 élève en classe de 5e'],
  ['birth-certificate', 'Extrait d’acte de naissance L’officier de l’état civil'],
  ['death-certificate', 'COPIE INTÉGRALE ACTE DE DÉCÈS est décédé le'],
  ['medical-certificate', 'Je soussigné docteur en médecine CERTIFICAT MÉDICAL'],
  ['medical-certificate', 'avis d’arrêt de travail médecin'],
  ['other', 'Préfecture de l’Allier, bureau des passeports. Convocation : vous êtes attendue mardi à dix heures'],
  ['other', 'France Travail. Convocation à une réunion, mardi à dix heures'],
  ['other', 'CPAM de l’Allier. Nous n’avons pas pu vous joindre'],
  ['other', 'QUITTANCE reçue ce jour'],
  ['other', 'Réunion de quartier samedi à dix heures, salle des fêtes'],
  ['other', ''],
];

describe('what a paper is', () => {
  it.each(SAYINGS)('%s: %s', (kind, text) => {
    expect(classify(text).kind).toBe(kind);
  });

  it.each([...allPapers, handwritten].map((paper) => [paper.name, paper] as const))(
    'the drawn paper %s',
    (_, paper) => {
      expect(classify(trueText(paper)).kind).toBe(paper.kind);
    },
  );

  it('a card-sized picture is not an attestation', () => {
    expect(classify('carte vitale attestation de droits', { card: true }).kind).toBe('health-card');
  });
});

describe('the name proposed', () => {
  it.each([
    ['attestation-caf', 'pour le mois d’octobre 2026, fait le 9 novembre 2026', 'Attestation Caf – octobre 2026'],
    ['payslip', 'Période du 1er au 31 août 2026', 'Bulletin de paie – août 2026'],
    ['tax-notice', 'Impôt sur les revenus de l’année 2025 établi en juillet 2026', 'Avis d’impôt – 2025'],
    ['rent-receipt', 'sans aucune date', 'Quittance de loyer'],
    ['identity-card', 'née en février 1980', 'Carte d’identité'],
    ['birth-certificate', 'née en mai 2019', 'Acte de naissance'],
  ] as const)('%s', (kind, text, name) => {
    expect(proposeName(kind, text, now)).toBe(name);
  });

  it('no month of the future, such as an end of validity', () => {
    expect(periodOf('valable jusqu’en mars 2027', now)).toBeUndefined();
  });

  it('every kind has a label to show and a plain file name', () => {
    for (const { label, slug } of Object.values(documentKinds)) {
      expect(label.length).toBeGreaterThan(2);
      expect(slug).toMatch(/^[a-z-]+$/);
    }
  });
});
