import { event, personEvent } from '../../log/fields.ts';

export const usageEvents = {
  'usage.refused': personEvent('A count that is not in the list of measures was not written; a feature has a bug.', {
    cell: 'word',
  }),
  'usage.held-back': event('Counts wait in memory: the disk, the database or the clock is not usable.', {
    reason: 'word',
  }),
  'usage.written-late': event('Counts that waited in memory were written.'),
  'usage.damaged': event('The database was damaged: it was moved aside and a new one begun.'),
  'usage.bundle-written': event('The signed figures of a finished week were put in the folder.', { count: 'number' }),
  'usage.bundle-failed': event('The signed figures of a week could not be put in the folder; another try follows.', {
    reason: 'word',
  }),
} as const;
