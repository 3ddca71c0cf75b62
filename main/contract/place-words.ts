/**
 * Terms of the national schema and of the calendar, in the languages of the kiosk, for the screens and for paper. A
 * label that is missing here is shown as its source wrote it.
 */
import type { Language } from './languages.ts';

type Words = Readonly<Record<string, Readonly<Record<Language, string>>>>;

const services: Words = {
  'Aide aux démarches administratives': {
    fr: 'Une aide pour les démarches',
    simple: 'Une aide pour les démarches',
    en: 'Help with paperwork',
  },
  'Maîtrise des outils numériques du quotidien': {
    fr: 'Apprendre à se servir d’un ordinateur, d’un téléphone',
    simple: 'Apprendre l’ordinateur, le téléphone',
    en: 'Learning to use a computer or a phone',
  },
  'Compréhension du monde numérique': {
    fr: 'Comprendre internet et le numérique',
    simple: 'Comprendre internet',
    en: 'Understanding the internet',
  },
  'Accès internet et matériel informatique': {
    fr: 'Un ordinateur et internet en libre accès',
    simple: 'Un ordinateur et internet',
    en: 'A computer and the internet to use',
  },
  'Acquisition de matériel informatique à prix solidaire': {
    fr: 'Du matériel informatique à petit prix',
    simple: 'Des ordinateurs pas chers',
    en: 'Low-cost computer equipment',
  },
  'Parentalité et éducation avec le numérique': {
    fr: 'Des conseils aux parents sur les écrans',
    simple: 'Des conseils aux parents',
    en: 'Advice for parents about screens',
  },
  'Insertion professionnelle via le numérique': {
    fr: 'Une aide pour chercher du travail',
    simple: 'Une aide pour le travail',
    en: 'Help to look for work',
  },
  'Utilisation sécurisée du numérique': {
    fr: 'Se protéger sur internet',
    simple: 'Se protéger sur internet',
    en: 'Staying safe online',
  },
  'Loisirs et créations numériques': {
    fr: 'Loisirs et création avec le numérique',
    simple: 'Loisirs et création',
    en: 'Leisure and digital creation',
  },
};

const holidays: Readonly<Record<string, string>> = {
  'Jour de l’an': 'New Year’s Day',
  'Lundi de Pâques': 'Easter Monday',
  'Fête du travail': 'Labour Day',
  'Victoire de 1945': 'Victory Day',
  Ascension: 'Ascension Day',
  'Lundi de Pentecôte': 'Whit Monday',
  'Fête nationale': 'Bastille Day',
  Assomption: 'Assumption Day',
  Toussaint: 'All Saints’ Day',
  Armistice: 'Armistice Day',
  Noël: 'Christmas Day',
};

/** A service of the national schema, in everyday words. */
export const serviceWords = (label: string, language: Language): string =>
  (Object.hasOwn(services, label) ? services[label]?.[language] : undefined) ?? label;

/** The name of a public holiday, given its French name. */
export const holidayWords = (name: string, language: Language): string =>
  (language === 'en' && Object.hasOwn(holidays, name) ? holidays[name] : undefined) ?? name;
