/** The help that ships: who is heard, and who is left alone. The questions are written as people type them. */
import { describe, expect, it } from 'vitest';
import { urgentHelpSchema } from '../../../main/config/schema/urgent-help.ts';
import { makeUrgencyDetector } from '../../../renderer/features/catalogue/urgent-words.ts';
import { readQueries, readUrgentQueries } from '../../harness/search-queries.ts';
import { readDemarches, readSynonyms, readUrgentHelp } from './read-content.ts';

const helps = readUrgentHelp();
const hear = makeUrgencyDetector(Object.values(helps));
const namesOf = (question: string): readonly (string | undefined)[] =>
  hear(question).map((found) => Object.entries(helps).find(([, help]) => help.title.fr === found.title.fr)?.[0]);

describe('urgent help', () => {
  it('holds the numbers that its sources name', () => {
    const numbers = (name: string) => helps[name]?.numbers.map(({ number }) => number.replaceAll(' ', ''));
    expect(numbers('vitale')).toEqual(['15', '18', '112', '114']);
    expect(numbers('violences')?.slice(0, 2)).toEqual(['3919', '17']);
    expect(numbers('suicide')?.[0]).toBe('3114');
    expect(numbers('enfant')?.[0]).toBe('119');
    expect(numbers('rue')).toEqual(['115']);
    expect(numbers('ages')?.[0]).toBe('3133');
    expect(numbers('victime')).toContain('116006');
  });

  it.each(readUrgentQueries().map(({ help, question }) => [help, question] as const))(
    'answers %s to “%s”',
    (name, question) => {
      expect(namesOf(question)).toContain(name);
    },
  );

  it('answers two things at once, and never more', () => {
    expect(namesOf('mon mari me frappe et frappe les enfants')).toEqual(['enfant', 'violences']);
    expect(hear('mon mari me frappe, je veux mourir, je dors dehors, j’ai faim')).toHaveLength(2);
  });

  it.each([
    'taper mon courrier',
    'mon fils veut taper son cv',
    'apprendre à taper au clavier',
    'frais de bouche',
    'acte de décès de mon mari',
    'mon mari est mort',
    'mort de mon père',
    'pension de réversion',
    'assurance décès',
    'quitter mon logement',
    'changer d’adresse numéro de rue',
    'logement social',
    'voile islamique carte identité',
    'attestation ambulancier',
    'permis poids lourd',
    'facture de gaz',
    'fin de droits chômage',
    'fin de vie du contrat',
    'carte grise voiture accidentée',
    'déclarer un accident du travail',
    'arnaque au mari',
    'banque en ligne',
    'bon alimentation chien',
    'aide au logement',
    'prime pour la naissance de mon bébé',
    'inscrire mon enfant à la cantine',
    'mon enfant a 16 ans carte identité',
    'garde d’enfants',
    'j’ai mal rempli mon dossier',
    'vol de carte bancaire',
    'on m’a volé ma carte',
    'perdu mon permis',
    'retraite agricole',
    'sexe sur la carte d’identité',
    'beau-père héritage',
    'renewal residence permit',
    'find a job',
    'numéro fiscal',
    'je vis avec mon mari',
    'je vis seule, carte grise de ma voiture',
    'permis voiture',
    'secours populaire',
    'le secours catholique de moulins',
    'formation premiers secours',
    'finir mon dossier',
    'finir ma demande en ligne',
    'en fin de droits',
    '15 ans',
    '17 rue de paris',
    '150',
    '115 euros',
    'j’habite rue de la gare',
    'j’ai mal au dos arrêt maladie',
    'un coup de main pour mon cv',
    'attestation de domicile',
    'domicile sans justificatif edf',
    'violer mes données personnelles',
    'bateau sans permis',
    'ma nouvelle adresse',
    'payer ma taxe foncière',
    'finir vite mon dossier',
    'j’habite dans l’Allier, vendre ma voiture',
    'ma mère veut refaire ma douche',
    'harcelée par ma collègue',
    'pension alimentaire, changement de banque',
    'mettre fin à mon assurance vie',
    'finir ma formation en 5 jours',
    'combien de jours pour mettre ma carte grise à jour',
    'nouvelle adresse, j’habite dans la rue Pasteur',
    'changer d’adresse, je suis au 3 de la rue Pasteur',
    'j’habite dans la rue de la gare',
    'adresse mail de secours',
    'codes de secours',
    'clé de secours',
    'secours financier',
    'secours exceptionnel',
    'demande de secours',
    'titre de séjour conjoint étranger',
    'mon mari est étranger',
    'comment on est remboursé à l’étranger',
    'mon fils est emprisonné',
    'amende feu rouge au carrefour',
    'amende au feu rouge',
    'mon mari suit une formation',
    'mon père habite bât B',
    'cours de violon pour enfant',
    'chien agressif',
    'help me fill in a form',
    'code secours gmail',
    'mettre à jour ma vie professionnelle',
    'j’ai mis la mauvaise rue',
    'police municipale 17 rue de paris',
    'mes papiers',
    'pas de réponse de la caf',
    'contester une décision de la caf',
    'décision mdph',
    'il a plu dans mon appartement, assurance',
    'mon salaire est trop bas',
    'mon mari a un salaire bas',
    'en bas du formulaire',
    'demande de logement urgente',
    'passeport en urgence',
    'faute de frappe sur la carte de ma mutuelle',
    'attestation dhebergement',
    'un logement détudiant',
    'mon mari est à lhopital',
    'je veux partir vivre à létranger',
    'jai perdu mon emploi et je ne sais pas comment mactualiser, est ce que vous pouvez maider',
    'mon handicap m’empêche de travailler',
    'mon titre de séjour m’interdit de travailler',
    'virement de la caf demain',
    'vivre en france pour raison médicale',
    'colis laissé à la porte',
    'avis d’expulsion du locataire précédent',
    'rejoindre mon conjoint en france',
    'mon mari est malade ça l’empêche de travailler aah',
    'la maladie de mon père l’empêche de travailler',
    'il interdit de sortir du territoire',
    'pension de réversion mari décédé rejoindre le dossier',
    'mon mari vire le loyer ce soir',
    'mes parents sont à la porte de paris',
    'logement vide placards',
    'quero viver em frança',
  ])('leaves “%s” alone', (question) => {
    expect(namesOf(question)).toEqual([]);
  });

  it('is not called by the words of the démarches nor of the search, but for an assault', () => {
    /** Whoever looks for these is to see the numbers too. */
    const pressing = new Set(['violences', 'aide-alimentaire', 'domiciliation']);
    const texts = [
      ...readDemarches()
        .filter(({ stem }) => !pressing.has(stem))
        .flatMap(({ demarche: { title, organism, words } }) => [title, organism, ...words]),
      ...Object.keys(readSynonyms()),
    ];
    const called = texts.filter((text) => namesOf(text).length > 0).map((text) => `${text} → ${namesOf(text).join()}`);
    expect(called.sort()).toEqual([
      'agression → victime', // a word of the online complaint
      // What they lead to is the help itself.
      'domestic violence → violences',
      'food bank → faim',
      'homeless → rue',
      'hungry → faim',
      'sdf → rue',
      'violence → violences',
    ]);
  });

  it('is not called by the everyday questions, but by those that ask for this help', () => {
    const called = readQueries()
      .map(({ question }) => ({ question, names: namesOf(question) }))
      .filter(({ names }) => names.length > 0)
      .map(({ question, names }) => `${question} → ${names.join()}`);
    expect(called.sort()).toEqual([
      'aide alimentaire → faim',
      'aide pour manger → faim',
      'banque alimentaire → faim',
      'colis alimentaire → faim',
      'domestic violence → violences',
      'femme battue → violences',
      'food bank → faim',
      'homeless → rue',
      'jai rien a manger → faim',
      'je suis a la rue → rue',
      'mon mari me frappe → violences',
      'resto du coeur → faim',
      'restos du coeur → faim',
      'sans domicile fixe → rue',
      'sdf → rue',
      'violences conjugales → violences',
    ]);
  });

  it('waits for the end of the typing before it believes a number', () => {
    for (const number of ['15', '17', '115', 'numéro 15']) expect(hear(number, 'typing')).toEqual([]);
    expect(hear('appeler le 115 je dors dehors', 'typing')).toHaveLength(1);
  });

  it('says its help in few words, in each language', () => {
    for (const help of Object.values(helps))
      for (const sentence of Object.values(help.text)) expect(sentence.split(' ').length).toBeLessThanOrEqual(32);
  });

  it('refuses words that could never be typed', () => {
    const [name, help] = Object.entries(helps)[0]!;
    expect(urgentHelpSchema.safeParse({ [name]: { ...help, when: ['Étouffe'] } }).success).toBe(false);
    expect(urgentHelpSchema.safeParse({ [name]: { ...help, when: ['mari|| frappe'] } }).success).toBe(false);
  });
});
