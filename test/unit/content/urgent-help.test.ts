/** The help that ships: who is heard, and who is left alone. The questions are written as people type them. */
import { describe, expect, it } from 'vitest';
import { urgentHelpSchema } from '../../../main/config/schema/urgent-help.ts';
import { makeHearUrgency } from '../../../renderer/features/catalogue/urgent-words.ts';
import { readDemarches, readSynonyms, readUrgentHelp } from './read-content.ts';

const helps = readUrgentHelp();
const hear = makeHearUrgency(Object.values(helps));
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
    expect(numbers('ages')?.[0]).toBe('3977');
    expect(numbers('victime')).toContain('116006');
  });

  it.each([
    ['violences', 'mon mari me frappe'],
    ['violences', 'mon mari me tape dessus'],
    ['violences', 'mon copin me frape'],
    ['violences', 'mon ex me menace'],
    ['violences', 'mon conjoint est violent'],
    ['violences', 'il ma etranglé'],
    ['violences', 'j’ai peur de mon mari'],
    ['violences', 'peur de rentrer a la maison'],
    ['violences', 'on me bat'],
    ['violences', 'femme battue'],
    ['violences', 'violences conjugales'],
    ['violences', 'j’ai été violée'],
    ['violences', 'viol'],
    ['violences', 'mariage forcé'],
    ['violences', 'my husband hits me'],
    ['violences', 'domestic violence'],
    ['violences', 'il veut me tuer'],
    ['violences', 'quitter mon mari violent'],
    ['suicide', 'je veux mourir'],
    ['suicide', 'je veu mourire'],
    ['suicide', 'envie de mourir'],
    ['suicide', 'suiscide'],
    ['suicide', 'je veux me suicider'],
    ['suicide', 'en finir avec la vie'],
    ['suicide', 'je ne veux plus vivre'],
    ['suicide', 'me tuer'],
    ['suicide', 'me foutre en l’air'],
    ['suicide', 'idées noires'],
    ['suicide', 'i want to die'],
    ['suicide', 'kill myself'],
    ['rue', 'je dors dehors'],
    ['rue', 'jai nulle part ou dormir'],
    ['rue', 'ou dormir ce soir'],
    ['rue', 'je suis à la rue'],
    ['rue', 'sdf'],
    ['rue', 'sans abri'],
    ['rue', 'on dort dans la voiture'],
    ['rue', 'hebergement d’urgence'],
    ['rue', 'hébergement urgence ce soir'],
    ['rue', 'expulsé je suis dehors'],
    ['rue', 'homeless'],
    ['rue', 'nowhere to sleep'],
    ['vitale', 'mon bébé est brûlé'],
    ['vitale', 'mon bebe sest brulé'],
    ['vitale', 'il ne respire plus'],
    ['vitale', 'mon fils s’étouffe'],
    ['vitale', 'mal à la poitrine'],
    ['vitale', 'elle a avalé de la javel'],
    ['vitale', 'elle est inconsciente'],
    ['vitale', 'crise cardiaque'],
    ['vitale', 'appeler les pompiers'],
    ['vitale', 'le samu'],
    ['vitale', 'fuite de gaz'],
    ['vitale', 'i cant breathe'],
    ['enfant', 'mon voisin tape son enfant'],
    ['enfant', 'enfant en danger'],
    ['enfant', 'bébé secoué'],
    ['enfant', 'papa me tape'],
    ['enfant', 'maltraitance enfant'],
    ['enfant', 'inceste'],
    ['enfant', 'ma fille a fugué'],
    ['enfant', 'child abuse'],
    ['faim', 'j’ai faim'],
    ['faim', 'jai faim'],
    ['faim', 'plus rien à manger'],
    ['faim', 'colis alimentaire'],
    ['faim', 'resto du coeur'],
    ['faim', 'pas d’argent pour manger'],
    ['faim', 'food bank'],
    ['ages', 'ma mere est maltraitée à l’ehpad'],
    ['ages', 'maltraitance personne agée'],
    ['harcelement', 'ma fille est harcelée au collège'],
    ['harcelement', 'harcelement'],
    ['harcelement', 'chantage avec mes photos'],
    ['victime', 'je me suis fait agresser'],
    ['victime', 'agression dans la rue'],
    ['victime', 'menacé de mort'],
  ])('answers %s to “%s”', (name, question) => {
    expect(namesOf(question)).toContain(name);
  });

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
  ])('leaves “%s” alone', (question) => {
    expect(namesOf(question)).toEqual([]);
  });

  it('is not called by the words of the démarches nor of the search, but for an assault', () => {
    /** Whoever looks for these is to see the numbers too. */
    const pressing = new Set(['violences', 'aide-alimentaire']);
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
      'hungry → faim',
      'violence → violences',
    ]);
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
