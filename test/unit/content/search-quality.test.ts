/** Does the search understand people? Over what ships, on questions that it was not tuned for. */
import { describe, expect, it } from 'vitest';
import { words } from '../../../renderer/features/catalogue/fold.ts';
import { makeSearch } from '../../../renderer/features/catalogue/search.ts';
import { directoryMessages } from '../../../renderer/features/directory/messages.ts';
import { documentsMessages } from '../../../renderer/features/documents/messages.ts';
import { scanningMessages } from '../../../renderer/features/scanning/messages.ts';
import { tutorialsMessages } from '../../../renderer/features/tutorials/messages.ts';
import { measureSearch, readQueries } from '../../harness/search-queries.ts';
import { shippedCatalogue } from '../renderer/catalogue-files.ts';

const { demarches, synonyms } = shippedCatalogue();
const search = makeSearch(demarches, synonyms);
const queries = readQueries();

describe('the questions of the evaluation', () => {
  it('are at least 400, in two halves of about the same size, each with answers that exist', () => {
    const known = new Set(demarches.map(({ id }) => id));
    expect(queries.length).toBeGreaterThanOrEqual(400);
    expect(queries.filter(({ half }) => half === 'untouched').length).toBeGreaterThan(queries.length * 0.4);
    expect(queries.flatMap(({ accepted }) => accepted).filter((id) => !known.has(id))).toEqual([]);
  });

  it.each(['tuned', 'untouched'] as const)('are understood, the %s half too', (half) => {
    const figures = measureSearch(
      search,
      queries.filter((query) => query.half === half),
    );
    expect(figures.first).toBeGreaterThanOrEqual(0.93);
    expect(figures.firstThree).toBeGreaterThanOrEqual(0.98);
    expect(figures.nothing).toBeLessThanOrEqual(0.005);
  });
});

it('finds every démarche by each of its own words: none of them is a stop word alone', () => {
  const said = demarches.flatMap((one) => [one.title, ...one.words]).filter((text) => text !== 'me.com');
  expect(said.filter((text) => words(text).length === 0)).toEqual([]);
});

describe('a question of several words', () => {
  const first = (question: string) => search(question, 1)[0]?.id;

  it('is not drowned by the synonym of one of them', () => {
    expect(first('mot de passe caf')).toBe('caf-compte');
    expect(first('attestation de paiement caf')).toBe('caf-attestation');
  });

  it('is found by another form of its words', () => {
    expect(first('je me sépare caf')).toBe('caf-changement-situation');
    expect(first('on m’a cambriolé')).toBe('plainte-en-ligne');
  });

  it.each(['ma boite mail', 'lire mes mails', 'gmail', '@orange.fr', 'mot de passe mail perdu'])(
    'about one’s e-mail opens the mailbox: %s',
    (question) => expect(first(question)).toBe('mailbox'),
  );

  it('about a mailbox to make, or one that was broken into, is another one', () => {
    expect(first('créer une adresse mail')).toBe('les-bons-clics');
    expect(first('ma boîte mail est piratée')).toBe('cybermalveillance');
  });

  it.each([
    ['passeport perdu', 'ants-passeport'],
    ['j’ai perdu mon titre de séjour', 'anef-titre-sejour'],
  ])('is not answered by a démarche whose sentence happens to hold its words: %s', (question, id) => {
    expect(first(question)).toBe(id);
    expect(search(question, 8).length).toBeGreaterThan(1);
  });

  it.each([
    ['caf.fr', 'caf-compte'],
    ['www.caf.fr', 'caf-compte'],
    ['https://www.ameli.fr', 'ameli-compte'],
    ['impots.gouv.fr', 'impots-avis'],
  ])('is found by the address of its site: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it.each(['fr', 'com', 'gouv'])('finds something on the way to a longer word: %s', (begun) => {
    expect(search(begun, 8)).not.toEqual([]);
  });

  it.each([
    ['accident du travail', 'ameli-compte'],
    ['pension d’invalidité', 'ameli-compte'],
    ['pass sport', 'mes-droits-sociaux'],
    ['work permit', 'anef-titre-sejour'],
    ['asile', 'anef-titre-sejour'],
    ['help', 'carte-lieux-numerique'],
    ['c deux s', 'ameli-c2s'],
    ['ase', 'allier-guide-aides'],
    ['carte d’invalidité', 'mda-handicap'],
    ['carte de stationnement', 'mda-handicap'],
    ['macaron', 'mda-handicap'],
  ])('without a démarche of its own leads to the nearest: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  /** They have synonyms of their own, so the untouched half may not count them. */
  it.each([
    ['allocation de solidarité spécifique', ['ft-actualisation']],
    ['argent', ['caf-rsa', 'mes-droits-sociaux', 'aide-alimentaire']],
    ["attestation d'existence", ['carsat-espace']],
    ['attestation de vie', ['carsat-espace']],
    ['changer mon rib', ['carsat-espace', 'caf-compte', 'ameli-compte']],
    ['iban', ['caf-compte', 'carsat-espace', 'ameli-compte']],
    ['jai plus de sou', ['caf-rsa', 'mes-droits-sociaux', 'aide-alimentaire']],
    ['je galere', ['mes-droits-sociaux']],
    ['jé plu de sou', ['caf-rsa', 'mes-droits-sociaux', 'aide-alimentaire']],
    ['mon dossier caf est bloqué', ['caf-compte']],
    ['mon proprio veut me virer', ['loyers-impayes']],
    ['plus de sous', ['caf-rsa', 'mes-droits-sociaux', 'aide-alimentaire']],
    ['rib', ['caf-compte', 'carsat-espace', 'ameli-compte']],
    ['saisie sur compte', ['surendettement', 'points-conseil-budget']],
  ])('is understood as people write it: %s', (question, accepted) => {
    expect(accepted).toContain(first(question));
  });

  it.each([
    ['rib impots', 'impots-payer'],
    ['je suis sous tutelle', 'protection-majeur'],
    ['jugement de divorce', 'aide-juridictionnelle'],
    ['rdv scanner', 'doctolib'],
  ])('is not drawn away by a word of another démarche: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it('about a child who leaves France does not take the place of the OQTF', () => {
    expect(search('autorisation de sortie du territoire', 3).map(({ id }) => id)).not.toContain('domiciliation');
    expect(first('autorisation de sortie du territoire')).toBe('sortie-territoire');
    expect(first('obligation de quitter le territoire')).toBe('aide-juridictionnelle');
  });

  it.each(['rib', 'iban', 'coordonnées bancaires'])(
    'about a bank account finds who pays, the pension too: %s',
    (question) => {
      expect(search(question, 3).map(({ id }) => id)).toContain('carsat-espace');
    },
  );

  it.each(['certificat de vie', 'attestation de vie', 'certificat d’existence'])(
    'of the living finds no dead: %s',
    (q) => {
      expect(search(q, 8).map(({ id }) => id)).toEqual(expect.arrayContaining(['info-retraite-compte', 'agirc-arrco']));
      expect(search(q, 8).map(({ id }) => id)).not.toContain('acte-deces');
    },
  );

  it.each(['fin de droit', 'fin de droits', 'ass'])(
    'about the end of the dole finds the RSA beside: %s',
    (question) => {
      expect(search(question, 3).map(({ id }) => id)).toEqual(expect.arrayContaining(['ft-actualisation', 'caf-rsa']));
    },
  );

  it.each([
    'on va me couper l’électricité',
    'couper électricité',
    'plus d’électricité',
    'je dois de l’argent à edf',
    'retard edf',
    'lettre de relance edf',
    'dette edf',
    'dette d’électricité',
    'facture impayée',
    'coupure d’eau',
    'dette de gaz',
    'ils vont me couper le courant',
  ])('about a debt of energy or water finds the FSL first: %s', (question) =>
    expect(first(question)).toBe('fsl-allier'),
  );

  it.each(['edf', 'électricité', 'engie'])('about energy alone finds both helps: %s', (question) => {
    expect(search(question, 2).map(({ id }) => id)).toEqual(expect.arrayContaining(['cheque-energie', 'fsl-allier']));
  });

  it.each([
    'domiciliation',
    'élection de domicile',
    'sans adresse',
    'sdf',
    'ccas',
    'je sors de prison',
    'prison',
    'homeless',
  ])('of somebody without an address finds the domiciliation first: %s', (question) =>
    expect(first(question)).toBe('domiciliation'),
  );

  it.each(['sdf', 'je sors de prison', 'prison'])(
    'of somebody without anything leads to the RSA too: %s',
    (question) => {
      const found = search(question, 8).map(({ id }) => id);
      expect(found).toEqual(expect.arrayContaining(['caf-rsa', 'rdv-service-public']));
    },
  );

  it.each(['compte bancaire', 'ouvrir un compte bancaire', 'droit au compte', 'compte en banque', 'bank account'])(
    'about a bank account does not mean a forgotten one: %s',
    (question) => expect(first(question)).toBe('droit-au-compte'),
  );

  it.each([
    'étrangers en france',
    'numéro étranger',
    'AGDREF',
    'visa',
    'carte de séjour',
    'récépissé',
    'attestation de prolongation d’instruction',
    'carte pluriannuelle',
  ])('in the words of the ANEF finds the residence permit first: %s', (question) =>
    expect(first(question)).toBe('anef-titre-sejour'),
  );

  it('about an account of a site still finds that site', () => {
    expect(first('ouvrir un compte ameli')).toBe('ameli-compte');
    expect(first('ouvrir un compte caf')).toBe('caf-compte');
    expect(first('compte bancaire oublié')).toBe('ciclade');
    expect(first('adresse')).toBe('annuaire-administration');
  });

  it.each([
    ['mon proprio veut me virer', 'loyers-impayes'],
    ['concours de la force publique', 'loyers-impayes'],
    ['jugement expulsion', 'loyers-impayes'],
    ['plan d’apurement', 'loyers-impayes'],
    ['congé pour vente', 'loyers-impayes'],
    ['on me coupe les apl', 'caf-aide-logement'],
    ['jai plus d apl', 'caf-aide-logement'],
    ['attestation de loyer', 'caf-aide-logement'],
    ['aide pour payer la caution', 'fsl-allier'],
    ['loca pass', 'fsl-allier'],
    ['facture veolia', 'fsl-allier'],
    ['rsa coupé', 'caf-rsa'],
    ['déclaration de situation', 'caf-changement-situation'],
    ['saisie sur compte', 'surendettement'],
    ['saisie sur salaire', 'surendettement'],
    ['dossier bdf', 'surendettement'],
    ['satd', 'impots-payer'],
    ['avis à tiers détenteur', 'impots-payer'],
    ['je suis dans le rouge', 'points-conseil-budget'],
    ['je m’en sort plus', 'points-conseil-budget'],
    ['attestation employeur', 'ft-inscription'],
    ['solde de tout compte', 'ft-inscription'],
    ['rupture conventionnelle', 'ft-inscription'],
    ['numéro identifiant france travail', 'ft-inscription'],
    ['jai oublié de m’actualiser', 'ft-actualisation'],
    ['allocation spécifique de solidarité', 'ft-actualisation'],
    ['ass', 'ft-actualisation'],
    ['contester radiation', 'ft-inscription'],
    ['notification de droits', 'ft-attestations'],
    ['faire un cv', 'ft-offres'],
    ['autorisation de travail', 'anef-titre-sejour'],
    ['oqtf', 'aide-juridictionnelle'],
    ['recours oqtf', 'aide-juridictionnelle'],
  ])('as people type it finds what helps: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it('does not match the phonetic key nor the stem of another word', () => {
    const found = makeSearch(demarches, {})('ase', 8).map(({ id }) => id);
    expect(found.filter((id) => id.startsWith('ft-'))).toEqual([]);
  });

  /** As on the public help pages of December 2026, in our own words. */
  it.each([
    ['bjr coment avoir laah', 'mda-handicap'],
    ['fer une demande dapl', 'caf-aide-logement'],
    ['mon dossier sur endettement', 'surendettement'],
    ['parcour sup', 'parcoursup'],
    ['assedik', 'ft-inscription'],
    ['radiée par france travail', 'ft-inscription'],
    ['ma cure thermale est remboursée', 'ameli-compte'],
    ['faire venir mon mari en france', 'anef-titre-sejour'],
    ['divorcer et garde des enfants', 'aide-juridictionnelle'],
    ['mon vendeur refuse la garantie', 'signal-conso'],
    ['site frauduleux', 'cybermalveillance'],
    ['analyse prise de sang', 'mon-espace-sante'],
    ['jme suis fait voler mon vélo', 'plainte-en-ligne'],
    ['mise à la porte par ma famille', 'domiciliation'],
    ['help with my rent', 'fsl-allier'],
    ['résilier ma box internet', 'resilier-abonnement'],
  ])('as people write it on help pages finds what helps: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it.each([
    'donner ma démission',
    'mon patron ne veut pas me payer mon salaire',
    'rendre mon logement quel préavis',
    'résilier mon bail',
    'changer le prénom de mon enfant',
    'le propriétaire garde ma caution',
    'lettre type',
  ])('that no other guide serves leads to the official site: %s', (question) => {
    expect(first(question)).toBe('service-public');
  });

  it.each([
    ['necesito ayuda', 'carte-lieux-numerique'],
    ['мне нужна помощь', 'carte-lieux-numerique'],
    ['работа', 'ft-offres'],
    ['caut de munca', 'ft-offres'],
    ['بطاقة الإقامة', 'anef-titre-sejour'],
    ['kira yardımı', 'caf-aide-logement'],
    ['permiso de residencia', 'anef-titre-sejour'],
  ])('in another language finds the one thing it names: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it.each([
    ['carte grise', true],
    ['cartegrise', true],
    ['mon voisin a pris ma tondeuse', false],
    ['suivre ma commande de chaussures', false],
  ])('says whether all of it names a démarche: %s', (question, named) => {
    expect(search.isNamed(question)).toBe(named);
  });

  it('is found typed in one word', () => {
    expect(first('cartegrise')).toBe('ants-carte-grise');
  });

  it('is found in English', () => {
    expect(first('I want to renew my residence permit')).toBe('anef-titre-sejour');
  });
});

describe('a use of the kiosk', () => {
  const first = (question: string) => search(question, 1)[0]?.id;

  it.each([
    ['scanner', 'use-scan'],
    ['scan', 'use-scan'],
    ['scaner', 'use-scan'],
    ['scanner un papier', 'use-scan'],
    ['numériser', 'use-scan'],
    ['photocopie', 'use-scan'],
    ['faire une photocopie', 'use-scan'],
    ['imprimer', 'use-print'],
    ['imprimer un document', 'use-print'],
    ['imprimer mon cv', 'use-print'],
    ['clé usb', 'use-key'],
    ['cle usb', 'use-key'],
    ['usb', 'use-key'],
    ['mes documents', 'use-documents'],
    ['tutoriel', 'use-learn'],
  ])('is the first answer: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it.each([
    ['imprimer mon attestation de droits', 'ameli-attestation-droits'],
    ['scanner ma carte d’identité', 'ants-carte-identite'],
    ['imprimer un mail', 'mailbox'],
    ['aide alimentaire', 'aide-alimentaire'],
  ])('does not come before the démarche that is named: %s', (question, id) => {
    expect(first(question)).toBe(id);
  });

  it('has the words of its button', () => {
    for (const [label, id] of [
      [scanningMessages.scanOne, 'use-scan'],
      [documentsMessages.mine, 'use-documents'],
      [directoryMessages.nearHere, 'use-near'],
      [tutorialsMessages.learn, 'use-learn'],
    ] as const)
      expect(first(label.textIn('fr'))).toBe(id);
  });
});
