/** Rules that cost money or a right when nobody tells them. Texts are often shortened, and each language is apart. */
import { describe, expect, it } from 'vitest';
import { covers } from '../../../main/config/domains.ts';
import { readDemarches } from './read-content.ts';

const demarches = readDemarches().map(({ demarche }) => demarche);
const named = (id: string) => demarches.find((one) => one.id === id)!;

const textsIn = (id: string, language: 'fr' | 'simple' | 'en'): string => {
  const { title, sentence, simple, en, steps } = named(id);
  const lead = { fr: { title, sentence }, simple, en }[language];
  const told = steps.map((step) => ({ fr: step, simple: step.simple, en: step.en })[language]);
  const lines = [lead?.sentence, ...told.flatMap((one) => [one?.title, one?.text])];
  return lines.join(' ').replaceAll('\u00a0', ' ').toLowerCase();
};

describe('a rule that costs money or a right', () => {
  it.each([
    ['amende-contester', '« consigner »'],
    ['amende-contester', '« payer une amende »'],
    ['amende-contester', 'le reçu de la consignation'],
    ['amende-contester', 'rien à consigner'],
    ['amende-payer', '« consigner »'],
    ['ameli-c2s', 'chaque année'],
    ['ameli-c2s', '25 ans'],
    ['ameli-c2s', 'ceux qui vous hébergent'],
    ['ameli-c2s', 'bourse, pension alimentaire, chiffre d’affaires'],
    ['ameli-c2s', '« compléter votre dossier »'],
    ['ameli-carte-vitale', 'bulletin de paie'],
    ['caf-aide-logement', 'les mois d’avant sont perdus'],
    ['caf-rentree-scolaire', 'déjà'],
    ['caf-rsa', 'même s’il manque un papier'],
    ['carte-mobilite-inclusion', 'jusqu’au 31 décembre 2026'],
    ['casier-judiciaire', 'lettre recommandée'],
    ['casier-judiciaire', 'à l’étranger'],
    ['cesu', 'au plus tard le 5 du mois suivant'],
    ['cheque-energie', 'jusqu’au 31 décembre 2026'],
    ['cheque-energie', 'à votre nom'],
    ['creation-entreprise', 'demandez l’acre à l’urssaf'],
    ['creation-entreprise', '60 jours'],
    ['creation-entreprise', 'gratuit pour une micro-entreprise'],
    ['domiciliation', 'tous les 3 mois'],
    ['domiciliation', '2 mois avant'],
    ['droit-au-compte', '15 jours'],
    ['droit-au-compte', 'gardez la preuve de votre demande'],
    ['fsl-allier', 'une coupure'],
    ['mda-handicap', 'jusqu’au 31 décembre 2026'],
    ['ants-carte-grise-adresse', '2,76 €'],
    ['ants-carte-grise-adresse', 'le certificat provisoire'],
    ['amende-contester', '45 jours'],
    ['amende-transport', '3 mois'],
    ['laposte-suivi', 'un an après l’envoi'],
    ['laposte-suivi', 'n’ouvrez pas le lien'],
    ['pharmacie-garde', 'payant'],
    ['carte-familles-nombreuses', '19 €'],
    ['resilier-abonnement', 'ne résiliez pas'],
    ['resilier-abonnement', 'engagé'],
    ['pacs', 'une seule convention'],
    ['pacs', 'copie'],
    ['sortie-territoire', 'un seul parent signe'],
    ['vignette-critair', '3,85 €'],
    ['amende-contester', '30 jours'],
    ['dalo', 'expulsion'],
    ['dalo', 'une demande de logement social'],
    ['defenseur-des-droits', 'délai pour contester'],
    ['educonnect', 'mi-octobre'],
    ['educonnect', 'étude automatique'],
    ['france-renov', 'avant la demande'],
    ['fraude-carte-bancaire', 'portez plainte'],
    ['ft-actualisation', '39 49'],
    ['listes-electorales', 'avant le vote'],
    ['logement-social', 'sinon elle est annulée'],
    ['numero-fiscal', 'téléphone portable'],
    ['recensement-citoyen', 'dans les 3 mois'],
    ['retraite-reversion', 'dans les 12 mois'],
    ['retraite-reversion', 'avoir été marié'],
    ['service-civique', 'avec un handicap'],
    ['surendettement', 'crédits'],
  ])('is told by %s, in texte simple too: %s', (id, rule) => {
    expect(textsIn(id, 'fr')).toContain(rule);
    expect(textsIn(id, 'simple')).toContain(rule);
  });

  it.each([
    ['ameli-c2s', 'every year'],
    ['ameli-c2s', 'under 25'],
    ['ameli-c2s', 'grant, maintenance, turnover'],
    ['ameli-c2s', '« compléter votre dossier »'],
    ['ameli-carte-vitale', 'payslip'],
    ['caf-aide-logement', 'the months before are lost'],
    ['caf-rsa', 'even if a paper is missing'],
    ['casier-judiciaire', 'registered letter'],
    ['casier-judiciaire', 'born abroad'],
    ['cheque-energie', '31 december 2026'],
    ['cheque-energie', 'in your name'],
    ['domiciliation', 'every 3 months'],
    ['droit-au-compte', '15 days'],
    ['fsl-allier', 'put off a cut'],
    ['mda-handicap', '31 december 2026'],
  ])('is told by %s in English: %s', (id, rule) => {
    expect(textsIn(id, 'en')).toContain(rule);
  });

  /** Code of criminal procedure, article 529-10: without the money set aside, the contestation is thrown out unread. */
  it('lets a radar fine be consigned while it is contested', () => {
    const { beside, domains } = named('amende-contester');
    expect(beside).toContain('amende-payer');
    expect(domains.some((domain) => covers(domain, 'www.amendes.gouv.fr'))).toBe(true);
  });

  /** Since 1 January 2022, ameli collects wages, pensions and benefits itself. */
  it('sends nobody home for the pay slips of a year when they ask for the C2S', () => {
    const { papers, toKnow } = named('ameli-c2s');
    const told = [...papers, ...toKnow, textsIn('ameli-c2s', 'fr'), textsIn('ameli-c2s', 'simple')].join(' ');
    expect(told).not.toMatch(/bulletins?|12 (derniers )?mois/);
    expect(textsIn('ameli-c2s', 'en')).not.toMatch(/pay ?slip|12 months/);
  });

  /** Code de l’action sociale, article L. 264-3: no home is no reason to refuse the RSA. */
  it('lets somebody without a home bring the papers of a domiciliation', () => {
    expect(named('caf-rsa').papers.join(' ')).toContain('domiciliation (CCAS)');
    expect(named('droit-au-compte').papers.join(' ')).toContain('attestation de domiciliation');
  });

  it('asks ameli for the code in the same way everywhere', () => {
    const signingIn = demarches.filter(({ account, signInCode }) => account?.name === 'compte ameli' && signInCode);
    const odd = signingIn.filter(({ steps }) => !steps.some(({ title }) => title.startsWith('Demandez le code')));
    expect(signingIn.length).toBeGreaterThanOrEqual(6);
    expect(odd.map(({ id }) => id)).toEqual([]);
  });
});
