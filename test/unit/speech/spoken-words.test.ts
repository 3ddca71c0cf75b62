import { describe, expect, it } from 'vitest';
import { spokenForeign, spokenFrench } from '../../../main/features/speech/spoken-words.ts';

const NB = '\u00a0';

describe('what the voice is given to say', () => {
  it.each([
    ['Demander une aide au logement (APL)', 'Demander une aide au logement (A P L)'],
    ['l’AAH, le RSA et l’ASS', 'l’A A H, le R S A et l’A S S'],
    ['le CCAS de Moulins', 'le C C A S de Moulins'],
    ['votre compte ameli', 'votre compte améli'],
    ['un Pacs, un IBAN, le code PIN', 'un pacse, un ibane, le code pine'],
    ['Scanner un papier sous le couvercle du scanner', 'Scanner un papier sous le couvercle du scannère'],
    ['Écrite au dos, deux dossiers', 'Écrite au dô, deux dossiers'],
    ['Mes e-mails', 'Mes imèles'],
    ['Commentry, Neuilly-le-Réal, Yzeure et Vichy', 'Commentri, Neuilli-le-Réal, Izeure et Vichi'],
    [`Du lundi au vendredi, de 9${NB}h à 16${NB}h${NB}30.`, 'Du lundi au vendredi, de 9 heures à 16 heures 30.'],
    ['à 14h00, puis à 1 h', 'à 14 heures, puis à une heure'],
    [`30${NB}min`, '30 minutes'],
    ['1 page · 21 pages · 11 pages · 71 pages', 'une page · 20 et une pages · 11 pages · 71 pages'],
    ['81 pages, 101 pages, en 2021 personne', '81 pages, 101 pages, en 2021 personne'],
    ['M. le Maire vous reçoit à 16H30', 'Monsieur le Maire vous reçoit à 16 heures 30'],
    ['dans 1h30min', 'dans une heure 30'],
    [`1${NB}heure environ`, 'une heure environ'],
    ['0 806 70 43 63', '0, 806, 70, 43, 63'],
    [`0${NB}800${NB}360${NB}360`, '0, 800, 360, 360'],
    ['service-public.gouv.fr', 'service-public point gouv point F R'],
    ['j.exemple@orange.fr', 'j.exemple@orange point F R'],
    ['M. Exemple, dossier N° 7', 'Monsieur Exemple, dossier numéro 7'],
  ])('%s', (written, spoken) => expect(spokenFrench(written)).toBe(spoken));

  it.each([
    'MADAME CLAIRE EXEMPLE, 3 RUE DU PIN',
    'Page 1 sur 3',
    '04 70 34 40 03',
    '32 30',
    '1 234,50 €',
    'Caf, C2S, SMS, PDF',
    'ARSENAL et MSAD',
    'le 01/12/2026 à la page 1',
    '2,1 pages',
  ])('leaves “%s” as it is', (written) => {
    expect(spokenFrench(written)).toBe(written);
  });

  it('spells French abbreviations in another language too, and leaves the rest', () => {
    expect(spokenForeign('Apply for housing aid (APL) at caf.fr, 16 h 30')).toBe(
      'Apply for housing aid (A P L) at caf.fr, 16 h 30',
    );
  });
});
