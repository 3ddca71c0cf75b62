/**
 * Recognises the kind of a paper from its text and proposes a name. Each phrase in the table adds a weight to a kind;
 * the kind with the highest total wins. Pure.
 */
import { documentKinds, type DocumentKind } from '../../contract/document-kinds.ts';

/** Lower case, no accents, straight apostrophes, single spaces. */
export const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ');

type Evidence = readonly (readonly [RegExp, number])[];

const EVIDENCE: Readonly<Partial<Record<DocumentKind, Evidence>>> = {
  'identity-card': [
    [/carte nationale d.?identite|carte d.?identite|identity card/, 6],
    [/idfra/, 6],
    [/nationalite|nationality/, 1],
    [/prenom|given names/, 1],
    [/<{3,}/, 2],
  ],
  passport: [
    [/passeport|passport/, 6],
    [/p<fra/, 7],
    [/<{4,}/, 1],
  ],
  'residence-permit': [
    [/titre de sejour|carte de resident|residence permit/, 7],
    [/carte de sejour/, 7],
    [/recepisse de demande/, 3],
    [/autorise (?:son titulaire )?a travailler/, 2],
  ],
  'health-card': [
    [/carte vitale|\bvitale\b/, 5],
    [/carte europeenne d.?assurance maladie/, 5],
  ],
  payslip: [
    [/bulletin de (?:paie|salaire|paye)|fiche de paie/, 7],
    [/net (?:a payer|paye|imposable)/, 3],
    [/cotisations?/, 1],
    [/salaire (?:de base|brut)/, 3],
    [/employeur/, 1],
    [/conges payes/, 1],
    [/siret/, 1],
  ],
  'tax-notice': [
    [/avis d.?(?:impot|imposition)|avis de situation declarative/, 6],
    [/revenu fiscal de reference/, 4],
    [/finances publiques/, 2],
    [/nombre de parts/, 2],
    [/numero fiscal/, 2],
    [/taxe (?:fonciere|d.habitation)/, 4],
  ],
  'attestation-caf': [
    [/caisse d.?allocations familiales|\bcaf\b/, 4],
    [/attestation de (?:paiement|droits|quotient)/, 3],
    [/quotient familial/, 2],
    [/numero allocataire|n.? allocataire/, 3],
    [/prime d.?activite|allocation de logement|\brsa\b/, 1],
  ],
  'attestation-cpam': [
    [/caisse primaire|\bcpam\b|assurance maladie|\bameli\b/, 4],
    [/attestation de droits/, 5],
    [/complementaire sante solidaire/, 2],
    [/indemnites journalieres/, 3],
    [/medecin traitant/, 1],
  ],
  'attestation-france-travail': [
    [/france travail|pole emploi/, 6],
    [/demandeur d.?emploi/, 3],
    [/allocation d.?aide au retour|\bare\b/, 2],
    [/avis de situation|attestation (?:d.inscription|de periode)/, 2],
    [/identifiant/, 1],
  ],
  'attestation-msa': [
    [/mutualite sociale agricole|\bmsa\b/, 7],
    [/attestation/, 1],
  ],
  rib: [
    [/releve d.?identite bancaire|\brib\b/, 6],
    [/\biban\b/, 3],
    [/\bbic\b/, 2],
    [/code (?:banque|guichet)/, 2],
    [/titulaire du compte/, 2],
    [/domiciliation/, 1],
  ],
  lease: [
    [/contrat de location|contrat de bail|bail d.?habitation/, 7],
    [/le (?:bailleur|locataire)/, 2],
    [/depot de garantie/, 2],
    [/\bloyer\b/, 1],
    [/etat des lieux/, 2],
  ],
  'rent-receipt': [
    [/quittance de loyer|quittance/, 7],
    [/avis d.?echeance/, 3],
    [/\bloyer\b/, 2],
    [/provision(?:s)? (?:sur|pour) charges/, 2],
    [/(?:bailleur|locataire)/, 1],
  ],
  'energy-bill': [
    [/\bfacture\b/, 3],
    [/electricite|gaz naturel|\bkwh\b/, 4],
    [/\bedf\b|\bengie\b|totalenergies|enedis/, 3],
    [/point de livraison|\bpdl\b|\bpce\b/, 3],
    [/abonnement/, 1],
    [/consommation/, 1],
    [/eau potable|assainissement/, 4],
  ],
  'school-certificate': [
    [/certificat de scolarite|attestation de scolarite/, 8],
    [/annee scolaire/, 2],
    [/inscrite? en classe|eleve/, 2],
    [/(?:college|lycee|ecole)/, 1],
    [/chef d.?etablissement|principal/, 1],
  ],
  'birth-certificate': [
    [/acte de naissance/, 7],
    [/officier de l.?etat civil/, 2],
    [/copie integrale|extrait/, 1],
    [/est nee? /, 1],
  ],
  'death-certificate': [
    [/acte de deces/, 8],
    [/est decedee?/, 3],
    [/officier de l.?etat civil/, 1],
  ],
  'medical-certificate': [
    [/certificat medical/, 7],
    [/arret de travail/, 5],
    [/docteur|medecin/, 1],
    [/je (?:soussigne|certifie).{0,60}(?:examine|docteur|medecin)/, 3],
    [/\brpps\b|\badeli\b/, 2],
    [/ordonnance/, 3],
  ],
  'handwritten-letter': [
    [/je soussignee?/, 3],
    [/sur l.?honneur/, 3],
    [/attestation d.?hebergement/, 3],
    [/heberge/, 2],
    [/fait pour valoir|ce que de droit/, 1],
  ],
};

/** A lower score proves nothing, and "Document" is better than a wrong name. */
const ENOUGH = 5;

/**
 * The title is at the top of a paper. Further down a long text, the same words more often refer to another paper
 * ("joignez votre avis d’imposition"), so they count for half.
 */
const HEAD_SHARE = 0.4;
const LONG_TEXT = 400;

interface Hit {
  readonly weight: number;
  readonly found: string;
}

const hitsOf = (words: string, evidence: Evidence): readonly Hit[] =>
  evidence.flatMap(([pattern, weight]) => {
    const match = pattern.exec(words);
    if (!match) return [];
    const late = words.length > LONG_TEXT && match.index > words.length * HEAD_SHARE;
    return [{ weight: late ? weight / 2 : weight, found: match[0] }];
  });

/**
 * One matching word is not enough: it may be part of a heading ("Bureau des passeports") or the sender's name. Require
 * a title of several words or a second piece of evidence; an attestation always needs the second piece.
 */
const isNamed = (kind: DocumentKind, hits: readonly Hit[]): boolean =>
  hits.length > 1 || (!kind.startsWith('attestation-') && hits.some(({ found }) => found.trim().includes(' ')));

export interface Classified {
  readonly kind: DocumentKind;
  readonly score: number;
}

export const classify = (text: string, hint: { readonly card: boolean } = { card: false }): Classified => {
  const words = plain(text);
  let best: Classified = { kind: 'other', score: 0 };
  for (const [kind, evidence] of Object.entries(EVIDENCE) as [DocumentKind, Evidence][]) {
    const hits = hitsOf(words, evidence);
    if (!isNamed(kind, hits)) continue;
    let score = hits.reduce((sum, { weight }) => sum + weight, 0);
    const onCards = kind === 'identity-card' || kind === 'health-card' || kind === 'residence-permit';
    if (hint.card) score += onCards && score > 0 ? 3 : -4;
    if (score > best.score) best = { kind, score };
  }
  return best.score >= ENOUGH ? best : { kind: 'other', score: best.score };
};

const MONTHS = [
  'janvier',
  'fevrier',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'aout',
  'septembre',
  'octobre',
  'novembre',
  'decembre',
];
const SHOWN = [
  'janvier',
  'février',
  'mars',
  'avril',
  'mai',
  'juin',
  'juillet',
  'août',
  'septembre',
  'octobre',
  'novembre',
  'décembre',
];

/** No date in the name of these kinds: a date in their text is often the holder's birthday. */
const UNDATED: readonly DocumentKind[] = [
  'identity-card',
  'passport',
  'residence-permit',
  'health-card',
  'rib',
  'birth-certificate',
  'death-certificate',
  'other',
];

/**
 * The month that a paper covers: "mois de octobre 2026", "période du 1er au 31 octobre 2026", or else the first month
 * mentioned. Months in the future are ignored.
 */
export const periodOf = (text: string, now: Date): string | undefined => {
  const words = plain(text);
  const found = [
    ...words.matchAll(
      new RegExp(
        `(mois d[e'] ?|periode [^.]{0,40}?|echeance [^.]{0,20}?)?\\b(${MONTHS.join('|')})\\s+(20\\d\\d)\\b`,
        'g',
      ),
    ),
  ]
    .map((match) => ({ named: match[1] !== undefined, month: MONTHS.indexOf(match[2] ?? ''), year: Number(match[3]) }))
    .filter(({ month, year }) => year >= 2000 && new Date(Date.UTC(year, month, 1)) <= now);
  const best = found.find((one) => one.named) ?? found[0];
  return best && `${SHOWN[best.month]} ${best.year}`;
};

const yearOf = (text: string): string | undefined =>
  /(?:revenus? de l'annee|revenus de|annee)\s+(20\d\d)/.exec(plain(text))?.[1];

export const proposeName = (kind: DocumentKind, text: string, now: Date): string => {
  const { label } = documentKinds[kind];
  if (UNDATED.includes(kind)) return label;
  const when = kind === 'tax-notice' ? (yearOf(text) ?? periodOf(text, now)) : periodOf(text, now);
  return when ? `${label} – ${when}` : label;
};
