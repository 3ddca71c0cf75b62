/** The drawings that a step of guidance may name (`drawing:` in a démarche's YAML). */
import vitale from './drawings/vitale.svg?raw';
import rib from './drawings/rib.svg?raw';
import telephone from './drawings/telephone.svg?raw';
import email from './drawings/email.svg?raw';
import motDePasse from './drawings/mot-de-passe.svg?raw';
import identite from './drawings/identite.svg?raw';
import adresse from './drawings/adresse.svg?raw';
import imprimer from './drawings/imprimer.svg?raw';
import document from './drawings/document.svg?raw';
import calendrier from './drawings/calendrier.svg?raw';
import franceconnect from './drawings/franceconnect.svg?raw';
import courrier from './drawings/courrier.svg?raw';

export const drawings = {
  vitale,
  rib,
  telephone,
  email,
  'mot-de-passe': motDePasse,
  identite,
  adresse,
  imprimer,
  document,
  calendrier,
  franceconnect,
  courrier,
} as const;
