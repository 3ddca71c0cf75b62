/** The kinds of papers as plain data, so that the screens can import them without zod. */

/**
 * The papers that a person brings. `slug` names the file given to a site, so that nothing the person typed ends up in a
 * file name.
 */
export const documentKinds = {
  'identity-card': { label: 'Carte d’identité', slug: 'carte-identite' },
  passport: { label: 'Passeport', slug: 'passeport' },
  'residence-permit': { label: 'Titre de séjour', slug: 'titre-de-sejour' },
  'health-card': { label: 'Carte Vitale', slug: 'carte-vitale' },
  payslip: { label: 'Bulletin de paie', slug: 'bulletin-de-paie' },
  'tax-notice': { label: 'Avis d’impôt', slug: 'avis-impot' },
  'attestation-caf': { label: 'Attestation Caf', slug: 'attestation-caf' },
  'attestation-cpam': { label: 'Attestation de droits', slug: 'attestation-de-droits' },
  'attestation-france-travail': { label: 'Attestation France Travail', slug: 'attestation-france-travail' },
  'attestation-msa': { label: 'Attestation MSA', slug: 'attestation-msa' },
  rib: { label: 'RIB', slug: 'rib' },
  lease: { label: 'Bail', slug: 'bail' },
  'rent-receipt': { label: 'Quittance de loyer', slug: 'quittance-de-loyer' },
  'energy-bill': { label: 'Facture d’énergie', slug: 'facture' },
  'school-certificate': { label: 'Certificat de scolarité', slug: 'certificat-de-scolarite' },
  'birth-certificate': { label: 'Acte de naissance', slug: 'acte-de-naissance' },
  'medical-certificate': { label: 'Certificat médical', slug: 'certificat-medical' },
  'death-certificate': { label: 'Acte de décès', slug: 'acte-de-deces' },
  'handwritten-letter': { label: 'Lettre manuscrite', slug: 'lettre' },
  other: { label: 'Document', slug: 'document' },
} as const;
export type DocumentKind = keyof typeof documentKinds;

/** Papers that can be misused: the screens offer the watermark for them. */
export const identityKinds: readonly DocumentKind[] = ['identity-card', 'passport', 'residence-permit', 'health-card'];
