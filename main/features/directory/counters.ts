/** The counters of this feature, and the name of its wipe step in words. */
import { needIds } from '../../contract/directory.ts';
import { list, none, WHOLE_WEEK, type Measure } from '../../measures/measure.ts';
import { needWords } from '../../measures/need-words.ts';

export const directoryMeasures = {
  'place.need': {
    unit: 'sessions',
    keys: list(needIds, needWords),
    table: 'needs',
    sentence: 'Aides cherchées près d’ici',
    harmless: 'La carte pressée, parmi huit ; jamais la commune ni le lieu. ' + WHOLE_WEEK,
  },
  'place.viewed': {
    unit: 'sessions',
    keys: none,
    table: 'done',
    sentence: 'Lieux d’aide consultés',
    harmless: 'Combien de fois l’annuaire a servi, jamais pour quel lieu. ' + WHOLE_WEEK,
  },
  'place.printed': {
    unit: 'sessions',
    keys: none,
    table: 'done',
    helps: true,
    sentence: 'Fiches de lieux imprimées',
    harmless: 'Combien de fiches, jamais lesquelles. ' + WHOLE_WEEK,
  },
  'place.doubted': {
    unit: 'sessions',
    keys: none,
    table: 'done',
    sentence: 'Fiches signalées « Ce n’est plus vrai »',
    harmless: 'Combien de fois, jamais pour quel lieu. ' + WHOLE_WEEK,
  },
} as const satisfies Record<string, Measure>;

export type DirectoryCounter = keyof typeof directoryMeasures;
export const directoryCounters = Object.keys(directoryMeasures) as readonly DirectoryCounter[];

export const directoryWipeWords = { directory: 'Les lieux d’aide regardés' } as const;
