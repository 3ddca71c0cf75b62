import { event, personEvent } from '../../log/fields.ts';

export const directoryEvents = {
  'directory.read': event('The directory was read: at the start, or after an import from the command line.', {
    places: 'number',
    imported: 'number',
  }),
  'directory.damaged': event(
    'A file of the directory was damaged: it was moved aside. Import again, or `npm start -- directory restore`.',
    { file: ['imported', 'previous', 'corrections', 'doubts'] },
  ),
  'directory.corrected': personEvent('The agent corrected or confirmed a place; never which one.', { what: 'word' }),
} as const;
