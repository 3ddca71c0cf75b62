/**
 * Terms of the national schema, of the calendar and of the clock, in the languages of the kiosk, for the screens and
 * for paper. A label that is missing here is shown as its source wrote it.
 */
import type { Message } from './i18n/define-messages.ts';
import { holidayNames, serviceNames, timeMessages } from './i18n/messages.ts';
import type { Translate } from './i18n/translate.ts';

const services: Readonly<Record<string, Message>> = {
  'Aide aux démarches administratives': serviceNames.paperwork,
  'Maîtrise des outils numériques du quotidien': serviceNames.learning,
  'Compréhension du monde numérique': serviceNames.understanding,
  'Accès internet et matériel informatique': serviceNames.computer,
  'Acquisition de matériel informatique à prix solidaire': serviceNames.equipment,
  'Parentalité et éducation avec le numérique': serviceNames.parents,
  'Insertion professionnelle via le numérique': serviceNames.work,
  'Utilisation sécurisée du numérique': serviceNames.safety,
  'Loisirs et créations numériques': serviceNames.leisure,
};

const holidays: Readonly<Record<string, Message>> = {
  'Jour de l’an': holidayNames.newYear,
  'Lundi de Pâques': holidayNames.easterMonday,
  'Fête du travail': holidayNames.labourDay,
  'Victoire de 1945': holidayNames.victoryDay,
  Ascension: holidayNames.ascension,
  'Lundi de Pentecôte': holidayNames.whitMonday,
  'Fête nationale': holidayNames.bastilleDay,
  Assomption: holidayNames.assumption,
  Toussaint: holidayNames.allSaints,
  Armistice: holidayNames.armistice,
  Noël: holidayNames.christmas,
};

const inWords = (known: Readonly<Record<string, Message>>, label: string, t: Translate): string => {
  const message = Object.hasOwn(known, label) ? known[label] : undefined;
  return message ? t(message) : label;
};

/** A service of the national schema, in everyday words. */
export const serviceWords = (label: string, t: Translate): string => inWords(services, label, t);

/** The name of a public holiday, given its French name. */
export const holidayWords = (name: string, t: Translate): string => inWords(holidays, name, t);

/** A time of day, in minutes from midnight: `9 h`, `13 h 30`; `9:00`, `13:30` in English. */
export const timeWords = (minute: number, t: Translate): string => {
  const hour = String(Math.floor(minute / 60));
  if (minute % 60 === 0) return t(timeMessages.onTheHour, { hour });
  return t(timeMessages.hourAndMinutes, { hour, minutes: String(minute % 60).padStart(2, '0') });
};
